"""Nobody edits the security log, and nothing goes from it before its six months are over."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from portal.clock import portal_now
from portal.models import SecurityEvent, SecurityKind
from portal.models.security import KEPT_DAYS_LEAST
from portal.security_log import note

pytestmark = pytest.mark.django_db


def test_a_line_is_not_changed():
    line = note(SecurityKind.SIGNED_IN)

    with pytest.raises(DatabaseError), transaction.atomic():
        SecurityEvent.objects.filter(pk=line.pk).update(kind=SecurityKind.SIGNED_OUT)


def test_a_line_goes_only_when_its_time_is_over():
    now = portal_now()
    young = SecurityEvent.objects.create(kind=SecurityKind.SIGNED_IN, at=now - timedelta(days=KEPT_DAYS_LEAST - 1))
    old = SecurityEvent.objects.create(kind=SecurityKind.SIGNED_IN, at=now - timedelta(days=KEPT_DAYS_LEAST + 1))

    with pytest.raises(DatabaseError, match="six months"), transaction.atomic():
        SecurityEvent.objects.filter(pk=young.pk).delete()
    SecurityEvent.objects.filter(pk=old.pk).delete()

    assert list(SecurityEvent.objects.values_list("pk", flat=True)) == [young.pk]
