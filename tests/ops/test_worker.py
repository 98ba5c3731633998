"""Jobs go the whole way round: outbox, relay, broker, worker."""

from io import StringIO

import pytest
from django.core.management import call_command

from portal.models import OutboxJob


@pytest.mark.django_db(transaction=True)
def test_a_promised_job_is_done_by_the_worker(worker):
    said = StringIO()

    call_command("check_jobs", stdout=said)

    assert said.getvalue().startswith("A job went through the worker in ")
    assert OutboxJob.objects.filter(done_at__isnull=True).count() == 0
