"""An agreement does not become void under a project that rests on it."""

from django.db import migrations

CARRY = """
CREATE FUNCTION funding_agreement_carries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'void' AND OLD.state <> 'void' AND EXISTS (
        SELECT 1 FROM funding_project WHERE agreement_id = NEW.id
        AND state NOT IN ('rejected', 'not_funded', 'given_up', 'revoked', 'terminated')) THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'agreement_carries_a_project',
            MESSAGE = 'an agreement does not become void under a project that rests on it';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER funding_agreement_carries BEFORE UPDATE OF state ON challenges_agreement
    FOR EACH ROW EXECUTE FUNCTION funding_agreement_carries();
"""

DROP = "DROP TRIGGER funding_agreement_carries ON challenges_agreement; DROP FUNCTION funding_agreement_carries()"


class Migration(migrations.Migration):
    dependencies = [("funding", "0003_clock_imports_confirmations"), ("challenges", "0005_published_convened_selected")]

    operations = [migrations.RunSQL(CARRY, DROP)]
