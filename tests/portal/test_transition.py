"""Moving, telling, promising: what happens together commits together."""

import pytest
from django.db import transaction

from portal import relay
from portal.enqueue import enqueue
from portal.kernel.errors import WrongState
from portal.models import Event, OutboxJob
from portal.states import OrganisationState
from portal.transition import move

pytestmark = pytest.mark.django_db


def test_a_move_saves_the_state_and_writes_the_event(make):
    organisation, officer = make.organisation(verified=False), make.officer()

    event = move(organisation, to=OrganisationState.VERIFIED, by=officer, why="一致", facts={"checked": 3})

    organisation.refresh_from_db()
    assert organisation.state == OrganisationState.VERIFIED
    assert event.kind == "organisation.verified"
    assert '"from":"registered"' in event.body and '"checked":3' in event.body


def test_a_step_that_is_not_in_the_table_changes_nothing(make):
    organisation = make.organisation()
    events = Event.objects.count()

    with pytest.raises(WrongState):
        move(organisation, to=OrganisationState.RETURNED, by=make.officer())

    assert type(organisation).objects.get(pk=organisation.pk).state == OrganisationState.VERIFIED
    assert Event.objects.count() == events


def test_a_promised_job_goes_with_its_transaction():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue("portal.deliver_messages", "x")
        raise ZeroDivisionError

    assert not OutboxJob.objects.exists()


def test_the_relay_publishes_each_job_once_and_again_only_when_it_never_came_back(monkeypatch):
    sent = []
    monkeypatch.setattr(relay.current_app, "send_task", lambda task, args, headers: sent.append((task, args)))
    job = enqueue("portal.deliver_messages", "a", "b")

    assert relay.publish() == 1
    assert relay.publish() == 0
    OutboxJob.objects.filter(pk=job.pk).update(published_at=job_published(job) - 2 * relay.AGAIN_AFTER)
    assert relay.publish() == 1
    relay.mark_done(job.pk)
    OutboxJob.objects.filter(pk=job.pk).update(published_at=job_published(job) - 2 * relay.AGAIN_AFTER)
    assert relay.publish() == 0

    assert sent == [("portal.deliver_messages", ["a", "b"])] * 2


def job_published(job):
    job.refresh_from_db()
    return job.published_at
