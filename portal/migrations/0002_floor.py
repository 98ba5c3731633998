"""The one clock, and the extension that finds Chinese titles."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

PORTAL_NOW = """
CREATE FUNCTION public.portal_now() RETURNS timestamptz LANGUAGE sql VOLATILE
SET search_path = pg_catalog, public AS $$
    SELECT COALESCE((SELECT COALESCE(fixed_at, clock_timestamp() + shift) FROM public.portal_clock), clock_timestamp())
$$
"""


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial")]

    operations = [
        TrigramExtension(),
        migrations.RunSQL(PORTAL_NOW, "DROP FUNCTION public.portal_now()"),
    ]
