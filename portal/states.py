"""The life of an organisation's entry and of a delivery."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.kernel.flow import Flow


class OrganisationState(TextChoices):
    """Where an organisation's registration stands."""

    REGISTERED = "registered", _("awaiting verification")
    RETURNED = "returned", _("returned for correction")
    VERIFIED = "verified", _("verified")


ORGANISATION_FLOW = Flow(
    born=OrganisationState.REGISTERED,
    steps={
        OrganisationState.REGISTERED: {OrganisationState.VERIFIED, OrganisationState.RETURNED},
        OrganisationState.RETURNED: {OrganisationState.REGISTERED},
    },
    final={OrganisationState.VERIFIED},
)


class DeliveryState(TextChoices):
    """Where the e-mail of a message stands."""

    QUEUED = "queued", _("queued")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")


DELIVERY_FLOW = Flow(
    born=DeliveryState.QUEUED,
    steps={
        DeliveryState.QUEUED: {DeliveryState.SENT, DeliveryState.FAILED},
        DeliveryState.FAILED: {DeliveryState.QUEUED},
    },
    final={DeliveryState.SENT},
)
