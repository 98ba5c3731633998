"""Whether an organisation is entered already: by its code, and likely by its name."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from portal.models import Organisation

LEAST, SHOWN = 0.42, 6
"""How alike two names are (0 to 1, by shared runs of three letters) before one is shown, and how many are shown."""

ALIKE = """
WITH sought AS (SELECT portal_name_key(%(name)s) AS key, %(code)s::text AS code),
found AS (
    SELECT o.id, CASE WHEN o.uscc = s.code THEN 3 WHEN substr(o.uscc, 9, 9) = substr(s.code, 9, 9) AND length(s.code) = 18 THEN 2
                 ELSE 0 END AS by_code,
        CASE WHEN s.key = '' THEN 0 ELSE similarity(o.name_key, s.key) END AS likeness,
        length(s.key) >= 4 AND length(o.name_key) >= 4
            AND (strpos(o.name_key, s.key) > 0 OR strpos(s.key, o.name_key) > 0) AS contained,
        NULL AS alias
    FROM portal_organisation o, sought s
    WHERE o.uscc = s.code OR substr(o.uscc, 9, 9) = substr(s.code, 9, 9) OR o.name_key %% s.key
        OR (length(s.key) >= 4 AND o.name_key LIKE '%%' || s.key || '%%')
        OR (length(o.name_key) >= 4 AND strpos(s.key, o.name_key) > 0)
    UNION ALL
    SELECT a.organisation_id, 0, similarity(a.name_key, s.key),
        length(s.key) >= 2 AND a.name_key = s.key, a.name
    FROM portal_organisationalias a, sought s
    WHERE a.removed_at IS NULL AND s.key <> '' AND (a.name_key %% s.key OR a.name_key = s.key)
)
SELECT id, max(by_code), max(likeness), bool_or(contained), max(alias) FILTER (WHERE contained OR likeness >= %(least)s)
FROM found WHERE by_code > 0 OR likeness >= %(least)s OR contained
GROUP BY id ORDER BY 2 DESC, bool_or(contained) DESC, 3 DESC, id LIMIT %(shown)s
"""


@dataclass(frozen=True)
class Alike:
    """An organisation that may be the same: why it is shown, and under which other name it was found."""

    organisation: Organisation
    same_code: bool = False
    same_body: bool = False
    alias: str = ""


def alike(*, name: str, uscc: str = "", but: Iterable[UUID] = ()) -> list[Alike]:
    """Organisations that may be the one which somebody is about to enter, the likeliest first.

    By the whole code, by the organisation's own part of it (characters 9 to 17, which a change of
    registration office leaves), and by name: without spaces, brackets, width and legal form,
    present, former and short names, one within the other, or alike. Advice only: a name never blocks.
    """
    code = uscc.strip().upper()
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, {"name": name, "code": code, "least": LEAST, "shown": SHOWN})
        rows = cursor.fetchall()
    left_out = set(but)
    organisations = Organisation.objects.select_related("district").in_bulk([row[0] for row in rows])
    return [
        Alike(organisations[pk], same_code=by_code == 3, same_body=by_code == 2, alias=alias or "")
        for pk, by_code, _likeness, _contained, alias in rows
        if pk not in left_out
    ]
