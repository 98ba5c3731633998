"""What pages of city money show of the credit of both sides before a step."""

from collections.abc import Iterable
from datetime import datetime

from challenges.models import Rules
from challenges.pages.credit import CreditBefore, credit_before
from funding.models import Project
from portal.clock import china_date
from portal.faces import Check
from portal.kernel.verdict import YES


def credit_of_sides(gate: str, project: Project, reader, now: datetime, *, takes_step: bool = True) -> CreditBefore:
    """The credit of poster and bidder before a step of their project, as its rules ask."""
    return credit_before(gate, project.rules, _sides([project]), on=china_date(now), reader=reader, takes_step=takes_step)


def credit_of_projects(gate: str, projects: Iterable[Project], reader, now: datetime) -> CreditBefore:
    """What is wrong, or soon will be, with the credit of both sides of several projects: one read for each version of the rules."""
    by_rules: dict[Rules, list[Project]] = {}
    for project in projects:
        by_rules.setdefault(project.rules, []).append(project)
    found = [credit_before(gate, rules, _sides(those), on=china_date(now), reader=reader) for rules, those in by_rules.items()]
    checks: list[Check] = [check for each in found for check in each.checks if check.state != "met"]
    return CreditBefore(checks, next((each.verdict for each in found if not each.verdict), YES))


def _sides(projects: Iterable[Project]) -> list:
    return [side for project in projects for side in (project.poster_id, project.bidder_id)]
