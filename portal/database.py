"""What the web role may do with each table, and the other rules laid down after every migration.

The owner of the tables migrates; web and workers sign in as the web role, which owns nothing.
``lay_down`` runs as the last step of every ``migrate``. A table without a line here fails it.
"""

from collections.abc import Iterator

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper

GRANTS = {
    # table: S select, I insert, U update, D delete; without U and D it is append-only
    "django_migrations": "S",
    "django_content_type": "S",
    "auth_permission": "S",
    "auth_group": "S",
    "auth_group_permissions": "S",
    "django_session": "SIUD",
    "account_emailaddress": "SIUD",
    "account_emailconfirmation": "SD",
    "mfa_authenticator": "SIUD",
    "usersessions_usersession": "SIUD",
    "socialaccount_socialapp": "S",
    "socialaccount_socialaccount": "SIUD",
    "socialaccount_socialtoken": "SD",
    "portal_user": "SIU",
    "portal_grant": "SIU",
    "portal_apitoken": "SIU",
    "portal_grantproposal": "SIU",
    "portal_delegation": "SIU",
    "portal_supportview": "SIU",
    "portal_district": "SI",
    "portal_organisation": "SIU",
    "portal_organisationfact": "SI",
    "portal_organisationalias": "SIU",
    "portal_organisationremark": "SIU",
    "portal_organisationchange": "SIU",
    "portal_organisationmerge": "SIU",
    "portal_joinrequest": "SI",
    "portal_membership": "SIU",
    "portal_storedfile": "SI",
    "portal_invitation": "SIU",
    "portal_handover": "SI",
    "portal_replacement": "SIU",
    "portal_accountmerge": "SIU",
    "portal_movedpower": "SI",
    "portal_dutytaken": "SI",
    "portal_caseparty": "SI",
    "portal_creditsite": "SIU",
    "portal_creditcheck": "SI",
    "portal_creditruling": "SI",
    "portal_dishonesty": "SIU",
    "portal_outsider": "SI",
    "portal_affiliation": "SIU",
    "portal_tiequestion": "SIU",
    "portal_employment": "SIU",
    "portal_employmentdeclaration": "SI",
    "portal_event": "SI",
    "portal_eventtext": "SID",
    "portal_entry": "SI",
    "portal_sealedbatch": "SI",
    "portal_sealedplace": "SI",
    "portal_treenode": "SI",
    "portal_checkpoint": "SI",
    "portal_message": "SIUD",
    "portal_delivery": "SIUD",
    "portal_outboxjob": "SIU",
    "portal_idempotentanswer": "SIUD",
    "portal_dispatch": "SIU",
    "portal_secondfactorreset": "SIU",
    "portal_securityevent": "SID",
    "portal_setting": "SI",
    "portal_settingdecision": "SI",
    "portal_legaltext": "SI",
    "portal_legaltextdecision": "SI",
    "portal_acceptance": "SI",
    "portal_accesstopersonaldata": "SI",
    "portal_dataexport": "SIU",
    "portal_erasure": "SIU",
    "portal_textdestruction": "SIU",
    "portal_filedestruction": "SI",
    "portal_retentionrun": "SI",
    "portal_clock": "S",
    "portal_demo": "S",
    "challenges_programme": "SI",
    "challenges_rules": "SI",
    "challenges_rulesclass": "SI",
    "challenges_call": "SI",
    "challenges_rubric": "SI",
    "challenges_criterion": "SI",
    "challenges_numberseries": "SIU",
    "challenges_challenge": "SIU",
    "challenges_indicator": "SIUD",
    "challenges_challengefile": "SID",
    "challenges_vetting": "SI",
    "challenges_publicnotice": "SIU",
    "challenges_bid": "SIU",
    "challenges_biddraft": "SIUD",
    "challenges_draftfile": "SID",
    "challenges_box": "SIU",
    "challenges_seal": "SI",
    "challenges_receipt": "SI",
    "challenges_keyuse": "SI",
    "challenges_biddocument": "SIU",
    "challenges_bidoffer": "SI",
    "challenges_bidmilestone": "SI",
    "challenges_bidparty": "SI",
    "challenges_bidfile": "SI",
    "challenges_qualification": "SI",
    "challenges_selection": "SI",
    "challenges_expert": "SIU",
    "challenges_panel": "SIU",
    "challenges_candidate": "SI",
    "challenges_bidcandidate": "SI",
    "challenges_candidateparty": "SI",
    "challenges_assignment": "SIU",
    "challenges_sheet": "SIU",
    "challenges_sheetpoint": "SIUD",
    "challenges_score": "SI",
    "challenges_agreement": "SIU",
    "challenges_agreementpayment": "SIUD",
    "challenges_agreementshare": "SIUD",
    "challenges_signature": "SI",
    "challenges_objection": "SIU",
    "challenges_affiliationfinding": "SI",
    "funding_fundingrules": "SI",
    "funding_appropriation": "SI",
    "funding_round": "SI",
    "funding_decision": "SIU",
    "funding_decisionitem": "SI",
    "funding_project": "SIU",
    "funding_projectcost": "SIUD",
    "funding_projectindicator": "SIUD",
    "funding_projectvetting": "SI",
    "funding_projectcandidate": "SI",
    "funding_noticeproject": "SI",
    "funding_account": "SI",
    "funding_ledgerentry": "SI",
    "funding_posting": "SI",
    "funding_taskbook": "SIU",
    "funding_taskindicator": "SIUD",
    "funding_taskmilestone": "SIUD",
    "funding_taskinstalment": "SIUD",
    "funding_taskbooksignature": "SI",
    "funding_milestone": "SIU",
    "funding_milestonereport": "SI",
    "funding_milestoneevidence": "SI",
    "funding_milestonedecision": "SI",
    "funding_instalment": "SIU",
    "funding_receipt": "SI",
    "funding_claim": "SI",
    "funding_bankaccount": "SIU",
    "funding_payment": "SIU",
    "funding_approval": "SI",
    "funding_paymentlist": "SI",
    "funding_paymentlistline": "SI",
    "funding_confirmationfile": "SI",
    "funding_confirmation": "SI",
}

