"""Writing a need: nothing is lost, nothing slips through, and the money rules name their figures."""

from datetime import timedelta
from decimal import Decimal

import pytest

from challenges.actions.drafting import attach_file, remove_file, save_need, start_need, submit_need
from challenges.models import Challenge
from challenges.states import ChallengeState
from portal.kernel.errors import Clash, Incomplete, NotAllowed, Refused, WrongState
from portal.kernel.money import wan_to_fen
from portal.models import Event, Message
from portal.words import sentence
from tests.making.needs import FIELDS, INDICATORS

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def fresh(challenge: Challenge) -> Challenge:
    """The row as it is now."""
    return Challenge.objects.get(pk=challenge.pk)


def kinds_of(challenge: Challenge) -> list[str]:
    """What was recorded about a case, in order."""
    return list(Event.objects.filter(case_id=challenge.pk).order_by("at", "kind").values_list("kind", flat=True))


@pytest.mark.django_db
def test_a_need_begins_with_the_terms_of_its_class(make, clock):
    call, poster = make.call(), make.organisation()

    need = start_need(call.pk, poster.pk, class_code="key", title=" 传感器 ", by=make.editor(poster), now=clock.now())

    assert (need.title, need.state, need.cap_fen, need.most_percent, need.least_percent) == (
        "传感器", ChallengeState.DRAFT, wan_to_fen("200"), Decimal(40), Decimal(60),
    )  # fmt: skip
    assert kinds_of(need) == ["challenge.draft"]


@pytest.mark.django_db
def test_who_may_not_start_a_need_is_told_why(make, clock):
    call, poster = make.call(), make.organisation()
    unverified = make.organisation(verified=False)
    ended = call.closes_at + timedelta(microseconds=1)
    tries = [
        (make.case_officer(), poster, clock.now()),
        (make.administrator(unverified), unverified, clock.now()),
        (make.editor(poster), poster, call.opens_at - timedelta(seconds=1)),
        (make.editor(poster), poster, ended),
    ]
    codes = []
    for by, organisation, now in tries:
        with pytest.raises(NotAllowed) as refusal:
            start_need(call.pk, organisation.pk, class_code="major", title="x", by=by, now=now)
        codes.append(refusal.value.code)

    assert codes == ["not_allowed", "organisation_not_verified", "call_not_open", "call_closed"]
    assert not Challenge.objects.exists()


@pytest.mark.django_db
def test_an_unknown_class_is_refused(make, clock):
    poster = make.organisation()

    with pytest.raises(Refused) as refusal:
        start_need(make.call().pk, poster.pk, class_code="giant", title="x", by=make.editor(poster), now=clock.now())

    assert refusal.value.code == "unknown_class"


@pytest.mark.django_db
def test_a_save_over_somebody_elses_changes_nothing(make, clock):
    need = make.need("draft")
    by, version = make.editor(need.poster), need.version
    save_need(need.pk, fields={"background": "甲"}, version=version, by=by, now=clock.now())

    with pytest.raises(Clash) as refusal:
        save_need(need.pk, fields={"background": "乙"}, version=version, by=by, now=clock.now())

    assert (refusal.value.code, refusal.value.facts["version"]) == ("version_clash", version + 1)
    assert fresh(need).background == "甲"


@pytest.mark.django_db
def test_saving_the_same_twice_is_quiet(make, clock):
    need = make.need("draft")
    by, version = make.editor(need.poster), need.version

    for _click in range(2):
        save_need(need.pk, fields={"background": "甲"}, indicators=INDICATORS, version=version, by=by, now=clock.now())

    assert fresh(need).version == version + 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"total_fen": -1}, "negative_amount"),
        ({"total_fen": 1.5}, "wrong_kind"),
        ({"total_fen": 2**60}, "amount_too_large"),
        ({"board_fen": 0}, "board_money_nothing"),
        ({"title": "长" * 161}, "too_long"),
        ({"background": "\x00"}, "unreadable_characters"),
        ({"field": "alchemy"}, "unknown_technology"),
        ({"months": -3}, "not_a_whole_number"),
        ({"ip_choice": "nobody"}, "wrong_kind"),
        ({"state": "published"}, "unknown_need_field"),
        ({"cap_fen": 1}, "unknown_need_field"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_sentence(make, clock, fields, code):
    need = make.need("draft")

    with pytest.raises(Refused) as refusal:
        save_need(need.pk, fields=fields, version=need.version, by=make.editor(need.poster), now=clock.now())

    assert refusal.value.code == code
    assert sentence(refusal.value)
    assert fresh(need).version == need.version


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"name": "量程"}, "field_missing"),
        ({**INDICATORS[0], "value": Decimal("NaN")}, "not_a_number"),
        ({**INDICATORS[0], "value": Decimal("0.0000001")}, "too_many_places"),
        ({**INDICATORS[0], "comparator": "<"}, "wrong_kind"),
        ({**INDICATORS[0], "position": 3}, "unknown_need_field"),
    ],
)
def test_an_indicator_has_name_comparison_value_and_test(make, clock, row, code):
    need = make.need("draft")

    with pytest.raises(Refused) as refusal:
        save_need(
            need.pk, fields={}, indicators=[row], version=need.version, by=make.editor(need.poster), now=clock.now()
        )

    assert refusal.value.code == code
    assert need.indicators.count() == len(INDICATORS)


