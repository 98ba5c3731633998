"""The floor under attack: the switch, the grants, the record, the flow tables."""

import pytest
from django.db import connection

from portal.clock import CLOCK
from portal.database import GRANTS, faults
from portal.models import SealedBatch
from portal.record import record, sequence

pytestmark = pytest.mark.django_db(transaction=True)

APPEND_ONLY = sorted(
    table
    for table, letters in GRANTS.items()
    if letters == "SI" and table.startswith(("portal_", "challenges_", "funding_"))
)


def test_the_triggers_switch_is_closed_for_everybody(attack):
    attack.raw.execute(
        "SELECT set_config('pgtrigger.ignore', '{challenges_challenge:pgtrigger_challenge_flow}', false)"
    )

    assert attack.one("SELECT _pgtrigger_should_ignore('pgtrigger_challenge_flow')") is False
    assert attack("CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN "
                  "LANGUAGE sql AS $$ SELECT true $$") == "denied"  # fmt: skip
    assert faults(connection) == []


def test_no_table_can_be_emptied_altered_or_freed_of_its_triggers(attack):
    for table in GRANTS:
        assert attack(f"TRUNCATE {table} CASCADE") == "denied", table
        assert attack(f"ALTER TABLE {table} DISABLE TRIGGER ALL") == "denied", table
        assert attack(f"DROP TABLE {table}") == "denied", table


def test_append_only_rows_are_refused_even_to_the_owner(attack, owner_connection):
    for table in APPEND_ONLY:
        column = owner_connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s LIMIT 1", [table]
        ).fetchone()[0]
        assert attack(f"UPDATE {table} SET {column} = {column}") == "denied", table
        assert attack(f"DELETE FROM {table}") == "denied", table
        triggers = owner_connection.execute(
            "SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname IN ('append_only', 'no_truncate')",
            [table],
        ).fetchall()
        assert sorted(triggers) == [("append_only", "O"), ("no_truncate", "O")], table


def test_the_owner_too_is_refused_a_change_of_the_record(make, owner_connection):
    record("organisation.noted", make.organisation(), by=CLOCK)

    for statement in (
        "UPDATE portal_event SET body = '{}'",
        "DELETE FROM portal_event",
        "TRUNCATE portal_event CASCADE",
    ):
        with pytest.raises(Exception, match="append-only"), owner_connection.transaction():
            owner_connection.execute(statement)


def test_sealed_events_stand_in_a_batch_and_others_in_an_entry(attack, make):
    organisation = make.organisation()
    sealed, other = (record("bid.noted", organisation, by=CLOCK, sealed=each) for each in (True, False))
    sequence()
    late = record("bid.noted", organisation, by=CLOCK, sealed=True)
    batch = SealedBatch.objects.get()
    values = {"sealed": late.pk, "other": other.pk, "batch": batch.pk, "taken": sealed.sealed_place.place}
    place = "INSERT INTO portal_sealedplace (event_id, batch_id, place) VALUES "
    batches = "INSERT INTO portal_sealedbatch (id, number, seed, more, event_id, at) SELECT gen_random_uuid(), "

    refused = [
        attack("INSERT INTO portal_entry SELECT 999, chain, %(sealed)s FROM portal_entry LIMIT 1", **values),
        attack(f"{place} (%(other)s, %(batch)s, 1 + %(taken)s %% 2)", **values),
        attack(f"{place} (%(sealed)s, %(batch)s, %(taken)s)", **values),
        attack(f"{place} (%(sealed)s, %(batch)s, 65536)", **values),
        attack(f"{batches} 1, seed, more, %(sealed)s, at FROM portal_sealedbatch", **values),
        attack(f"{batches} 0, seed, more, %(other)s, at FROM portal_sealedbatch", **values),
    ]

    assert refused == [
        "entry_of_no_sealed_event", "sealed_place_of_sealed_event", "sealed_place_given_once", "sealed_place_in_the_tree",
        "batch_told_by_open_event", "portal_sealedbatch_number_key",
    ]  # fmt: skip


def test_a_number_of_the_record_is_given_once(attack, make):
    organisation = make.organisation()
    event = record("organisation.noted", organisation, by=CLOCK)
    sequence()
    other = record("organisation.noted", organisation, by=CLOCK)

    assert attack("INSERT INTO portal_entry SELECT 0, chain, %(event)s FROM portal_entry LIMIT 1", event=other.pk) == (
        "portal_entry_pkey"
    )
    assert attack(
        "INSERT INTO portal_entry SELECT 999, chain, %(event)s FROM portal_entry LIMIT 1", event=event.pk
    ) == ("portal_entry_event_id_key")


def test_replica_mode_and_the_clock_are_out_of_reach(attack):
    assert attack("SET session_replication_role = replica") == "denied"
    assert attack("INSERT INTO portal_clock (id, fixed_at) VALUES (1, now())") == "denied"
    assert attack("CREATE OR REPLACE FUNCTION portal_now() RETURNS timestamptz LANGUAGE sql AS $$ SELECT now() $$") == (
        "denied"
    )
    assert (
        attack("INSERT INTO portal_demo (id, size, seeded_at, complete) VALUES (1, 'small', now(), true)") == "denied"
    )


def test_a_superuser_flag_cannot_be_set(attack, make):
    person = make.person()

    assert attack("UPDATE portal_user SET is_superuser = true WHERE id = %(id)s", id=person.pk) == "user_no_superuser"


def test_a_state_is_born_first_and_takes_only_steps_of_the_table(attack, make):
    verified, fresh = make.organisation(), make.organisation(verified=False)

    assert attack("UPDATE portal_organisation SET state = 'registered' WHERE id = %(id)s", id=verified.pk) == (
        "organisation_flow"
    )
    assert (
        attack(
            "INSERT INTO portal_organisation SELECT gen_random_uuid(), '91340100MA9999999X', false, name, kind,"
            " legal_representative, address, 'verified', now(), now(), created_by_id, district_id"
            " FROM portal_organisation WHERE id = %(id)s",
            id=fresh.pk,
        )
        == "organisation_flow"
    )
