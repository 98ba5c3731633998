"""The sandbox answers a list as a treasury would, and the home page says who is next at every step."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils.translation import override

from funding.actions import disbursing
from funding.queries.money_todo import todo_of
from portal.clock import portal_now
from portal.models import User

pytestmark = pytest.mark.django_db


def acts(user: User) -> list[str]:
    """The words on the buttons of what waits for this person about city money."""
    with override("en"):
        return [item.act for item in todo_of(User.objects.get(pk=user.pk), portal_now())]


def test_each_step_waits_for_exactly_one_side_until_the_sandbox_has_answered(make, clock, tmp_path):
    clock.china(2026, 7, 3)
    project = make.project_under_way(clock)
    poster, officer, preparer = make.administrator(project.poster), make.case_officer(), make.preparer()
    reconciler, approver = make.reconciler(), make.approver(3)
    assert "Claim" in acts(poster)
    make.entered_account(project.poster)
    assert acts(reconciler) == ["Confirm"]

    instalment = make.claimed_instalment(clock, project)
    assert "Claim" not in acts(poster)
    assert acts(officer) == ["Check"]
    disbursing.verify_claim(instalment.pk, by=officer, now=portal_now())
    assert (acts(officer), acts(preparer), acts(approver)) == ([], ["Prepare"], [])
    make.bank_account(project.poster, "999900001111222233")
    clock.china(2026, 9, 10)
    payment = disbursing.prepare_payment(instalment.pk, by=preparer, now=portal_now())
    assert (acts(preparer), acts(approver)) == ([], ["Decide"])
    make.approve(payment, 1, 2)
    assert acts(approver) == []
    disbursing.send_payments(by=reconciler, now=portal_now())
    assert acts(reconciler) == ["Take over"]

    answer = tmp_path / "answer.csv"
    call_command("treasury_sandbox", out=str(answer), stdout=StringIO())
    disbursing.import_confirmations(answer.read_bytes(), by=reconciler, now=portal_now())

    assert acts(reconciler) == []
    assert make.fresh_payment(payment).state == "confirmed"
