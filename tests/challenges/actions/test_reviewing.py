"""An expert's seat and score sheets."""

from datetime import timedelta
from decimal import Decimal

import pytest

from challenges.actions.drawing import name_experts
from challenges.actions.reviewing import (
    accept_seat,
    decline_seat,
    expire_invitation,
    expire_invitations,
    recuse,
    save_sheet,
    submit_sheet,
)
from challenges.models import Assignment, Sheet
from challenges.queries.reviewing import digest_of, points_of, sheets_of_others, sheets_visible_to
from challenges.states import AssignmentState, SheetState
from challenges.tasks import expire_invitations as job
from portal.clock import portal_now
from portal.kernel.errors import Incomplete, NotAllowed, NotFound, Refused, WrongState
from portal.models import Event, Message
from portal.record import words_of


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def test_taking_a_seat_needs_the_declarations(make, clock):
    seat = make.seats(make.named_panel(clock, count=1))[0]
    expert, now = seat.expert.user, portal_now()
    with pytest.raises(Incomplete) as refusal:
        accept_seat(seat.pk, declares_no_conflict=False, by=expert, now=now)
    assert refusal.value.code == "declarations_missing"

    accept_seat(seat.pk, declares_no_conflict=True, by=expert, now=now)

    seat = fresh(seat)
    assert (seat.state, seat.answered_at, seat.declared_at) == (AssignmentState.ACCEPTED, now, now)
    with pytest.raises(WrongState):
        accept_seat(seat.pk, declares_no_conflict=True, by=expert, now=now)


def test_nobody_answers_for_another(make, clock):
    first, second = make.seats(make.named_panel(clock, count=1))[:2]

    for act in (
        lambda: accept_seat(first.pk, declares_no_conflict=True, by=second.expert.user, now=portal_now()),
        lambda: decline_seat(first.pk, why="x", by=make.case_officer(), now=portal_now()),
        lambda: recuse(first.pk, why="x", by=make.draw_clerk(), now=portal_now()),
    ):
        with pytest.raises(NotAllowed):
            act()

    assert fresh(first).state == AssignmentState.INVITED


def test_the_last_moment_to_answer_is_in_time_and_a_microsecond_later_is_not(make, clock):
    first, second = make.seats(make.named_panel(clock, count=1))[:2]
    clock.set(first.answer_by)
    accept_seat(first.pk, declares_no_conflict=True, by=first.expert.user, now=clock.now())

    clock.set(second.answer_by + timedelta(microseconds=1))
    with pytest.raises(NotAllowed) as refusal:
        accept_seat(second.pk, declares_no_conflict=True, by=second.expert.user, now=clock.now())

    assert refusal.value.code == "invitation_expired"
    assert (fresh(first).state, fresh(second).state) == (AssignmentState.ACCEPTED, AssignmentState.INVITED)


def test_an_unanswered_invitation_expires_once_and_the_clerk_names_another(make, clock):
    panel = make.named_panel(clock, count=1)
    seats, clerk = make.seats(panel), make.draw_clerk()
    accept_seat(seats[0].pk, declares_no_conflict=True, by=seats[0].expert.user, now=portal_now())
    clock.set(seats[0].answer_by)
    job()
    assert set(Assignment.objects.values_list("state", flat=True)) == {"accepted", "invited"}

    clock.set(seats[0].answer_by + timedelta(microseconds=1))
    job()
    job()
    expire_invitation(seats[1].pk, now=clock.now())

    states = list(Assignment.objects.order_by("seat").values_list("state", flat=True))
    assert states == ["accepted", "expired", "expired", "expired", "expired"]
    assert Message.objects.filter(kind="seat_free", to=clerk).count() == 4
    assert Message.objects.filter(kind="seat_expired").count() == 4
    assert expire_invitations(now=clock.now()) == 0
    name_experts(panel.pk, experts=[make.expert().pk], by=clerk, now=clock.now())
    assert Assignment.objects.order_by("-seat").first().seat == 6


def test_declining_keeps_the_reason_and_frees_the_seat(make, clock):
    seat = make.seats(make.named_panel(clock, count=1))[0]
    with pytest.raises(Incomplete) as refusal:
        decline_seat(seat.pk, why=" ", by=seat.expert.user, now=portal_now())
    assert refusal.value.code == "reason_missing"

    decline_seat(seat.pk, why="时间冲突", by=seat.expert.user, now=portal_now())

    assert (fresh(seat).state, fresh(seat).reason) == (AssignmentState.DECLINED, "时间冲突")
    event = Event.objects.get(kind="assignment.declined")
    assert words_of(event) == "时间冲突" and "时间冲突" not in event.body
    with pytest.raises(WrongState):
        decline_seat(seat.pk, why="x", by=seat.expert.user, now=portal_now())


def test_an_expert_who_steps_back_leaves_unchanged_sheets_that_do_not_count(make, clock):
    panel = make.seated_panel(clock, count=1)
    seat, candidate = make.seats(panel)[0], panel.candidates.get()
    sheet = make.hand_in(seat, candidate, 90)

    recuse(seat.pk, why="曾与该团队合作", by=seat.expert.user, now=portal_now())

    kept = fresh(sheet)
    assert (fresh(seat).state, kept.state, kept.total, kept.digest) == ("recused", "set_aside", Decimal(90), sheet.digest)
    assert Message.objects.filter(kind="seat_free", to=make.draw_clerk()).count() == 1


