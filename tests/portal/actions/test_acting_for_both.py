"""Acting under a delegation takes every duty for both people, and every act shows both names."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from challenges.actions import vetting
from challenges.actions.agreeing import sign_agreement
from challenges.states import ChallengeState
from portal.actions.duties import take_duty
from portal.apart import apart
from portal.duties import Duty, Scope
from portal.kernel.errors import NotAllowed
from portal.models import DutyTaken, Event
from portal.queries.doers import doer_of
from portal.record import record, sequence

pytestmark = pytest.mark.django_db


def test_a_duty_under_a_delegation_is_both_peoples(make, clock):
    preparer, reconciler = make.preparer(), make.reconciler()
    payment = Scope.PAYMENT.of(uuid4())
    acting = make.acting(reconciler, make.delegation(preparer, reconciler))

    take_duty(Duty.PREPARES_PAYMENT, payment, by=acting, now=clock.now())

    assert set(DutyTaken.objects.values_list("user", flat=True)) == {preparer.pk, reconciler.pk}
    for person in (preparer, reconciler, acting):
        assert apart(person, Duty.RECONCILES_PAYMENT, payment).code == "pays_and_reconciles"


@pytest.mark.parametrize("earlier", ["principal", "delegate"])
def test_what_either_did_before_keeps_the_delegate_from_the_other_duty(make, clock, earlier):
    preparer, reconciler = make.preparer(), make.reconciler()
    payment = Scope.PAYMENT.of(uuid4())
    take_duty(Duty.PREPARES_PAYMENT, payment, by=preparer if earlier == "principal" else reconciler, now=clock.now())
    acting = make.acting(preparer, make.delegation(reconciler, preparer))

    assert apart(acting, Duty.RECONCILES_PAYMENT, payment).code == "pays_and_reconciles"


def test_the_record_the_page_and_the_api_say_for_whom(make, clock):
    need = make.need(ChallengeState.RECOMMENDED)
    officer, head = make.case_officer(), make.division_head()
    acting = make.acting(head, make.delegation(officer, head))
    vetting.return_need(need.pk, why="指标不全。", by=acting, now=clock.now())
    sequence()
    client = Client(headers={"accept-language": "en"})
    client.force_login(officer)

    event = Event.objects.get(kind="challenge.returned")
    both = f"{head.name} for {officer.name}"
    record = client.get(reverse("case-record", args=[need.pk])).content.decode()
    page = client.get(reverse("need", args=[need.pk])).content.decode()
    api = client.get(reverse("api-case-record", args=[need.pk])).json()["results"]

    assert (event.by, event.on_behalf_of) == (head, officer)
    assert both in record and both in page
    assert [(row["by"], row["acting_for"]) for row in api if row["kind"] == "challenge.returned"] == [(head.name, officer.name)]


def test_an_agreement_is_signed_in_person(make, clock):
    agreement = make.agreement_to_sign(clock)
    poster = agreement.bid.challenge.poster
    administrator, editor = make.administrator(poster), make.editor(poster)

    with pytest.raises(NotAllowed) as refusal:
        sign_agreement(agreement.pk, by=make.acting(editor, make.delegation(administrator, editor)), now=clock.now())

    assert (refusal.value.code, agreement.signatures.count()) == ("done_oneself", 0)


def test_what_one_did_for_oneself_just_before_or_after_carries_one_name(make, clock):
    clock.china(2026, 3, 2)
    officer, head = make.officer(), make.division_head()
    acting, names = make.acting(head, make.delegation(officer, head)), []
    for by in (head, acting, head):
        moment = clock.forward(seconds=1)
        record("tried", officer, by=by)
        names.append((by, moment))

    with override("en"):
        assert [doer_of(by, moment) for by, moment in names] == [head.name, f"{head.name} for {officer.name}", head.name]
