"""Money of a party that was renamed or absorbed: the papers may be in the other name, on its days, and the approver reads why."""

from datetime import timedelta

import pytest

from funding.actions import accounts, disbursing
from funding.pages.instalment_view import slip_checks
from funding.pages.naming_words import holder_words
from funding.queries.evidence import last_claim
from portal.actions.changing_entries import ask_change, confirm_change
from portal.clock import china_date, portal_now
from portal.kernel.errors import Clash, Refused
from portal.models import CaseParty, Organisation, Role
from portal.queries.namings import namings_of

pytestmark = pytest.mark.django_db

NEW = "辰光精密仪器股份有限公司"


def renamed(make, organisation, name=NEW, *, days=0) -> Organisation:
    """An organisation with a name that the bureau confirmed, from so many days before today."""
    now = portal_now()
    since = china_date(now) - timedelta(days=days)
    by = make.administrator(organisation)
    change = ask_change(organisation.pk, item="name", new=name, why="更名", since=since, by=by, now=now)
    confirm_change(change.pk, by=make.official(Role.OFFICER), now=now)
    organisation.refresh_from_db()
    return organisation


def verify(make, instalment):
    return disbursing.verify_claim(instalment.pk, by=make.case_officer(), now=portal_now())


def said_of(project) -> list[tuple[str, str]]:
    claim = last_claim(project.instalments.first())
    return [(each.state, str(each.remedy)) for each in slip_checks(claim, project, portal_now())][:2]


def test_a_receipt_in_the_former_name_counts_on_its_days_and_says_so(make, clock, settings):
    project = make.project_under_way(clock)
    old = project.bidder.name
    renamed(make, project.bidder, days=-1)
    instalment = make.claimed_instalment(clock, project, payee=old)
    settings.LANGUAGE_CODE = "en"

    project = make.fresh_project(project)
    (payer, payee) = said_of(project)
    verify(make, instalment)

    assert payer == ("met", "")
    assert payee[0] == "met" and old in payee[1] and NEW in payee[1]
    assert make.instalment(project).state == "verified"


def test_a_late_receipt_in_the_former_name_counts_some_days_with_a_warning_and_then_no_more(make, clock):
    project = make.project_under_way(clock)
    old = project.poster.name
    renamed(make, project.poster, days=60)
    make.claimed_instalment(clock, project, payer=old)
    project = make.fresh_project(project)

    with pytest.raises(Refused) as refusal:
        verify(make, make.instalment(project))
    before = said_of(project)[0]

    assert refusal.value.code == "receipt_payer_former_name"
    assert before[0] == "missing"


def test_within_the_days_banks_need_it_is_a_warning(make, clock):
    project = make.project_under_way(clock)
    old = project.poster.name
    renamed(make, project.poster, days=59)
    make.claimed_instalment(clock, project, payer=old)

    assert said_of(make.fresh_project(project))[0][0] == "warn"
    assert verify(make, make.instalment(project)).state == "verified"


def test_a_former_name_that_the_firm_entered_itself_proves_nothing(make, clock):
    project = make.project_under_way(clock)
    make.alias(project.poster, "某某贸易公司")
    make.claimed_instalment(clock, project, payer="某某贸易公司")

    with pytest.raises(Refused) as refusal:
        verify(make, make.instalment(project))

    assert refusal.value.code == "receipt_payer_not_poster"


def test_who_took_the_poster_in_pays_and_is_paid_from_that_day_on(make, clock):
    project = make.project_under_way(clock)
    successor = make.organisation("乙集团有限公司")
    make.claimed_instalment(clock, project, payer=successor.name)
    with pytest.raises(Refused) as too_early:
        verify(make, make.instalment(project))
    merge = make.merge(project.poster, successor)
    verify(make, make.instalment(project))
    entered = accounts.enter_bank_account(
        project.poster_id, holder=successor.name, bank="徽行", number="340500001234567718",
        by=make.administrator(project.poster), now=portal_now(),
    )  # fmt: skip
    account = accounts.confirm_bank_account(entered.pk, by=make.reconciler(), now=portal_now())
    payment = disbursing.prepare_payment(make.instalment(project).pk, by=make.preparer(), now=portal_now())

    assert too_early.value.code == "receipt_payer_not_poster"
    assert payment.account.holder == successor.name
    assert successor.name in holder_words(account, china_date(portal_now()))
    assert set(CaseParty.objects.filter(place=account.pk).values_list("organisation", flat=True)) == {
        project.poster_id, successor.pk,
    }  # fmt: skip

    make.unmerge(merge)
    with pytest.raises(Clash) as refusal:
        make.approve(payment, 1)
    assert refusal.value.code == "payment_changed"


def test_an_account_in_somebody_elses_name_is_refused_also_after_a_merge(make, clock):
    absorbed, successor, stranger = make.organisation("甲所"), make.organisation("乙集团"), make.organisation("丙厂")
    make.merge(absorbed, successor)
    typed = {"bank": "徽行", "number": "340500001234567718", "by": make.administrator(absorbed), "now": portal_now()}

    with pytest.raises(Refused) as refusal:
        accounts.enter_bank_account(absorbed.pk, holder=stranger.name, **typed)
    with pytest.raises(Refused):
        accounts.enter_bank_account(
            successor.pk, holder=absorbed.name, **{**typed, "by": make.administrator(successor)}
        )

    assert refusal.value.code == "account_holder_differs"


def test_a_renaming_between_preparing_and_approving_asks_for_a_new_payment(make, clock):
    payment = make.prepared_payment(clock)
    renamed(make, payment.account.organisation)

    with pytest.raises(Clash) as refusal:
        make.approve(payment, 1)

    assert refusal.value.code == "payment_changed"


def test_an_account_in_a_name_long_given_up_is_not_paid_to(make, clock):
    instalment = make.verified_instalment(clock)
    poster = instalment.project.poster
    make.bank_account(poster)
    renamed(make, poster, days=90)

    with pytest.raises(Refused) as refusal:
        disbursing.prepare_payment(instalment.pk, by=make.preparer(), now=portal_now())

    assert refusal.value.code == "account_of_another_name"


def test_names_of_many_are_read_in_three_statements(make, clock, django_assert_num_queries):
    organisations = [make.organisation(f"甲{number}所") for number in range(4)]
    make.merge(organisations[0], organisations[1])
    renamed(make, organisations[1])

    with django_assert_num_queries(3):
        names = namings_of([each.pk for each in organisations])

    assert [(str(each.known), each.name) for each in names[organisations[0].pk]] == [
        ("present", "甲0所"), ("successor", NEW), ("successor", "甲1所"),
    ]  # fmt: skip


def test_the_bank_account_page_offers_the_successors_name(make, clock, client):
    absorbed, successor = make.organisation("甲所"), make.organisation("乙集团")
    make.merge(absorbed, successor)
    by = make.administrator(absorbed)
    client.force_login(by)
    address = f"/organisations/{absorbed.pk}/bank-account/"

    page = client.get(address).content.decode()
    answer = client.post(address, {"holder": "乙集团", "bank": "徽行", "number": "340500001234567718"})

    assert '<option value="乙集团">' in page
    assert answer.status_code == 302
    assert absorbed.bank_accounts.get().holder == "乙集团"
    assert "乙集团" in client.get(address).content.decode()
