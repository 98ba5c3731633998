"""Merges under attack: no sealed or hashed row moves, and nobody gets an office or a signature by one."""

from uuid import uuid4

import pytest
from django.db import connection

from portal.duties import Duty, Scope
from portal.models import CaseParty
from tests.attacks.test_duties import take

pytestmark = pytest.mark.django_db(transaction=True)
HASHED = (
    "challenges_bid", "challenges_bidparty", "challenges_seal", "challenges_box", "challenges_candidate",
    "challenges_candidateparty", "challenges_agreement", "challenges_signature", "portal_caseparty", "portal_membership",
)  # fmt: skip
SIGN = (
    "INSERT INTO challenges_signature (id, agreement_id, side, digest, by_id, at)"
    " SELECT %(new)s, id, 'bidder', digest, %(by)s, portal_now() FROM challenges_agreement WHERE id = %(agreement)s"
)


def digests() -> dict[str, str]:
    """One hash over every row of each table that is sealed, signed, or hashed into something that is."""
    found = {}
    with connection.cursor() as cursor:
        for table in HASHED:
            cursor.execute(f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t")
            found[table] = cursor.fetchone()[0]
    return found


def events() -> dict:
    """The leaf of every event there is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, leaf FROM portal_event")
        return {pk: bytes(leaf) for pk, leaf in cursor.fetchall()}


def test_no_sealed_or_hashed_row_moves_by_a_merge_or_by_taking_it_back(make, clock):
    agreement = make.agreement_to_sign(clock)
    sealed = make.sealed_bid(make.board(), lead=agreement.bid.lead)
    into = make.organisation("乙集团")
    merge = make.proposed_merge(sealed.lead, into)
    make.officer()
    before, leaves = digests(), events()

    from_two = make.merge(agreement.bid.challenge.poster, into)
    merged = digests()
    make.unmerge(from_two)

    assert merge.absorbed_id == sealed.lead_id
    assert None not in {before[table] for table in ("challenges_seal", "challenges_agreement", "challenges_bid")}
    assert merged == digests() == before
    assert {pk: leaf for pk, leaf in events().items() if pk in leaves} == leaves


def test_who_is_of_a_merged_party_takes_no_office_while_the_merge_holds(attack, make):
    absorbed, into, place = make.organisation(), make.organisation(), uuid4()
    member = make.administrator(into)
    CaseParty.objects.create(scope=Scope.CASE, place=place, organisation=absorbed)
    merge = make.merge(absorbed, into)

    refused = take(attack, Duty.HANDLES_CASE, Scope.CASE, place, member)
    make.unmerge(merge)

    assert refused == "duty_acts_for_a_party_apart_from_handles_case"
    assert take(attack, Duty.HANDLES_CASE, Scope.CASE, place, member) == ""


def test_only_an_administrator_of_who_took_the_side_in_signs_for_it(attack, make, clock):
    agreement = make.agreement_to_sign(clock)
    lead, into = agreement.bid.lead, make.organisation()
    administrator, viewer = make.administrator(into), make.member(into, "viewer")
    sign = {"agreement": agreement.pk}

    before = attack(SIGN, new=uuid4(), by=administrator.pk, **sign)
    merge = make.merge(lead, into)
    viewed = attack(SIGN, new=uuid4(), by=viewer.pk, **sign)
    make.unmerge(merge)
    after = attack(SIGN, new=uuid4(), by=administrator.pk, **sign)
    make.merge(lead, into)

    assert {before, viewed, after} == {"signature_by_a_side"}
    assert attack(SIGN, new=uuid4(), by=administrator.pk, **sign) == ""
