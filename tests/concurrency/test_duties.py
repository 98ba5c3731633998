"""One person at two doors in the same moment: of two duties that may not meet, one is taken."""

from collections import Counter
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection

from portal.actions.duties import take_duty
from portal.clock import portal_now
from portal.duties import Duty, Scope
from portal.kernel.errors import PortalError
from portal.models import DutyTaken, User

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_duties_taken_at_once_by_one_person_one_is_taken(make):
    by = make.person()
    for _round in range(5):
        place, barrier, ended = Scope.PAYMENT.of(uuid4()), Barrier(8), []

        def take(duty: Duty, place=place, barrier=barrier, ended=ended) -> None:
            try:
                person = User.objects.get(pk=by.pk)
                barrier.wait()
                take_duty(duty, place, by=person, now=portal_now())
                ended.append("taken")
            except PortalError as refusal:
                ended.append(refusal.code)
            finally:
                connection.close()

        duties = [Duty.PREPARES_PAYMENT, Duty.APPROVES_PAYMENT] * 4
        threads = [Thread(target=take, args=[duty]) for duty in duties]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert set(Counter(ended)) <= {"taken", "prepares_and_approves", "approved_already"}
        assert len(ended) == 8
        assert DutyTaken.objects.filter(place=place[1]).count() == 1
