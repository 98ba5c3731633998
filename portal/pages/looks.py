"""Pages of masked personal data: looking at one value for a purpose, and who looked at what."""

from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from portal.actions.looking import LONGEST, look_at_personal_data
from portal.clock import portal_now
from portal.forms import Form, long_text
from portal.kernel.errors import NotFound
from portal.kernel.verdict import require
from portal.masked import KINDS, Masked
from portal.models import AccessToPersonalData
from portal.permissions_personal import may_look, may_read_looks, purposes_of
from portal.queries import looks
from portal.web import Answer, find, page

PAGE = 50


class LookForm(Form):
    """What a value is looked at for."""

    purpose = forms.ChoiceField(label=_("What for"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your words"), max_length=LONGEST, widget=long_text(rows=2),
        help_text=_("The person it belongs to and the auditors can read this."),
    )  # fmt: skip

    def __init__(self, *args: object, user, kind: Masked, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["purpose"].choices = [(each.value, each.label) for each in purposes_of(user, kind)]


@never_cache
@page("portal/look.html")
def look(request: HttpRequest, code: str, pk: UUID) -> Answer:
    """Look at one masked value: say what for, then this one answer shows it; a reload asks again."""
    kind = KINDS.get(code)
    if kind is None:
        raise NotFound()
    row = find(kind.known_to(request.user), pk=pk)
    verdict = may_look(request.user, kind, row)
    if request.method == "POST" or not kind.is_own(request.user, row):
        require(verdict)
    form, shown = LookForm(request.POST or None, user=request.user, kind=kind), ""
    if form.is_valid():
        _access, shown = look_at_personal_data(code, pk, **form.cleaned_data, by=request.user, now=portal_now())
    return {"kind": kind, "whose": kind.whose(row), "masked": kind.as_read_by(request.user, row), "form": form, "shown": shown, "verdict": verdict}


@page("portal/looks.html")
def index(request: HttpRequest) -> Answer:
    """Who looked at whose data, for discipline inspection and auditors."""
    require(may_read_looks(request.user))
    return {"page": _paged(request, looks.visible_to(request.user)), "all": True}


@page("portal/looks.html")
def mine(request: HttpRequest) -> Answer:
    """Who looked at one's own data and at the accounts of the organisations one administers."""
    return {"page": _paged(request, looks.at_mine(request.user)), "all": False}


def _paged(request: HttpRequest, rows) -> object:
    page_of = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    page_of.object_list = [(each, word_of(each)) for each in page_of.object_list]
    return page_of


def word_of(access: AccessToPersonalData) -> object:
    """What was looked at, in words."""
    return KINDS[access.field].word if access.field in KINDS else access.field