def test_a_draft_keeps_what_is_typed_and_can_be_typed_again(make, clock):
    panel = make.seated_panel(clock, count=1)
    seat, candidate = make.seats(panel)[0], panel.candidates.get()
    first, second = list(panel.rubric.criteria.order_by("position"))[:2]
    by, now = seat.expert.user, portal_now()

    save_sheet(
        seat.pk, candidate.pk, points={first.pk: Decimal("22.5")}, comments={second.pk: "只有文字"}, comment="", by=by, now=now
    )
    sheet = save_sheet(
        seat.pk, candidate.pk, points={first.pk: Decimal("23")}, comments={second.pk: "只有文字"}, comment=" 总评 ", by=by, now=now
    )

    assert Sheet.objects.count() == 1
    assert points_of(sheet) == {str(first.pk): (Decimal("23"), ""), str(second.pk): (None, "只有文字")}
    assert (sheet.state, sheet.comment, sheet.total) == (SheetState.DRAFT, "总评", None)


def test_points_outside_their_criterion_are_refused_and_nothing_changes(make, clock):
    panel = make.seated_panel(clock, count=1)
    seat, candidate = make.seats(panel)[0], panel.candidates.get()
    criterion = panel.rubric.criteria.order_by("position").first()

    def refused(points):
        with pytest.raises(Refused) as refusal:
            save_sheet(seat.pk, candidate.pk, points=points, comments={}, comment="", by=seat.expert.user, now=portal_now())
        return refusal.value.code

    assert refused({criterion.pk: Decimal("25.01")}) == "points_out_of_range"
    assert refused({criterion.pk: Decimal("-1")}) == "points_out_of_range"
    assert refused({criterion.pk: Decimal("NaN")}) == "points_out_of_range"
    assert refused({criterion.pk: Decimal("1.005")}) == "points_off_step"
    assert refused({candidate.pk: Decimal("1")}) == "unknown_criterion"
    assert Sheet.objects.count() == 0


def test_no_sheet_before_the_declarations_nor_for_another_panels_candidate(make, clock):
    seat = make.seats(make.named_panel(clock, count=1))[0]
    candidate = seat.panel.candidates.get()
    nothing = {"points": {}, "comments": {}, "comment": "", "now": portal_now()}
    with pytest.raises(NotAllowed) as refusal:
        save_sheet(seat.pk, candidate.pk, **nothing, by=seat.expert.user)
    assert refusal.value.code == "declaration_missing"

    make.accept(seat)
    with pytest.raises(NotFound):
        save_sheet(seat.pk, seat.pk, **nothing, by=seat.expert.user)
    with pytest.raises(NotAllowed):
        save_sheet(seat.pk, candidate.pk, **nothing, by=make.case_officer())


def test_handing_in_fixes_total_and_digest_for_ever(make, clock):
    panel = make.seated_panel(clock, count=1)
    seat, candidate = make.seats(panel)[0], panel.candidates.get()
    sheet = make.sheet(seat, candidate, 86)
    now = portal_now()

    submit_sheet(sheet.pk, by=seat.expert.user, now=now)

    sheet = Sheet.objects.select_related("assignment").get(pk=sheet.pk)
    assert (sheet.state, sheet.total, sheet.submitted_at) == (SheetState.SUBMITTED, Decimal(86), now)
    assert sheet.digest == digest_of(sheet, points_of(sheet))
    assert sheet.digest in Event.objects.get(kind="sheet.submitted").body
    with pytest.raises(WrongState) as refusal:
        submit_sheet(sheet.pk, by=seat.expert.user, now=now)
    assert refusal.value.code == "sheet_handed_in"
    with pytest.raises(WrongState):
        make.sheet(seat, candidate, 87)


def test_an_incomplete_sheet_is_not_handed_in(make, clock):
    panel = make.seated_panel(clock, count=1)
    seat, candidate = make.seats(panel)[0], panel.candidates.get()
    points = make.points(panel, 80)
    missing = points.popitem()[0]
    by, now = seat.expert.user, portal_now()
    sheet = save_sheet(seat.pk, candidate.pk, points=points, comments={}, comment="好", by=by, now=now)

    with pytest.raises(Incomplete) as refusal:
        submit_sheet(sheet.pk, by=by, now=now)
    assert (refusal.value.code, refusal.value.facts["missing"]) == ("points_missing", [str(missing)])

    save_sheet(seat.pk, candidate.pk, points=make.points(panel, 80), comments={}, comment="", by=by, now=now)
    with pytest.raises(Incomplete) as refusal:
        submit_sheet(sheet.pk, by=by, now=now)
    assert refusal.value.code == "comment_missing"
    assert fresh(sheet).state == SheetState.DRAFT


def test_others_sheets_stay_hidden_until_ones_own_are_in(make, clock):
    panel = make.seated_panel(clock, count=1)
    mine, other = make.seats(panel)[:2]
    candidate = panel.candidates.get()
    theirs = make.hand_in(other, candidate, 70)
    draft = make.sheet(mine, candidate, 80)

    assert list(sheets_visible_to(mine.expert.user)) == [draft]
    assert sheets_of_others(mine) == []
    for reader in (make.case_officer(), make.division_head(), make.draw_clerk()):
        assert list(sheets_visible_to(reader)) == []

    submit_sheet(draft.pk, by=mine.expert.user, now=portal_now())
    assert set(sheets_visible_to(mine.expert.user)) == {draft, theirs}
    assert sheets_of_others(mine) == [theirs]


def test_the_convener_is_told_when_the_last_sheet_is_in(make, clock):
    panel = make.seated_panel(clock, count=1)
    candidate = panel.candidates.get()
    for seat in make.seats(panel):
        assert Message.objects.filter(kind="panel_complete").count() == 0
        make.hand_in(seat, candidate)

    assert list(Message.objects.filter(kind="panel_complete").values_list("to_id", flat=True)) == [panel.convened_by_id]
