"""What an officer types to give public notice and to publish a board."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from challenges.policy.windows import default_deadline
from portal.forms import DayField, Form, MomentField


class NoticeForm(Form):
    """The first day of a public notice."""

    starts_on = DayField(label=_("First day"), help_text=_("The first day counts if it is a working day."))

    def __init__(self, *args, today: date, **options) -> None:
        super().__init__(*args, **options)
        self.fields["starts_on"].initial = today
        self.fields["starts_on"].widget.attrs["min"] = today.isoformat()


class PublishForm(Form):
    """When bidding opens and closes."""

    opens_at = MomentField(label=_("Bidding opens"), required=False, help_text=_("Leave it empty to open at once."))
    closes_at = MomentField(label=_("Bidding closes"), help_text=_("A bid at this very moment is still in time."))

    def __init__(self, *args, now: datetime, bidding_days: int, **options) -> None:
        super().__init__(*args, **options)
        self.fields["closes_at"].initial = default_deadline(now, bidding_days)
