"""City money with many hands at once: one approval, one payment, one confirmation, whatever the timing."""

from collections import Counter
from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from funding.actions import disbursing
from funding.models import Account, Confirmation, LedgerEntry, Payment
from portal.clock import portal_now
from portal.kernel.errors import PortalError
from portal.models import User

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(acts: list[Callable[[], object]]) -> Counter:
    """Run every act in a thread of its own, all at the same moment; how each ended, by code."""
    barrier, ended = Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        try:
            barrier.wait()
            act()
            ended.append("done")
        except PortalError as refusal:
            ended.append(refusal.code)
        except Exception as error:  # whatever else happens is a failure of the test, by its name
            ended.append(type(error).__name__)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(ended)


def again(user: User) -> User:
    """The person, loaded anew, so that threads share nothing."""
    return User.objects.get(pk=user.pk)


def test_of_twenty_preparers_one_prepares(make, clock):
    clock.china(2026, 7, 3)
    instalment = make.verified_instalment(clock)
    make.bank_account(instalment.project.poster)
    by = make.preparer()

    ended = at_once(
        [lambda: disbursing.prepare_payment(instalment.pk, by=again(by), now=portal_now()) for _ in range(20)]
    )

    assert ended == {"done": 1, "payment_exists": 19}
    assert Payment.objects.count() == 1


def test_two_last_approvals_at_once_approve_once_and_lists_carry_a_payment_once(make, clock):
    clock.china(2026, 7, 3)
    payment = make.approve(make.prepared_payment(clock), 1)
    people = [make.approver(2), make.approver(3), make.approver(2), make.approver(3)]

    def approve(by: User) -> Callable[[], object]:
        return lambda: disbursing.approve_payment(payment.pk, digest=payment.digest, by=again(by), now=portal_now())

    ended = at_once([approve(by) for by in people])

    assert ended["done"] == 1
    assert set(ended) <= {"done", "wrong_state", "approved_already"}
    assert (make.fresh_payment(payment).state, payment.approvals.count()) == ("approved", 2)

    at_once([lambda: disbursing.send_payments(by=None, now=portal_now()) for _ in range(8)])

    assert LedgerEntry.objects.filter(kind="payment_sent").count() == 1
    content = make.answer_to(make.fresh_payment(payment).line.payment_list)
    by = make.reconciler()

    confirmed = at_once([lambda: disbursing.import_confirmations(content, by=again(by), now=portal_now()) for _ in range(8)])

    assert confirmed == {"done": 8}
    assert Confirmation.objects.count() == 1
    assert LedgerEntry.objects.filter(kind="payment_confirmed").count() == 1
    assert Account.objects.get(kind="clearing").balance_fen == 0


def test_an_account_change_and_a_preparation_at_once_never_pay_the_old_account(make, clock):
    clock.china(2026, 7, 3)
    instalment = make.verified_instalment(clock)
    poster, by = instalment.project.poster, make.preparer()
    make.bank_account(poster)

    at_once(
        [
            lambda: disbursing.prepare_payment(instalment.pk, by=again(by), now=portal_now()),
            lambda: make.entered_account(poster, "999900001111222233"),
        ]
    )
    payment = Payment.objects.first()
    if payment and payment.state == "prepared":
        with pytest.raises(PortalError) as refusal:
            make.approve(payment, 1)
        assert refusal.value.code == "account_changed"

    assert disbursing.send_payments(by=None, now=portal_now()) == []
