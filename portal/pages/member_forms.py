"""What people type about colleagues, invitations, hand-overs and their own two accounts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import DayField, Form, long_text
from portal.models import MemberRole

ROLES_TO_KEEP = [*((role.value, role.label) for role in MemberRole if role != MemberRole.ADMINISTRATOR), ("", _("none: I leave"))]


class InviteForm(Form):
    """A colleague who is asked to act for the organisation."""

    email = forms.EmailField(
        label=_("E-mail of your colleague"), help_text=_("The invitation goes there. Whoever accepts signs in with this address.")
    )
    role = forms.ChoiceField(label=_("Role"), choices=MemberRole, initial=MemberRole.EDITOR)
    ends_on = DayField(
        label=_("Last day of the membership"), required=False, help_text=_("Leave it empty for a membership without a last day.")
    )


class RoleForm(Form):
    """Another role for a colleague."""

    role = forms.ChoiceField(label=_("Role"), choices=MemberRole)


class LastDayForm(Form):
    """Until when a colleague acts for the organisation."""

    ends_on = DayField(label=_("Ends on"), required=False, help_text=_("That day included. Empty: without a last day."))


class AdministrationForm(Form):
    """Who becomes administrator in one's own place, and what one keeps."""

    to = forms.ChoiceField(label=_("Hand over to"))
    stay_as = forms.ChoiceField(label=_("The role you keep"), choices=ROLES_TO_KEEP, required=False, initial=MemberRole.EDITOR)

    def __init__(self, *args: object, colleagues, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = [(str(each.pk), f"{each.user.name} · {each.get_role_display()}") for each in colleagues]


class WorkForm(Form):
    """Which open work passes to whom; the boxes to tick stand in the table."""

    works = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    to = forms.ChoiceField(label=_("Hand over to"))

    def __init__(self, *args: object, works, keepers, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["works"].choices = [(work.key, work.title) for work in works]
        self.fields["to"].choices = [(str(each.user_id), each.user.name) for each in keepers]

    @property
    def ticked(self) -> set[str]:
        """What is ticked, also after a refusal."""
        return set(self["works"].value() or ())


class ReplacementForm(Form):
    """A new administrator on an organisation's letter."""

    email = forms.EmailField(label=_("E-mail of the new administrator"), help_text=_("As on the letter."))
    letter = forms.FileField(label=_("Stamped letter"), help_text=_("A scan as PDF, PNG or JPEG, at most 20 MiB."))
    why = forms.CharField(
        label=_("Why the administrator cannot act any more"), max_length=1000, widget=long_text(rows=3)
    )


class WhyForm(Form):
    """A reason."""

    why = forms.CharField(label=_("Reason"), max_length=1000, widget=long_text(rows=3))


class OtherAccountForm(Form):
    """The address of one's other account."""

    email = forms.EmailField(label=_("E-mail of your other account"))


class CodeForm(Form):
    """What proves the other account."""

    code = forms.CharField(
        label=_("Code from the mail"), max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )  # fmt: skip
    factor = forms.CharField(
        label=_("Code of its authenticator"), max_length=20, required=False,
        help_text=_("Only where the other account holds a role of bureau, district, finance or as an expert."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )  # fmt: skip
