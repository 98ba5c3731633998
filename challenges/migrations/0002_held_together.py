"""What spans two tables: a challenge's money terms are those of its class, a call's rules are its own."""

from django.db import migrations

TERMS = """
ALTER TABLE challenges_challenge ADD CONSTRAINT challenge_terms_of_its_class
    FOREIGN KEY (rules_id, class_code, cap_fen, most_percent, least_percent)
    REFERENCES challenges_rulesclass (rules_id, code, cap_fen, most_percent, least_percent)
"""

CALL = """
ALTER TABLE challenges_call ADD CONSTRAINT call_and_rules UNIQUE (id, rules_id);
ALTER TABLE challenges_challenge ADD CONSTRAINT challenge_rules_of_its_call
    FOREIGN KEY (call_id, rules_id) REFERENCES challenges_call (id, rules_id)
"""

TITLES = "CREATE INDEX challenge_title_trgm ON challenges_challenge USING gin (title gin_trgm_ops)"


class Migration(migrations.Migration):
    dependencies = [("challenges", "0001_initial"), ("portal", "0002_floor")]

    operations = [
        migrations.RunSQL(TERMS, "ALTER TABLE challenges_challenge DROP CONSTRAINT challenge_terms_of_its_class"),
        migrations.RunSQL(
            CALL,
            "ALTER TABLE challenges_challenge DROP CONSTRAINT challenge_rules_of_its_call;"
            "ALTER TABLE challenges_call DROP CONSTRAINT call_and_rules",
        ),
        migrations.RunSQL(TITLES, "DROP INDEX challenge_title_trgm"),
    ]
