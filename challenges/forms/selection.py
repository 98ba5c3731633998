"""What the poster types when it selects a bid."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import Form, long_text

LONGEST = 4000


class SelectForm(Form):
    """The reason for the choice; needed where the bid is not the first in rank."""

    why = forms.CharField(label=_("Reason for the choice"), max_length=LONGEST, required=False, widget=long_text(rows=4))

    def __init__(self, *args, rank: int, **options) -> None:
        super().__init__(*args, **options)
        self.fields["why"].required = rank != 1
        if rank == 1:
            self.fields["why"].help_text = _("Not needed for the first in rank. What you write is kept with the decision.")
        else:
            self.fields["why"].help_text = _("This bid is number %(rank)s. The reason is kept with the decision.") % {
                "rank": rank
            }
