"""What organisations declared of people: each person answers on their own page, the bureau decides on its own."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.actions import declared_ties as actions
from portal.clock import portal_now
from portal.forms import DayField, Form, long_text
from portal.kernel.errors import NotFound
from portal.models import Role, Source
from portal.permissions import holds, reads_cases
from portal.permissions_on_ties import may_answer_tie, may_settle_tie
from portal.queries import declared_ties as ties
from portal.queries.affiliations import link_of, words_of
from portal.web import Answer, find, give_file, page

PAGE = 25
YES_NO = [("yes", gettext_lazy("Yes, it is so")), ("no", gettext_lazy("No, it is not so"))]


class IsItSoForm(Form):
    """Whether a declared tie is so."""

    is_so = forms.TypedChoiceField(
        label=gettext_lazy("Is it so?"), choices=YES_NO, coerce=lambda value: value == "yes", widget=forms.RadioSelect
    )


class AnswerForm(IsItSoForm):
    """A person's answer about themselves."""

    words = forms.CharField(
        label=gettext_lazy("In your words"), required=False, max_length=4000, widget=long_text(rows=3),
        help_text=gettext_lazy("Needed where it is not so. The bureau reads it; the organisation does not."),
    )  # fmt: skip


class SettleForm(IsItSoForm):
    """The bureau's decision, with its source where it confirms."""

    why = forms.CharField(label=gettext_lazy("Reason"), max_length=4000, widget=long_text(rows=3))
    source = forms.ChoiceField(
        label=gettext_lazy("Source"), required=False,
        choices=[("", "–"), *(choice for choice in Source.choices if choice[0] in actions.PROOFS)],
        help_text=gettext_lazy("Needed where you confirm it."),
    )  # fmt: skip
    source_on = DayField(label=gettext_lazy("Day of the source"), required=False)
    source_note = forms.CharField(label=gettext_lazy("Which source"), max_length=200, required=False)
    document = forms.FileField(
        label=gettext_lazy("Document"), required=False, help_text=gettext_lazy("PNG, JPEG or PDF; kept with its SHA-256.")
    )

    @property
    def entered(self) -> dict[str, object]:
        """What the action takes."""
        typed = dict(self.cleaned_data)
        file = typed.pop("document")
        return typed | {"document": (file.name, file.read()) if file else None}


@page("portal/own_ties.html")
def mine(request: HttpRequest) -> Answer:
    """What organisations declared of the person who looks."""
    return {"rows": [(question, ties.words_for(question)) for question in ties.of_person(request.user)]}


@page("portal/own_tie.html")
def answer(request: HttpRequest, pk: UUID) -> Answer:
    """Say whether a tie declared of oneself is so."""
    question = find(ties.of_person(request.user), pk=pk)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        actions.answer_tie(question.pk, **form.cleaned_data, by=request.user, now=portal_now())
        messages.success(request, _("Your answer is recorded."))
        return redirect("own-ties")
    return {"question": question, "words": ties.words_for(question), "form": form, "verdict": may_answer_tie(request.user, question)}


@page("portal/declared_ties.html")
def index(request: HttpRequest) -> Answer:
    """What organisations declared of people and nobody has confirmed yet, and what was decided."""
    if not reads_cases(request.user):
        raise NotFound()
    known = ties.visible_to(request.user)
    settled = Paginator(ties.settled(known), PAGE).get_page(request.GET.get("page"))
    return {
        "now": portal_now(),
        "rows": [(question, words_of(link_of(question.affiliation))) for question in ties.waiting(known)],
        "page": settled,
        "settled": [(question, words_of(link_of(question.affiliation))) for question in settled],
    }


@page("portal/declared_tie.html")
def settle(request: HttpRequest, pk: UUID) -> Answer:
    """One declared tie: what was declared, what the person says, and the decision."""
    question = find(ties.visible_to(request.user), pk=pk)
    form = SettleForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        actions.settle_tie(question.pk, **form.entered, by=request.user, now=portal_now())
        messages.success(request, _("The decision is recorded, and the person has been told."))
        return redirect("declared-ties")
    return {
        "question": question,
        "tie": question.affiliation,
        "words": words_of(link_of(question.affiliation)),
        "form": form,
        "verdict": may_settle_tie(request.user, question),
        "settles": holds(request.user, Role.OFFICER, Role.DIVISION_HEAD),
    }


@page("portal/declared_tie.html")
def document(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The document against which the bureau decided."""
    return give_file(find(ties.visible_to(request.user).exclude(document=None), pk=pk).document)
