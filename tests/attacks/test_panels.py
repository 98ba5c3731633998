"""Panels under attack: who names, who sits, what is scored, by raw SQL."""

from uuid import uuid4

import pytest

from challenges.models import Expert, Sheet

pytestmark = pytest.mark.django_db(transaction=True)

SEAT = (
    "INSERT INTO challenges_assignment (id, panel_id, expert_id, seat, expert_class, state, invited_at, answer_by, reason)"
    " VALUES (%(new)s, %(panel)s, %(expert)s, 9, 'technical', %(state)s, portal_now(), portal_now(), '')"
)
SET_SEAT = "UPDATE challenges_assignment SET {} WHERE id = %(id)s"
SET_SHEET = "UPDATE challenges_sheet SET {} WHERE id = %(id)s"
SHEET = (
    "INSERT INTO challenges_sheet (id, assignment_id, candidate_id, state, comment, digest)"
    " VALUES (%(new)s, %(seat)s, %(candidate)s, %(state)s, '', '')"
)
MEMBER = (
    "INSERT INTO challenges_candidateparty (id, candidate_id, organisation_id, user_id, part)"
    " VALUES (%(new)s, %(candidate)s, %(organisation)s, NULL, 'member')"
)


def test_who_convened_a_panel_does_not_name_its_experts(attack, make, clock):
    panel = make.panel(clock, count=1)

    named = "UPDATE challenges_panel SET named_by_id = convened_by_id, named_at = portal_now() WHERE id = %(id)s"
    assert attack(named, id=panel.pk) == "panel_named_by_another"


def test_an_expert_of_a_party_gets_no_seat_and_no_party_gets_its_expert(attack, make, clock):
    bid = make.qualified_bids(clock, count=1)[0]
    panel = make.panel(clock, [bid])
    of_bidder, stranger = make.expert(employer=bid.lead), make.expert()
    candidate = panel.candidates.get()

    for person, state, refused in (
        (of_bidder, "invited", "assignment_without_conflict"),
        (stranger, "accepted", "assignment_flow"),
        (stranger, "invited", ""),
    ):
        assert attack(SEAT, new=uuid4(), panel=panel.pk, expert=person.pk, state=state) == refused

    employer = Expert.objects.get(pk=stranger.pk).employer_id
    assert attack(MEMBER, new=uuid4(), candidate=candidate.pk, organisation=employer) == "assignment_without_conflict"
    assert attack.one("SELECT count(*) FROM challenges_assignment WHERE panel_id = %(id)s", id=panel.pk) == 1


def test_a_seat_is_taken_with_a_declaration_only(attack, make, clock):
    seat = make.seats(make.named_panel(clock, count=1))[0]

    assert attack(SET_SEAT.format("state = 'accepted'"), id=seat.pk) == "assignment_accepted_with_declaration"
    assert attack(SET_SEAT.format("state = 'expired'"), SET_SEAT.format("state = 'invited'"), id=seat.pk) == "assignment_flow"


def test_no_sheet_without_an_accepted_seat_nor_on_a_locked_panel(attack, make, clock):
    panel = make.named_panel(clock, count=1)
    seat, candidate = make.seats(panel)[0], panel.candidates.get()

    values = {"seat": seat.pk, "candidate": candidate.pk, "state": "draft"}
    assert attack(SHEET, new=uuid4(), **values) == "sheet_of_an_accepted_seat"
    make.accept(seat)
    assert attack(SHEET, new=uuid4(), **{**values, "state": "submitted"}) in ("sheet_flow", "sheet_submitted_with_total")
    lock = "UPDATE challenges_panel SET locked_at = portal_now() WHERE id = %(panel)s"
    assert attack(lock, SHEET, new=uuid4(), panel=panel.pk, **values) == "sheet_of_an_accepted_seat"


def test_a_sheet_handed_in_has_every_point_and_their_exact_sum(attack, make, clock):
    panel = make.seated_panel(clock, count=1)
    seat, candidate = make.seats(panel)[0], panel.candidates.get()
    sheet = make.sheet(seat, candidate, 80)
    point = sheet.points.first()
    submit = SET_SHEET.format("state = 'submitted', digest = 'x', total = {}")

    assert attack(submit.format("81"), id=sheet.pk) == "sheet_total_is_its_sum"
    assert attack(submit.format("NULL"), id=sheet.pk) != ""
    delete = "DELETE FROM challenges_sheetpoint WHERE id = %(point)s"
    rest = f"(SELECT SUM(points) FROM challenges_sheetpoint WHERE sheet_id = '{sheet.pk}')"
    assert attack(delete, submit.format(rest), id=sheet.pk, point=point.pk) == "sheet_total_is_its_sum"
    too_many = "UPDATE challenges_sheetpoint SET points = 25.01 WHERE id = %(point)s"
    assert attack(too_many, point=point.pk) == "point_within_its_criterion"
    assert attack("UPDATE challenges_sheetpoint SET points = -1 WHERE id = %(point)s", point=point.pk) != ""


def test_a_sheet_handed_in_stands_for_ever(attack, make, clock):
    panel = make.seated_panel(clock, count=1)
    seat, candidate = make.seats(panel)[0], panel.candidates.get()
    sheet = make.hand_in(seat, candidate, 80)

    for change in ("total = 100", "digest = 'y'", "comment = 'besser'", "submitted_at = NULL"):
        assert attack(SET_SHEET.format(change), id=sheet.pk) == "sheet_frozen"
    assert attack(SET_SHEET.format("state = 'draft'"), id=sheet.pk) == "sheet_flow"
    for statement in (
        "UPDATE challenges_sheetpoint SET points = 0 WHERE sheet_id = %(id)s",
        "DELETE FROM challenges_sheetpoint WHERE sheet_id = %(id)s",
    ):
        assert attack(statement, id=sheet.pk) == "point_of_an_open_sheet"
    assert attack("DELETE FROM challenges_sheet WHERE id = %(id)s", id=sheet.pk) == "denied"
    assert Sheet.objects.get(pk=sheet.pk).total == 80


def test_scores_are_written_once_and_a_lock_stays(attack, make, clock):
    panel = make.locked_panel(clock, totals=[(80,) * 5])

    assert attack("UPDATE challenges_score SET official = 100") == "denied"
    assert attack("DELETE FROM challenges_score") == "denied"
    assert attack("UPDATE challenges_panel SET locked_at = NULL WHERE id = %(id)s", id=panel.pk) == "panel_lock_frozen"
    assert attack("UPDATE challenges_candidate SET title = 'x'") == "denied"
    assert attack("DELETE FROM challenges_candidateparty") == "denied"


def test_who_convened_a_panel_is_not_rewritten_to_let_them_name(attack, make, clock):
    panel, another = make.panel(clock, count=1), make.officer()

    convened = "UPDATE challenges_panel SET convened_by_id = %(by)s WHERE id = %(id)s"
    assert attack(convened, id=panel.pk, by=another.pk) == "panel_convened_frozen"
