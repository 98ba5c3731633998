"""Pages of requests to correct personal data: asking, reading, answering."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.actions import rectifying
from portal.clock import portal_now
from portal.forms import Form, long_text
from portal.kernel.verdict import require
from portal.permissions_personal import may_answer_correction, may_read_corrections
from portal.queries import rectifying as requests
from portal.web import Answer, find, page

PAGE = 25


class CorrectionForm(Form):
    """What is wrong about oneself, and what is right."""

    words = forms.CharField(label=gettext_lazy("What is wrong, and what is right"), max_length=rectifying.LONGEST, widget=long_text(rows=3))


class AnswerForm(Form):
    """What was corrected, or why not."""

    words = forms.CharField(label=gettext_lazy("Answer"), max_length=rectifying.LONGEST, widget=long_text(rows=3))


@page("portal/correction.html")
def ask(request: HttpRequest) -> Answer:
    """Ask for a correction of one's own data."""
    form = CorrectionForm(request.POST or None)
    if form.is_valid():
        rectifying.ask_correction(**form.cleaned_data, by=request.user, now=portal_now())
        messages.success(request, _("The bureau has your request. You are told when it is answered."))
        return redirect("my-data")
    return {"form": form}


@page("portal/corrections.html")
def index(request: HttpRequest) -> Answer:
    """Every request, the newest first."""
    require(may_read_corrections(request.user))
    found = Paginator(requests.asked(), PAGE).get_page(request.GET.get("page"))
    found.object_list = requests.with_answers(found.object_list)
    return {"page": found}


@page("portal/correction_answer.html")
def answer(request: HttpRequest, pk: UUID) -> Answer:
    """One request, and the form to answer it."""
    require(may_read_corrections(request.user))
    event = find(requests.asked(), pk=pk)
    verdict = may_answer_correction(request.user, event)
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        require(verdict)
    if form.is_valid():
        rectifying.answer_correction(event.pk, **form.cleaned_data, by=request.user, now=portal_now())
        messages.success(request, _("Your answer is sent."))
        return redirect("corrections")
    return {"asked": requests.with_answers([event])[0], "form": form, "verdict": verdict}
