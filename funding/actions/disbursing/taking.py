"""Taking the file of a payment list: it carries whole account numbers, so each taking is written down."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from funding.models import PaymentList
from funding.permissions.looking import ACCOUNT, may_take_payment_list, purpose_of_taking
from funding.queries.payments import accounts_on
from portal.actions.looking import note_access
from portal.kernel.errors import NotFound
from portal.kernel.verdict import require
from portal.models import StoredFile, User


@transaction.atomic
def take_payment_list(list_id: UUID, *, by: User, now: datetime) -> StoredFile:
    """Take the file of a payment list; every account on it counts as looked at, each time it is taken.

    A list never changes once it is made, so nothing is held. Raises NotFound, NotAllowed.
    """
    made = PaymentList.objects.select_related("file").filter(pk=list_id).first()
    if made is None:
        raise NotFound()
    require(may_take_payment_list(by))
    for account in accounts_on(made):
        purpose = purpose_of_taking(by)
        note_access(ACCOUNT.code, ACCOUNT.whose(account), account.pk, purpose=purpose, words=made.number, by=by, now=now)
    return made.file
