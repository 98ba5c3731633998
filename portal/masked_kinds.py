"""The portal's own masked values: addresses and mobile numbers of people, of those invited, of those appointed."""

from django.utils.translation import gettext_lazy as _

from portal.kernel.masking import mask_mail, mask_phone
from portal.locks import lock_invitation, lock_person, lock_replacement
from portal.masked import Masked, Whose
from portal.models import Invitation, Purpose, Replacement
from portal.permissions_personal import may_look_at_appointed, may_look_at_contact, may_look_at_invited
from portal.queries import looks, replacements

ABOUT_PEOPLE = (Purpose.CONTACT, Purpose.CHECK, Purpose.COMPLAINT, Purpose.AUDIT, Purpose.RIGHTS)


def _account_or_organisation(row: Invitation | Replacement) -> Whose:
    person = looks.owner_of(row.email)
    return Whose(person=person) if person else Whose(organisation=row.organisation)


MAIL = Masked(
    code="mail",
    word=_("E-mail address"),
    known_to=looks.people_known_to,
    hold=lock_person,
    may=may_look_at_contact,
    owns=lambda reader, person: reader.pk == person.pk,
    whose=lambda person: Whose(person=person),
    value=lambda person: person.email,
    mask=mask_mail,
    purposes=ABOUT_PEOPLE,
)
PHONE = Masked(
    code="phone",
    word=_("Mobile number"),
    known_to=looks.people_known_to,
    hold=lock_person,
    may=may_look_at_contact,
    owns=lambda reader, person: reader.pk == person.pk,
    whose=lambda person: Whose(person=person),
    value=lambda person: person.phone,
    mask=mask_phone,
    purposes=ABOUT_PEOPLE,
)
INVITED = Masked(
    code="invited",
    word=_("E-mail address of an invitation"),
    known_to=looks.invitations_known_to,
    hold=lock_invitation,
    may=may_look_at_invited,
    owns=lambda reader, invitation: reader.email == invitation.email,
    whose=_account_or_organisation,
    value=lambda invitation: invitation.email,
    mask=mask_mail,
    purposes=(Purpose.CONTACT, Purpose.CHECK),
)
APPOINTED = Masked(
    code="appointed",
    word=_("E-mail address of a new administrator"),
    known_to=replacements.visible_to,
    hold=lock_replacement,
    may=may_look_at_appointed,
    owns=lambda reader, replacement: reader.email == replacement.email,
    whose=_account_or_organisation,
    value=lambda replacement: replacement.email,
    mask=mask_mail,
    purposes=(Purpose.CONTACT, Purpose.CHECK, Purpose.COMPLAINT, Purpose.AUDIT),
)
