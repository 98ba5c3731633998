"""Serve the provider: ``python -m tests.openid_provider PORT CLIENT_ID CLIENT_SECRET REDIRECT_URI``."""

import os
import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIServer, make_server

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.openid_provider.settings"
os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
PEOPLE = [("lin", "lin@example.org", True), ("gu", "gu@example.org", False), ("mallory", "mallory@example.org", True)]


class Server(ThreadingMixIn, WSGIServer):
    """A server that answers several at once."""

    daemon_threads = True


def main(port: str, client_id: str, secret: str, redirect_uri: str) -> None:
    """Make the database, its people and the one client, then serve until the end."""
    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from oauth2_provider.models import Application

    call_command("migrate", verbosity=0)
    for name, email, verified in PEOPLE:
        User.objects.create_user(name, email, f"{name}-password", is_staff=verified, first_name=name)
    Application.objects.create(
        name="Jiebang", client_id=client_id, client_secret=secret, hash_client_secret=False, algorithm="RS256",
        client_type="confidential", authorization_grant_type="authorization-code", redirect_uris=redirect_uri,
        skip_authorization=True,
    )  # fmt: skip
    with make_server("127.0.0.1", int(port), get_wsgi_application(), server_class=Server) as server:
        server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
