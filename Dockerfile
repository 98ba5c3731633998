# One image for web, worker, beat and migrate; docker-compose.yml gives each its command.
FROM python:3.13-slim AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/jiebang
COPY requirements/runtime.txt /requirements.txt
RUN /opt/jiebang/bin/pip install --require-hashes --only-binary :all: -r /requirements.txt

FROM python:3.13-slim

RUN useradd --system --create-home --home-dir /srv/jiebang jiebang
COPY --from=build /opt/jiebang /opt/jiebang
ENV PATH=/opt/jiebang/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 LANG=C.UTF-8 \
    DJANGO_SETTINGS_MODULE=portal.settings.prod
WORKDIR /srv/jiebang/portal
COPY manage.py ./
COPY portal portal
COPY challenges challenges
COPY funding funding
COPY templates templates
COPY static static
COPY locale locale

# Static files and translations are part of the image. These values serve this one step; nothing is signed or sealed with them.
RUN mkdir -p /srv/jiebang/files var && chown jiebang /srv/jiebang/files \
    && export SECRET_KEY=only-while-the-image-is-being-built DATABASE_URL=postgres://nobody:nothing@localhost/none REDIS_URL=redis://localhost/0 \
        EMAIL_URL=dummymail:// STORAGE_ROOT=/srv/jiebang/files \
        ESCROW_KEY=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= VAULT_KEY=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
        SIGNING_KEY=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
    && python manage.py compile_words && python manage.py collectstatic --no-input
USER jiebang
VOLUME /srv/jiebang/files
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "portal.wsgi", "--bind", "0.0.0.0:8000", "--threads", "4", "--timeout", "60", "--graceful-timeout", "10", "--no-control-socket"]
