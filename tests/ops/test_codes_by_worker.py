"""A code goes the whole way: promised by the page, carried by the relay, sent by the worker, typed in by its reader."""

import re

import pytest

from portal.models import Dispatch, User

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_code_of_a_new_account_arrives_by_mail_and_opens_it(worker, client):
    client.post("/sign-up/", {"name": "林芳", "email": "lin@example.org", "password1": "quantum-diamond-27"})

    mail = worker.wait_for(worker.mails)[0]
    body = mail.partition("\n\n")[2]
    worker.wait_for(lambda: Dispatch.objects.filter(sent_at__isnull=False, sealed__isnull=True).exists())
    client.post("/sign-up/confirm/", {"code": re.search(r"\b\d{6}\b", body).group()})

    assert "lin@example.org" in mail
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)
