"""What is typed into an agreement, and when it is registered or ended."""

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from challenges.models import Agreement, BidParty
from portal.forms import Form, WanField, long_text, rows_of

LONGEST = 20_000


class TermsForm(Form):
    """Amount, period, terms, and what each party on the bidder's side receives."""

    amount_fen = WanField(label=_("Amount of the agreement"), zero=False)
    months = forms.IntegerField(label=_("Months"), min_value=1, max_value=1200)
    ip_terms = forms.CharField(
        label=_("Terms on intellectual property"), max_length=LONGEST, required=False, widget=long_text(rows=5)
    )

    def __init__(self, *args, agreement: Agreement, **options) -> None:
        self.parties: list[BidParty] = list(agreement.bid.parties.order_by("-lead", "-share_percent", "name", "pk"))
        shares = {share.party_id: share.amount_fen for share in agreement.shares.all()}
        options.setdefault(
            "initial",
            {
                "amount_fen": agreement.amount_fen,
                "months": agreement.months,
                "ip_terms": agreement.ip_terms,
                **{f"share_{party.pk}": shares.get(party.pk, 0) for party in self.parties},
            },
        )
        super().__init__(*args, **options)
        for party in self.parties:
            self.fields[f"share_{party.pk}"] = WanField(label=party.name)

    @property
    def share_fields(self) -> list[BoundField]:
        """The fields of the shares, the lead's first."""
        return [self[f"share_{party.pk}"] for party in self.parties]

    @property
    def shares(self) -> list[dict]:
        """The shares as the action takes them."""
        return [{"party": party.pk, "amount_fen": self.cleaned_data[f"share_{party.pk}"]} for party in self.parties]


class PaymentForm(Form):
    """One payment: what it is due for, and how much."""

    due_for = forms.CharField(label=_("Due for"), max_length=120)
    amount_fen = WanField(label=_("Amount"), zero=False)


Payments = rows_of(PaymentForm, extra=1, least=1, most=50)


class RegisterForm(Form):
    """The number under which the contract was registered."""

    number = forms.CharField(label=_("Registration number of the technology contract"), max_length=60)


class VoidForm(Form):
    """Why an agreement ends, and whether the bid stays selected."""

    why = forms.CharField(label=_("Reason"), max_length=4000, widget=long_text(rows=4))
    what = forms.ChoiceField(
        label=_("What comes next"),
        choices=[
            ("again", _("A new agreement is drafted with the same bidder")),
            ("reserve", _("The choice of this bidder ends; the next in reserve can be selected")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, signed: bool, **options) -> None:
        super().__init__(*args, **options)
        if signed:
            self.fields["what"].choices = self.fields["what"].choices[1:]
            self.fields["what"].initial = "reserve"