GUARDED_OTHERWISE = {
    # table: what its own triggers or the owner's commands take care of
    "portal_clock": "UD",
    "portal_demo": "UD",
    "funding_account": "U",
}

PRIVILEGES = {"S": "SELECT", "I": "INSERT", "U": "UPDATE", "D": "DELETE"}

REFUSE = """
CREATE OR REPLACE FUNCTION portal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = TG_TABLE_NAME || '_append_only',
        MESSAGE = TG_TABLE_NAME || ' is append-only: ' || lower(TG_OP) || ' is refused';
END $$
"""

CLOSE_SWITCH = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME)
RETURNS BOOLEAN LANGUAGE sql IMMUTABLE AS $$ SELECT false $$
"""

SWITCH_IS_CLOSED = """
SELECT prosrc = ' SELECT false ' FROM pg_proc
WHERE proname = '_pgtrigger_should_ignore' AND pronamespace = 'public'::regnamespace
"""


def lay_down(connection: BaseDatabaseWrapper, web_role: str) -> None:
    """Grant per table, refuse changes of append-only rows, and close pgtrigger's switch.

    Runs as the owner. Raises ImproperlyConfigured when a table has no line in GRANTS, when a line
    has no table, or when the web role is the owner itself.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone()[0] == web_role:
            raise ImproperlyConfigured("DATABASE_URL and DATABASE_OWNER_URL must name two different roles.")
        tables = set(connection.introspection.table_names(cursor))
        if tables != set(GRANTS):
            raise ImproperlyConfigured(
                f"portal/database.py: tables without a line {sorted(tables - set(GRANTS))}, "
                f"lines without a table {sorted(set(GRANTS) - tables)}."
            )
        for statement in statements(connection.ops.quote_name(web_role)):
            cursor.execute(statement)


def statements(role: str) -> Iterator[str]:
    """Every statement that lays the rules down for the web role (already quoted)."""
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}, PUBLIC"
    yield f"REVOKE CREATE ON SCHEMA public FROM {role}, PUBLIC"
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}"
    yield REFUSE
    yield CLOSE_SWITCH
    for table, letters in GRANTS.items():
        yield f"GRANT {', '.join(PRIVILEGES[letter] for letter in letters)} ON {table} TO {role}"
        if table.startswith(("portal_", "challenges_", "funding_")):
            yield from guards(table, letters)


def guards(table: str, letters: str) -> Iterator[str]:
    """The triggers that refuse what a table's letters do not name, whoever asks; TRUNCATE always."""
    left = letters + GUARDED_OTHERWISE.get(table, "")
    refused = [PRIVILEGES[letter] for letter in "UD" if letter not in left]
    yield f"DROP TRIGGER IF EXISTS append_only ON {table}"
    yield f"DROP TRIGGER IF EXISTS no_truncate ON {table}"
    if refused:
        yield (
            f"CREATE TRIGGER append_only BEFORE {' OR '.join(refused)} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION portal_refuse()"
        )
    yield f"CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION portal_refuse()"


def faults(connection: BaseDatabaseWrapper) -> list[str]:
    """What is wrong with the database for serving: each a sentence; none is well.

    Looked at by the start-up check, ``/readyz`` and ``check_invariants``.
    """
    found = []
    with connection.cursor() as cursor:
        cursor.execute(SWITCH_IS_CLOSED)
        if (cursor.fetchone() or (False,))[0] is not True:
            found.append("pgtrigger's switch is open: run migrate.")
        cursor.execute("SELECT cardinality(show_trgm('研发')) > 0")
        if not cursor.fetchone()[0]:
            found.append("The database does not know Chinese letters: create it with the C.UTF-8 ctype.")
        cursor.execute("SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()")
        if cursor.fetchone()[0] != "UTF8":
            found.append("The database is not in UTF-8.")
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
        if cursor.fetchone()[0]:
            found.append("This login owns tables: give DATABASE_URL the web role.")
    return found
