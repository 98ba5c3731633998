"""Pages of those who vet a need and bring it before the public: decide, give notice, publish, withdraw."""

from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from challenges.actions import publicising, publishing, vetting
from challenges.forms.boards import NoticeForm, PublishForm
from challenges.forms.needs import PASS, REJECT, RETURN, DecisionForm, ReasonForm
from challenges.models import Challenge, VettingStage
from challenges.pages.credit import CreditBefore, credit_before
from challenges.pages.needs import need_context
from challenges.permissions.publicising import may_give_notice
from challenges.permissions.publishing import may_publish_board, may_withdraw_challenge
from challenges.permissions.vetting import STAGE_OF, may_return_need
from challenges.policy.publicity import notice_period
from challenges.queries import needs
from portal.clock import china_date, portal_now
from portal.kernel.calendar import UnknownYear
from portal.kernel.verdict import require
from portal.web import find, page


@page("challenges/need_decide.html")
def decide(request, pk: UUID):
    """Recommend or pool a need, return it, or reject it, with its evidence above."""
    now = portal_now()
    need = find(needs.with_everything(request.user), pk=pk)
    require(may_return_need(request.user, need))
    stage = STAGE_OF[need.state]
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        done = _decide(need, stage, form.cleaned_data["outcome"], form.cleaned_data["why"], request.user, now)
        messages.success(request, done)
        return redirect("need", pk=pk)
    return {**need_context(need, request.user, now), "form": form, "is_district": stage == VettingStage.DISTRICT, "credit": _credit(need, stage, request.user, now)}


@page("challenges/need_notice.html", part="challenges/parts/notice_days.html")
def notice(request, pk: UUID):
    """Give public notice of a pooled need; the last working day is computed and shown first."""
    now = portal_now()
    need = find(needs.with_everything(request.user), pk=pk)
    require(may_give_notice(request.user, need))
    form = NoticeForm(request.POST or None, today=china_date(now))
    if request.headers.get("HX-Request") != "true" and form.is_valid():
        given = publicising.give_notice(pk, starts_on=form.cleaned_data["starts_on"], by=request.user, now=now)
        messages.success(request, _("The public notice is given."))
        return redirect("notice", pk=given.pk)
    starts_on = form.cleaned_data.get("starts_on") if form.is_bound and form.is_valid() else china_date(now)
    return {"now": now, "challenge": need, "form": form, "days": _days(starts_on or china_date(now), need)}


@page("challenges/need_publish.html")
def publish(request, pk: UUID):
    """Publish a pooled need as a board: its window, and what publishing fixes for good."""
    now = portal_now()
    need = find(needs.with_everything(request.user), pk=pk)
    require(may_publish_board(request.user, need))
    form = PublishForm(request.POST or None, now=now, bidding_days=need.rules.bidding_days)
    if form.is_valid():
        wanted = form.cleaned_data
        board = publishing.publish_board(
            pk, opens_at=wanted["opens_at"], closes_at=wanted["closes_at"], by=request.user, now=now
        )
        messages.success(request, _("The board is published under the number %(number)s.") % {"number": board.number})
        return redirect("board", pk=pk)
    credit = credit_before("publish_board", need.rules, [need.poster_id], on=china_date(now), reader=request.user)
    return {"now": now, "challenge": need, "terms": needs.class_of(need), "form": form, "credit": credit}


@page("challenges/need_withdraw.html")
def withdraw(request, pk: UUID):
    """End a need or a board for good, with the reason."""
    now = portal_now()
    need = find(needs.with_everything(request.user), pk=pk)
    require(may_withdraw_challenge(request.user, need))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        publishing.withdraw_challenge(pk, why=form.cleaned_data["why"], by=request.user, now=now)
        messages.success(request, _("The case is withdrawn."))
        return redirect("need", pk=pk)
    return {"now": now, "challenge": need, "form": form, "is_board": need.published_at is not None}


def _credit(need: Challenge, stage: str, reader, now) -> CreditBefore:
    """The poster's credit before the district recommends, as the rules ask."""
    if stage != VettingStage.DISTRICT:
        return CreditBefore()
    return credit_before("recommend_need", need.rules, [need.poster_id], on=china_date(now), reader=reader)


def _decide(need: Challenge, stage: str, outcome: str, why: str, by, now) -> str:
    """Take the decision of the pressed button; the sentence that says what was done."""
    if outcome == RETURN:
        vetting.return_need(need.pk, why=why, by=by, now=now)
        return _("The need is returned to its poster with your reason.")
    if outcome == REJECT:
        vetting.reject_need(need.pk, why=why, by=by, now=now)
        return _("The need is rejected. Its poster was told.")
    assert outcome == PASS
    if stage == VettingStage.DISTRICT:
        vetting.recommend_need(need.pk, why=why, by=by, now=now)
        return _("The need is recommended to the bureau.")
    vetting.pool_need(need.pk, why=why, by=by, now=now)
    return _("The need is in the pool.")


def _days(starts_on, need: Challenge):
    """The working days a notice would run, or nothing where the holiday table is missing."""
    try:
        return notice_period(starts_on, need.rules.notice_working_days)
    except UnknownYear:
        return None
