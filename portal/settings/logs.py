"""Logs by structlog: one event a line, with the request's id carried on into the jobs it caused.

Lines hold ids and codes, never what people wrote. ``plain`` is for a terminal, ``json``
for the machines that collect logs.
"""

import logging
import re
from collections.abc import MutableMapping

import structlog

SEALED_PATH = re.compile(r"(?:/api/v1)?/(?:bids/|boards/[0-9a-f-]{36}/bids?/)\S*")
"""Addresses whose very use would tell that somebody bids."""


def withhold(_logger: object, level: str, line: MutableMapping[str, object]) -> MutableMapping[str, object]:
    """Leave out the lines of requests about bids; of one that broke keep what broke, not where or for whom."""
    told = [name for name in ("request", "event") if SEALED_PATH.search(str(line.get(name, "")))]
    if told and level not in ("error", "critical", "exception"):
        raise structlog.DropEvent
    for name in told:
        line[name] = SEALED_PATH.sub("/bids/…", str(line[name]))
        line.pop("user_id", None)
        line.pop("ip", None)
    return line


class Withheld(logging.Filter):
    """The same for lines that come by Python's own logging, such as Django's of a refused request."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line may be written."""
        if isinstance(record.msg, dict) or not SEALED_PATH.search(text := record.getMessage()):
            return True
        record.msg, record.args = SEALED_PATH.sub("/bids/…", text), ()
        return record.levelno >= logging.ERROR


SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def logging_by(form: str, level: str) -> dict:
    """Django's LOGGING for one form (``plain`` or ``json``), and structlog's own configuration with it."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            withhold,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    renderer = {"plain": [plain], "json": [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderer[form]],
                "foreign_pre_chain": SHARED,
            },
        },
        "filters": {"withheld": {"()": Withheld}},
        "handlers": {"stream": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["withheld"]}},
        "root": {"handlers": ["stream"], "level": level},
        "loggers": {
            "django.server": {"handlers": ["stream"], "level": level, "propagate": False},
            "django.security.DisallowedHost": {"handlers": [], "propagate": False},
            "celery.beat": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
            "django_structlog.celery.receivers": {"level": "WARNING"},
        },
    }