@pytest.mark.django_db
def test_changing_the_class_changes_its_terms(make, clock):
    need = make.need("draft")

    save_need(need.pk, fields={"class_code": "key"}, version=need.version, by=make.editor(need.poster), now=clock.now())

    assert fresh(need).cap_fen == wan_to_fen("200")


@pytest.mark.django_db
def test_the_worked_example_is_submitted_and_its_district_hears_of_it(make, clock):
    need = make.need("draft")
    reviewer = make.reviewer(need.poster)

    submit_need(need.pk, by=make.administrator(need.poster), now=clock.now())

    assert fresh(need).state == ChallengeState.SUBMITTED
    assert list(Message.objects.filter(kind="need_submitted").values_list("to", flat=True)) == [reviewer.pk]
    assert kinds_of(need) == ["challenge.draft", "challenge.saved", "challenge.submitted"]


@pytest.mark.django_db
def test_too_much_city_money_is_refused_and_the_most_is_named(make, clock):
    need = make.need("draft", total_fen=wan_to_fen("2400"), own_fen=wan_to_fen("1400"))

    with pytest.raises(Refused) as refusal:
        submit_need(need.pk, by=make.administrator(need.poster), now=clock.now())

    assert refusal.value.code == "own_share_too_small"
    assert refusal.value.facts["most_city_fen"] == wan_to_fen("960")
    assert fresh(need).state == ChallengeState.DRAFT


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["background", "contact", "ip_choice", "declared_unclassified", "indicators"])
def test_a_need_with_a_gap_is_not_submitted(make, clock, name):
    gap = {"indicators": []} if name == "indicators" else {name: type(FIELDS[name])()}
    need = make.need("draft", **gap)

    with pytest.raises(Incomplete) as refusal:
        submit_need(need.pk, by=make.administrator(need.poster), now=clock.now())

    assert (refusal.value.code, refusal.value.facts["missing"]) == ("need_incomplete", [name])


@pytest.mark.django_db
def test_a_project_longer_than_its_class_allows_is_refused(make, clock):
    need = make.need("draft", months=37)

    with pytest.raises(Refused, match="period_too_long"):
        submit_need(need.pk, by=make.administrator(need.poster), now=clock.now())


@pytest.mark.django_db
def test_the_deadline_of_the_call_is_in_time_and_a_microsecond_later_is_not(make, clock):
    in_time, late = make.need("draft"), make.need("draft")
    deadline = in_time.call.closes_at

    submit_need(in_time.pk, by=make.administrator(in_time.poster), now=deadline)
    with pytest.raises(NotAllowed) as refusal:
        submit_need(late.pk, by=make.administrator(late.poster), now=deadline + timedelta(microseconds=1))

    assert refusal.value.code == "deadline_passed"
    assert (fresh(in_time).state, fresh(late).state) == (ChallengeState.SUBMITTED, ChallengeState.DRAFT)


@pytest.mark.django_db
def test_a_returned_need_may_come_back_after_the_deadline(make, clock):
    need = make.need("returned")
    by, late = make.administrator(need.poster), need.call.closes_at + timedelta(days=3)

    save_need(need.pk, fields={"background": "补充"}, version=need.version, by=by, now=late)
    submit_need(need.pk, by=by, now=late)

    assert fresh(need).state == ChallengeState.SUBMITTED


@pytest.mark.django_db
def test_an_editor_does_not_submit_and_a_second_click_changes_nothing(make, clock):
    need = make.need("draft")

    with pytest.raises(NotAllowed):
        submit_need(need.pk, by=make.editor(need.poster), now=clock.now())
    submit_need(need.pk, by=make.administrator(need.poster), now=clock.now())
    with pytest.raises(WrongState):
        submit_need(need.pk, by=make.administrator(need.poster), now=clock.now())
    with pytest.raises(WrongState):
        save_need(need.pk, fields={"title": "x"}, version=2, by=make.editor(need.poster), now=clock.now())

    assert kinds_of(need).count("challenge.submitted") == 1


@pytest.mark.django_db
def test_a_file_is_known_by_its_bytes_and_counted(make, clock):
    need = make.need("draft", call=make.call(notice_before_publishing=False, files_most=1, file_most_mib=1))
    by, codes = make.editor(need.poster), []

    file = attach_file(need.pk, name="规程.pdf", content=PDF, by=by, now=clock.now())
    for name, content in [("a.pdf", b"MZ\x90\x00 program"), ("b.pdf", b""), ("c.pdf", PDF + bytes(2**20)), ("d.pdf", PDF + b" ")]:
        with pytest.raises(Refused) as refusal:
            attach_file(need.pk, name=name, content=content, by=by, now=clock.now())
        codes.append(refusal.value.code)
    remove_file(file.pk, by=by, now=clock.now())

    assert codes == ["file_kind", "file_empty", "file_too_large", "too_many_files"]
    assert need.files.count() == 0
