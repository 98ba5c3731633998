"""Task books: whose they are, what they say in one fixed spelling, and how they compare with what was promised."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from challenges.models import Indicator
from funding.models import Project, TaskBook, TaskBookSignature
from funding.policy.instalments import last_day, months_later, plan
from funding.policy.promises import falls_short
from funding.queries.projects import promises_of
from funding.queries.projects import visible_to as projects_visible_to
from funding.states import TaskBookState
from portal.kernel.canonical import canonical


@dataclass(frozen=True)
class Compared:
    """One indicator of the board with what the application promised and the task book demands."""

    indicator: Indicator
    promised: Decimal | None
    value: Decimal | None

    @property
    def lower(self) -> bool:
        """Whether the task book demands less than was promised."""
        return self.value is not None and self.promised is not None and falls_short(
            self.indicator.comparator, self.promised, self.value
        )

    @property
    def below_board(self) -> bool:
        """Whether the task book demands less than the board."""
        return self.value is not None and falls_short(self.indicator.comparator, self.indicator.value, self.value)

    @property
    def higher(self) -> bool:
        """Whether the task book demands more than was promised."""
        return self.value is not None and self.promised is not None and self.value != self.promised and not self.lower


def visible_to(user) -> QuerySet[TaskBook]:
    """Task books of the projects this person may know about, as the latest version of each."""
    rows = TaskBook.objects.filter(project__in=projects_visible_to(user).values("pk"))
    return written_out(rows.exclude(state=TaskBookState.DRAFT) if user.is_authenticated and user.seen_by else rows)


def written_out(taskbooks: QuerySet[TaskBook]) -> QuerySet[TaskBook]:
    """Task books with indicators, milestones, instalments and signatures at hand."""
    taskbooks = taskbooks.select_related("project__poster__district", "project__bidder", "project__challenge", "project__round", "created_by")
    return taskbooks.prefetch_related(
        "indicators",
        "milestones__indicator",
        "instalments",
        Prefetch("signatures", TaskBookSignature.objects.select_related("by").order_by("at")),
    )


def live_of(project: Project) -> TaskBook | None:
    """The task book of a project that is not replaced."""
    return written_out(project.taskbooks.exclude(state=TaskBookState.REPLACED)).first()


def due_at(project: Project) -> datetime:
    """The last moment at which the task book of an approved project may be signed, by the rules of its round."""
    return project.approved_at + timedelta(days=project.rules.funding.taskbook_days)


def compared(taskbook: TaskBook) -> list[Compared]:
    """Board, application and task book side by side, in the order of the board."""
    promised = promises_of(taskbook.project)
    values = {line.indicator_id: line.value for line in taskbook.indicators.all()}
    indicators = taskbook.project.challenge.indicators.order_by("position")
    return [Compared(each, promised.get(each.pk), values.get(each.pk)) for each in indicators]


def first_terms(project: Project, on: date) -> Mapping[str, object]:
    """What a new task book begins with: the application's indicators, the bid's milestones, the rules' instalments."""
    ends_on = last_day(on, project.months)
    offered = project.agreement.bid.milestones.order_by("position")
    milestones = [
        {
            "title": each.title,
            "due_on": min(max(on, months_later(on, each.month)), ends_on),
            "deliverable": each.deliverable or each.title,
            "indicator": None,
            "target": None,
        }
        for each in offered
    ]
    shares = project.rules.funding.plan
    amounts = plan(project.award_fen, [share["percent"] for share in shares])
    middle = max(1, len(milestones) - 1)
    return {
        "starts_on": on,
        "ends_on": ends_on,
        "indicators": promises_of(project),
        "milestones": milestones,
        "instalments": [
            {
                "trigger": share["trigger"],
                "milestone_position": middle if share["trigger"] == "milestone" and milestones else None,
                "amount_fen": amount,
            }
            for share, amount in zip(shares, amounts, strict=True)
        ],
    }


def text_of(taskbook: TaskBook) -> bytes:
    """The canonical text that the four parties sign."""
    project = taskbook.project
    indicators: Mapping[UUID, Indicator] = {each.pk: each for each in project.challenge.indicators.all()}
    return canonical(
        {
            "v": 1,
            "taskbook": str(taskbook.pk),
            "version": taskbook.version,
            "project": {"id": str(project.pk), "number": project.number, "title": project.title},
            "lead_person": project.lead_person,
            "poster": {"uscc": project.poster.uscc},
            "bidder": {"uscc": project.bidder.uscc},
            "district": project.poster.district.code,
            "starts_on": taskbook.starts_on.isoformat(),
            "ends_on": taskbook.ends_on.isoformat(),
            "terms": taskbook.terms,
            "total_fen": project.total_fen,
            "own_fen": project.own_fen,
            "award_fen": project.award_fen,
            "indicators": [
                {
                    "name": indicators[line.indicator_id].name,
                    "comparator": indicators[line.indicator_id].comparator,
                    "unit": indicators[line.indicator_id].unit,
                    "test_method": indicators[line.indicator_id].test_method,
                    "value": f"{line.value:f}",
                }
                for line in sorted(taskbook.indicators.all(), key=lambda line: indicators[line.indicator_id].position)
            ],
            "milestones": [
                {
                    "position": each.position,
                    "title": each.title,
                    "due_on": each.due_on.isoformat(),
                    "deliverable": each.deliverable,
                    "indicator": each.indicator.name if each.indicator else None,
                    "target": None if each.target is None else f"{each.target:f}",
                }
                for each in taskbook.milestones.all()
            ],
            "instalments": [
                {
                    "position": each.position,
                    "trigger": each.trigger,
                    "milestone": each.milestone_position,
                    "amount_fen": each.amount_fen,
                }
                for each in taskbook.instalments.all()
            ],
        }
    )
