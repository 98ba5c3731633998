"""The telephone of an objector, which discipline inspection reads masked until it says what for."""

from django.utils.translation import gettext_lazy as _

from challenges.locks import lock_objection
from challenges.models import Objection
from challenges.queries import objections
from portal.kernel.masking import mask_phone
from portal.kernel.verdict import YES, Verdict, no
from portal.masked import Masked, Whose
from portal.models import Purpose, Role
from portal.permissions import holds


def may_look_at_objector(user, objection: Objection) -> Verdict:
    """Discipline inspection of the programme, which alone reads the objections of others."""
    if not (holds(user, Role.DISCIPLINE) and objections.visible_to(user).filter(pk=objection.pk).exists()):
        return no(_("Only discipline inspection looks at this."))
    return YES


OBJECTOR_PHONE = Masked(
    code="objector-phone",
    word=_("Telephone of an objector"),
    known_to=objections.visible_to,
    hold=lock_objection,
    may=may_look_at_objector,
    owns=lambda reader, objection: reader.pk == objection.filed_by_id,
    whose=lambda objection: Whose(person=objection.filed_by),
    value=lambda objection: objections.statement_of(objection).phone,
    mask=mask_phone,
    purposes=(Purpose.CONTACT, Purpose.COMPLAINT),
)
