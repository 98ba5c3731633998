"""People with an account of whom an organisation declared a tie before are asked like everybody from here on."""

from django.db import migrations

ASK = """
    INSERT INTO portal_tiequestion (id, affiliation_id, person_id, organisation_id, named, hint, asked_at, state, answer, reason, source, source_note)
    SELECT gen_random_uuid(), f.id, o.user_id, w.organisation_id, o.name, o.hint, portal_now(), 'asked', '', '', '', ''
    FROM portal_affiliation f
    JOIN portal_outsider o ON o.id IN (f.holder_outsider_id, f.outsider_id) AND o.user_id <> f.entered_by_id
    CROSS JOIN LATERAL (
        SELECT COALESCE(f.organisation_id, f.holder_organisation_id, (
            SELECT t.organisation_id FROM portal_affiliation t
            WHERE t.holder_outsider_id IN (f.holder_outsider_id, f.outsider_id) AND t.organisation_id IS NOT NULL
            ORDER BY t.entered_at LIMIT 1)) AS organisation_id) w
    WHERE f.source = 'declared' AND f.withdrawn_at IS NULL AND w.organisation_id IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("portal", "0020_declared_ties_are_asked")]

    operations = [migrations.RunSQL(ASK, migrations.RunSQL.noop)]
