"""Messages by e-mail: in the reader's language, once, and with a link in place of the content."""

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from portal.actions.correcting import return_organisation
from portal.actions.registering import verify_organisation
from portal.clock import portal_now
from portal.delivery import TRIES, deliver, words
from portal.models import Delivery, Event, Message, OutboxJob
from portal.states import DeliveryState

pytestmark = pytest.mark.django_db


class Broken(EmailBackend):
    """A mail server that is down."""

    def send_messages(self, messages):
        raise ConnectionRefusedError


def returned(make, language: str = "en", name: str = "A & B <Ltd>"):
    organisation = make.organisation(name, verified=False)
    administrator = make.administrator(organisation)
    administrator.language = language
    administrator.save()
    return_organisation(organisation.pk, why="名称与登记不符。", by=make.officer(), now=portal_now())
    event = Event.objects.get(kind="organisation.returned", subject_id=organisation.pk)
    return organisation, administrator, event


def test_a_mail_names_the_matter_and_links_to_it(make, settings):
    organisation, administrator, event = returned(make)

    deliver(event.pk, "organisation_returned")

    (sent,) = mail.outbox
    assert sent.to == [administrator.email]
    assert sent.subject == "The entry of A & B <Ltd> was returned"
    assert f"{settings.SITE_URL}/organisations/{organisation.pk}/correct/" in sent.body
    assert "登记不符" not in sent.body


def test_a_mail_comes_in_the_language_of_its_reader(make):
    _organisation, _administrator, event = returned(make, language="zh-hans")

    deliver(event.pk, "organisation_returned")

    assert mail.outbox[0].subject == "“A & B <Ltd>”的登记信息被退回"


def test_a_mail_is_never_sent_twice(make):
    _organisation, _administrator, event = returned(make)

    deliver(event.pk, "organisation_returned")
    deliver(event.pk, "organisation_returned")

    assert len(mail.outbox) == 1
    delivery = Delivery.objects.get(message__event=event)
    assert (delivery.state, delivery.tries) == (DeliveryState.SENT, 1)
    assert delivery.sent_at is not None


def test_a_mail_that_failed_is_tried_again_and_given_up_in_the_end(make, settings):
    _organisation, _administrator, event = returned(make)
    settings.EMAIL_BACKEND = f"{__name__}.Broken"

    for _try in range(TRIES):
        with pytest.raises(OSError, match="1 messages were not sent"):
            deliver(event.pk, "organisation_returned")
    delivery = Delivery.objects.get(message__event=event)
    assert (delivery.state, delivery.tries, delivery.error) == (DeliveryState.FAILED, TRIES, "ConnectionRefusedError")

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    deliver(event.pk, "organisation_returned")
    assert mail.outbox == []


def test_one_failure_does_not_hold_up_the_others(make, settings):
    organisation = make.organisation("甲")
    make.member(organisation, "viewer")
    officer = make.officer()
    other = make.organisation("乙", verified=False)
    make.member(other, "viewer")
    verify_organisation(other.pk, by=officer, now=portal_now())
    event = Event.objects.filter(kind="organisation.verified", subject_id=other.pk).get()

    deliver(event.pk, "organisation_verified")

    assert len(mail.outbox) == Message.objects.filter(event=event).count() == 2


def test_a_message_promises_one_job_for_its_mails(make):
    _organisation, _administrator, event = returned(make)

    jobs = OutboxJob.objects.filter(task="portal.deliver_messages", arguments=[str(event.pk), "organisation_returned"])

    assert jobs.count() == 1


def test_mail_about_a_sealed_bid_names_its_board_and_nothing_of_the_bid(make, clock):
    board = make.board(title="高精度电流传感器")
    bid = make.sealed_bid(board, summary="机密路线-7f3a")

    sealed = Message.objects.filter(event__sealed=True)
    assert sealed.exists()
    assert set(sealed.values_list("sealed", flat=True)) == {True}
    for message in sealed.select_related("to"):
        for language in ("zh-hans", "en"):
            said = " ".join(words(message, language))
            assert "机密路线-7f3a" not in said
            assert bid.lead.name not in said or message.to.memberships.filter(organisation=bid.lead).exists()
    others = sealed.exclude(to__memberships__organisation=bid.lead)
    assert list(others) == []
