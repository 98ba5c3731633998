"""Merging one's own two accounts as pages, and what the alias reads when it signs in."""

import pytest

from portal.models import AccountMerge, User
from portal.states import MergeState

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(client):
    client.cookies["django_language"] = "en"
    return client


def text_of(answer) -> str:
    return answer.content.decode()


def test_two_accounts_become_one_and_the_alias_is_told_where_to_go(make, english):
    kept, alias = make.person("周岚"), make.person()
    alias.set_password("quantum-diamond-27")
    alias.save()
    english.force_login(kept)

    asked = english.post("/account/merge/", {"email": alias.email})
    wrong = english.post(asked["Location"], {"code": "00000000"})
    merge = AccountMerge.objects.get()
    right = english.post(asked["Location"], {"code": make.code_of(merge)})
    listed = text_of(english.get("/account/merge/"))
    english.logout()
    english.cookies["django_language"] = "en"
    sent = english.post("/sign-in/", {"login": alias.email, "password": "quantum-diamond-27"}, follow=True)

    assert wrong.status_code == 422
    assert "The code is wrong, or holds no longer." in text_of(wrong)
    assert right["Location"] == "/account/merge/"
    assert alias.email in listed
    assert "This account was merged into another one. Sign in with p***@example.org." in text_of(sent)
    assert "_auth_user_id" not in english.session


def test_the_alias_is_signed_out_everywhere(make, client):
    kept, alias = make.person(), make.person()
    client.force_login(alias)
    assert client.get("/account/").status_code == 200

    make.merged(kept, alias)

    assert client.get("/account/").status_code == 302


def test_an_officer_takes_a_merge_back_with_a_reason(make, english):
    kept, alias = make.person(), make.person()
    merge = make.merged(kept, alias)
    english.force_login(make.officer())

    empty = english.post(f"/account-merges/{merge.pk}/undo", {"why": ""})
    shown = text_of(english.get("/account-merges/"))
    english.post(f"/account-merges/{merge.pk}/undo", {"why": "两人同名。"})

    merge.refresh_from_db()
    assert empty.status_code == 422
    assert alias.email not in shown
    assert (merge.state, User.objects.get(pk=alias.pk).is_active) == (MergeState.UNDONE, True)
