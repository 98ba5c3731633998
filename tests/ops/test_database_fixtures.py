"""The tests stand on the same logins as the servers."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_default_is_the_web_role():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user")

        assert cursor.fetchone() == ("jiebang_web", False, False)
