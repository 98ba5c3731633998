"""Postings move balances; a project's money terms are those of its class."""

from django.db import migrations

POST = """
CREATE FUNCTION funding_post() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE public.funding_account SET balance_fen = balance_fen + NEW.amount_fen WHERE id = NEW.account_id;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION funding_post() FROM PUBLIC;
CREATE TRIGGER funding_post AFTER INSERT ON funding_posting FOR EACH ROW EXECUTE FUNCTION funding_post();

CREATE FUNCTION funding_keep_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 OR (NEW.id, NEW.kind, NEW.owner) IS DISTINCT FROM (OLD.id, OLD.kind, OLD.owner) THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'account_moved_by_postings_only',
            MESSAGE = 'a balance is moved by postings only';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER funding_keep_balance BEFORE UPDATE ON funding_account
    FOR EACH ROW EXECUTE FUNCTION funding_keep_balance();
"""

UNPOST = """
DROP TRIGGER funding_keep_balance ON funding_account; DROP FUNCTION funding_keep_balance();
DROP TRIGGER funding_post ON funding_posting; DROP FUNCTION funding_post();
"""

TERMS = """
ALTER TABLE funding_project ADD CONSTRAINT project_terms_of_its_class
    FOREIGN KEY (rules_id, class_code, cap_fen, most_percent, least_percent)
    REFERENCES challenges_rulesclass (rules_id, code, cap_fen, most_percent, least_percent);
ALTER TABLE funding_round ADD CONSTRAINT round_and_rules UNIQUE (id, rules_id);
ALTER TABLE funding_project ADD CONSTRAINT project_rules_of_its_round
    FOREIGN KEY (round_id, rules_id) REFERENCES funding_round (id, rules_id)
"""

UNTERMS = """
ALTER TABLE funding_project DROP CONSTRAINT project_rules_of_its_round;
ALTER TABLE funding_round DROP CONSTRAINT round_and_rules;
ALTER TABLE funding_project DROP CONSTRAINT project_terms_of_its_class
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0001_initial"), ("challenges", "0002_held_together")]

    operations = [migrations.RunSQL(POST, UNPOST), migrations.RunSQL(TERMS, UNTERMS)]
