"""The condition under which the database refuses an expert: belonging, or being tied, to a party of a candidate."""

from portal.guards import raising
from portal.models.tie_question import COUNTS, MIGHT_COUNT

__all__ = ["COUNTS", "MIGHT_COUNT", "NO_CONFLICT", "conflict"]

TODAY = "(portal_now() AT TIME ZONE 'Asia/Shanghai')::date"
EMPLOYERS = f"""
                    SELECT e.employer_id FROM challenges_expert e WHERE e.user_id = a.expert_id
                    UNION SELECT m.organisation_id FROM portal_membership m WHERE m.user_id = a.expert_id
                        AND (m.ends_on IS NULL OR m.ends_on >= {TODAY})
                    UNION SELECT w.organisation_id FROM portal_employment w WHERE w.user_id = a.expert_id
                        AND w.organisation_id IS NOT NULL AND w.withdrawn_at IS NULL AND w.from_on <= {TODAY}
                        AND (w.until_on IS NULL OR w.until_on >= {TODAY})"""
"""Where an expert works today."""
EMPLOYER_TIED = f"""
            OR EXISTS (SELECT 1 FROM portal_affiliation f WHERE f.withdrawn_at IS NULL AND f.from_on <= {TODAY}
                AND (f.until_on IS NULL OR f.until_on >= {TODAY})
                AND (f.kind IN ('control', 'common_controller', 'branch') OR (f.kind = 'share' AND f.percent >= flag))
                AND ((f.organisation_id = y.organisation_id AND f.holder_organisation_id IN ({EMPLOYERS}))
                    OR (f.holder_organisation_id = y.organisation_id AND f.organisation_id IN ({EMPLOYERS}))))
            OR EXISTS (SELECT 1 FROM portal_affiliation f JOIN portal_affiliation g
                ON g.holder_outsider_id = f.holder_outsider_id OR g.holder_organisation_id = f.holder_organisation_id
                WHERE f.organisation_id = y.organisation_id AND g.organisation_id IN ({EMPLOYERS})
                AND f.kind IN ('control', 'officer') AND g.kind IN ('control', 'officer')
                AND {{f_counts}} AND {{g_counts}}
                AND f.withdrawn_at IS NULL AND f.from_on <= {TODAY} AND (f.until_on IS NULL OR f.until_on >= {TODAY})
                AND g.withdrawn_at IS NULL AND g.from_on <= {TODAY} AND (g.until_on IS NULL OR g.until_on >= {TODAY}))"""
"""Whether the organisation where an expert works is tied to the party: by share, control, branch, or a shared officer."""

CONFLICT = """
    SELECT p.conflict_years, p.share_flag_percent INTO years, flag FROM challenges_panel n JOIN challenges_rules p ON p.id = n.rules_id
        WHERE n.id = {panel};
    IF EXISTS (
        SELECT 1 FROM challenges_candidateparty y
        JOIN challenges_candidate k ON k.id = y.candidate_id
        JOIN challenges_assignment a ON a.panel_id = k.panel_id AND a.state IN ('invited', 'accepted')
        WHERE {pairs} AND (
            y.user_id = a.expert_id
            OR EXISTS (SELECT 1 FROM challenges_expert e WHERE e.user_id = a.expert_id AND e.employer_id = y.organisation_id)
            OR EXISTS (SELECT 1 FROM portal_membership m WHERE m.user_id = a.expert_id
                AND m.organisation_id = y.organisation_id
                AND (m.ends_on IS NULL OR m.ends_on >= (portal_now() AT TIME ZONE 'Asia/Shanghai' - make_interval(years => years))::date))
            OR EXISTS (SELECT 1 FROM portal_employment w WHERE w.user_id = a.expert_id
                AND w.organisation_id = y.organisation_id AND w.withdrawn_at IS NULL
                AND (w.until_on IS NULL OR w.until_on >= (portal_now() AT TIME ZONE 'Asia/Shanghai' - make_interval(years => years))::date))
            OR EXISTS (SELECT 1 FROM portal_affiliation f WHERE f.organisation_id = y.organisation_id AND f.withdrawn_at IS NULL
                AND f.from_on <= (portal_now() AT TIME ZONE 'Asia/Shanghai')::date
                AND (f.until_on IS NULL OR f.until_on >= (portal_now() AT TIME ZONE 'Asia/Shanghai' - make_interval(years => years))::date)
                AND {f_counts}
                AND f.holder_outsider_id IN (
                    SELECT o.id FROM portal_outsider o WHERE o.user_id = a.expert_id
                    UNION SELECT CASE WHEN r.holder_outsider_id = o.id THEN r.outsider_id ELSE r.holder_outsider_id END
                        FROM portal_affiliation r JOIN portal_outsider o ON o.id IN (r.holder_outsider_id, r.outsider_id)
                        WHERE o.user_id = a.expert_id AND r.kind = 'kin' AND r.withdrawn_at IS NULL AND {r_counts}))
            {employer_tied})
    ) THEN {refuse} END IF;
"""


def conflict(panel: str, pairs: str, refuse: str, counts: str = COUNTS) -> str:
    """PL/pgSQL that refuses where an expert of these pairs of seat and party is in conflict; ``counts`` says which ties matter."""
    ties = {f"{row}_counts": counts.format(row=row) for row in "fgr"}
    return CONFLICT.format(panel=panel, pairs=pairs, refuse=refuse, employer_tied=EMPLOYER_TIED.format(**ties), **ties)


NO_CONFLICT = raising("assignment_without_conflict", "an expert does not score a party of the same organisation")
