"""Drafting a need: start it, save it, add and remove its files, submit it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.locks import lock_challenge
from challenges.messages import needs as messages
from challenges.models import Call, Challenge, ChallengeFile, Indicator, RulesClass
from challenges.permissions.drafting import may_save_need, may_start_need, may_submit_need
from challenges.policy.completeness import require_need
from challenges.policy.eligibility import check_money, check_period
from challenges.policy.need_shape import TEXTS, check_need_fields, check_need_indicators
from challenges.queries.needs import contact_for, filled_in
from challenges.states import ChallengeState
from portal import vault
from portal.actions.duties import name_parties, take_duty
from portal.duties import Duty, Scope
from portal.kernel.errors import Clash, NotFound, Refused
from portal.kernel.verdict import require
from portal.models import Organisation, User
from portal.record import record
from portal.tell import tell
from portal.transition import move

TERMS = ("class_code", "cap_fen", "most_percent", "least_percent")


@transaction.atomic
def start_need(call_id: UUID, poster_id: UUID, *, class_code: str, title: str, by: User, now: datetime) -> Challenge:
    """Begin a need of one class in an open call, as a draft that only its organisation sees.

    The contact is taken from the poster's profile, or from its last need. The class's cap and shares are copied from the call's rules and stay with the need.
    Raises NotAllowed (``organisation_not_verified``, ``call_not_open``, ``call_closed``), Refused
    ``unknown_class`` or ``title_missing``.
    """
    call = _found(Call.objects.select_related("rules"), call_id)
    poster = _found(Organisation.objects.all(), poster_id)
    require(may_start_need(by, call, poster, now=now))
    check_need_fields({"title": title}, fields=call.rules.fields)
    if not title.strip():
        raise Refused("title_missing", _("Give the need a title first; you can change it later."), field="title")
    challenge = Challenge(
        call=call, rules=call.rules, poster=poster, title=title.strip(), created_at=now, created_by=by,
        contact=contact_for(poster)[: TEXTS["contact"]],
    )  # fmt: skip
    _take_class(challenge, class_code)
    challenge.save(force_insert=True)
    name_parties(Scope.CASE.of(challenge.pk), [poster.pk])
    take_duty(Duty.ACTS_FOR_A_PARTY, Scope.CASE.of(challenge.pk), by=by, now=now)
    record("challenge.draft", challenge, by=by, facts={"call": str(call.pk), "class": class_code})
    return challenge


@transaction.atomic
def save_need(
    challenge_id: UUID,
    *,
    fields: Mapping[str, object],
    indicators: Sequence[Mapping[str, object]] | None = None,
    version: int,
    by: User,
    now: datetime,
) -> Challenge:
    """Keep what was written: ``fields`` by column (amounts in fen), ``indicators`` as rows in their order.

    Columns that are not named stay as they are; ``indicators`` None leaves them. ``version`` is the
    one the writer started from: when somebody saved since, Clash ``version_clash`` (facts
    ``version``, ``name``) and nothing is overwritten. Saving again what is there already is quiet.
    Raises NotAllowed, WrongState, or Refused naming the field that cannot be kept.
    """
    challenge = lock_challenge(challenge_id)
    require(may_save_need(by, challenge))
    take_duty(Duty.ACTS_FOR_A_PARTY, Scope.CASE.of(challenge.pk), by=by, now=now)
    check_need_fields(fields, fields=challenge.rules.fields)
    check_need_indicators(indicators or [])
    if not _differs(challenge, fields, indicators):
        return challenge
    if version != challenge.version:
        raise Clash(
            "version_clash",
            _(
                "Somebody saved this need after you opened it. Nothing was overwritten: what you typed is still here, "
                "and what is saved now is shown beside it. Compare the two, then save again."
            ),
            version=challenge.version,
        )
    for name, value in fields.items():
        setattr(challenge, name, value.strip() if isinstance(value, str) else value)
    if "class_code" in fields:
        _take_class(challenge, challenge.class_code)
    challenge.version += 1
    challenge.save(update_fields=[*fields, *TERMS, "version"])
    if indicators is not None:
        _write_indicators(challenge, indicators)
    record("challenge.saved", challenge, by=by, facts={"version": challenge.version})
    return challenge


@transaction.atomic
def attach_file(challenge_id: UUID, *, name: str, content: bytes, by: User, now: datetime) -> ChallengeFile:
    """Add a file to a need; its kind is found in its bytes.

    Raises NotAllowed, WrongState, Refused ``too_many_files`` (fact ``most``), ``file_there_already``,
    or what the vault refuses: ``file_empty``, ``file_too_large``, ``file_kind``.
    """
    challenge = lock_challenge(challenge_id)
    require(may_save_need(by, challenge))
    take_duty(Duty.ACTS_FOR_A_PARTY, Scope.CASE.of(challenge.pk), by=by, now=now)
    rules = challenge.rules
    kind = vault.kind_of(content, name=name, kinds=rules.file_kinds, most_mib=rules.file_most_mib)
    if challenge.files.count() >= rules.files_most:
        raise Refused(
            "too_many_files",
            _("A need has at most %(most)s files. Remove one before you add another."),
            field="file",
            most=rules.files_most,
        )
    stored = vault.store(content, name=name[-200:], kind=kind, by=by, now=now)
    if challenge.files.filter(file__sha256=stored.sha256).exists():
        raise Refused("file_there_already", _("This file is there already."), field="file")
    file = ChallengeFile.objects.create(challenge=challenge, file=stored)
    record("challenge.file_added", challenge, by=by, facts={"file": str(stored.pk), "sha256": stored.sha256})
    return file


@transaction.atomic
def remove_file(file_id: UUID, *, by: User, now: datetime) -> None:
    """Take a file out of a need. Raises NotFound when it is gone already, NotAllowed, WrongState."""
    file = _found(ChallengeFile.objects.all(), file_id)
    challenge = lock_challenge(file.challenge_id)
    require(may_save_need(by, challenge))
    take_duty(Duty.ACTS_FOR_A_PARTY, Scope.CASE.of(challenge.pk), by=by, now=now)
    file = _found(challenge.files.select_related("file"), file_id)
    file.delete()
    record("challenge.file_removed", challenge, by=by, facts={"file": str(file.file_id), "sha256": file.file.sha256})


@transaction.atomic
def submit_need(challenge_id: UUID, *, by: User, now: datetime) -> Challenge:
    """Hand the need in to its district; from here on it cannot be changed unless it is returned.

    Raises NotAllowed (``deadline_passed``), WrongState on a second click, Incomplete
    ``need_incomplete`` (facts ``missing``, ``count``), or Refused with the money rule or the
    period that is not kept, naming the largest possible city money.
    """
    challenge = lock_challenge(challenge_id)
    require(may_submit_need(by, challenge, now=now))
    take_duty(Duty.ACTS_FOR_A_PARTY, Scope.CASE.of(challenge.pk), by=by, now=now)
    require_need(filled_in(challenge))
    check_money(
        total_fen=challenge.total_fen,
        own_fen=challenge.own_fen,
        city_fen=challenge.city_fen,
        other_fen=challenge.other_fen,
        cap_fen=challenge.cap_fen,
        most_percent=challenge.most_percent,
        least_percent=challenge.least_percent,
    )
    check_period(challenge.months, most_months=_class(challenge).months_most)
    challenge.submitted_at = now
    event = move(
        challenge, to=ChallengeState.SUBMITTED, by=by, also=["submitted_at"], facts={"version": challenge.version}
    )
    tell(messages.NEED_SUBMITTED, challenge, because=event)
    return challenge


def _take_class(challenge: Challenge, class_code: str) -> None:
    challenge.class_code = class_code
    terms = _class(challenge)
    challenge.cap_fen, challenge.most_percent, challenge.least_percent = (
        terms.cap_fen,
        terms.most_percent,
        terms.least_percent,
    )


def _class(challenge: Challenge) -> RulesClass:
    found = RulesClass.objects.filter(rules_id=challenge.rules_id, code=challenge.class_code).first()
    if found is None:
        raise Refused("unknown_class", _("This call has no such class of projects. Choose one of its classes."), field="class_code")
    return found


def _differs(challenge: Challenge, fields: Mapping[str, object], indicators: Sequence[Mapping] | None) -> bool:
    """Whether saving would change anything."""
    if any(getattr(challenge, name) != (value.strip() if isinstance(value, str) else value) for name, value in fields.items()):
        return True
    if indicators is None:
        return False
    columns = ("name", "comparator", "value", "unit", "test_method")
    return [tuple(row.get(name, "") for name in columns) for row in indicators] != list(
        challenge.indicators.values_list(*columns)
    )


def _write_indicators(challenge: Challenge, indicators: Sequence[Mapping[str, object]]) -> None:
    challenge.indicators.all().delete()
    Indicator.objects.bulk_create(
        Indicator(challenge=challenge, position=position, **row) for position, row in enumerate(indicators, start=1)
    )


def _found(rows, pk: UUID):
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound()
    return row
