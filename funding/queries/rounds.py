"""Rounds and appropriations: what is there, and how much of an appropriation is left."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from challenges.models import Agreement, NoticeKind, Objection, PublicNotice, Rules
from challenges.states import AgreementState, ObjectionState
from funding.models import Account, AccountKind, Appropriation, Project, Round
from funding.queries.projects import OVER, sees_appropriations
from funding.queries.reach import FINANCE
from funding.states import ProjectState
from portal.clock import china_date
from portal.queries.people import READERS, in_programmes, powers_of


def visible_to(user) -> QuerySet[Round]:
    """Rounds this person may know about: everybody who is signed in, since anybody signed may apply."""
    rounds = Round.objects.select_related("rules__programme", "rules__funding", "appropriation")
    return rounds if user.is_authenticated else rounds.none()


def listed(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """Rounds for a list, the latest first, with the number of applications handed in."""
    return rounds.annotate(applications=Count("projects__submitted_at")).order_by("-opens_at", "pk")


def appropriations_visible_to(user) -> QuerySet[Appropriation]:
    """Appropriations, for finance and the bureau; who serves some programmes leaves out those that only others draw on."""
    rows = Appropriation.objects.select_related("recorded_by").order_by("-budget_year", "document_number")
    if not sees_appropriations(user):
        return rows.none()
    drawing = Round.objects.filter(appropriation=OuterRef("pk"))
    own = drawing.filter(in_programmes(user, *FINANCE, *READERS, path="rules__programme"))
    return rows.filter(Exists(own) | ~Exists(drawing))


def left_of(appropriation_id: UUID) -> int:
    """What an appropriation has left by the ledger, in fen."""
    account = Account.objects.filter(kind=AccountKind.APPROPRIATION, owner=appropriation_id).first()
    return account.balance_fen if account else 0


def lefts_of(appropriations: Iterable[Appropriation]) -> dict[UUID, int]:
    """What each appropriation of a list has left, in fen."""
    owners = [appropriation.pk for appropriation in appropriations]
    return dict(
        Account.objects.filter(kind=AccountKind.APPROPRIATION, owner__in=owners).values_list("owner", "balance_fen")
    )


def pending_in(opened: Round) -> int:
    """What this round has proposed and not yet decided, in fen."""
    states = [ProjectState.PROPOSED, ProjectState.IN_NOTICE]
    return Project.objects.filter(round=opened, state__in=states).aggregate(fen=Sum("proposed_fen"))["fen"] or 0


def notice_of(project: Project) -> PublicNotice | None:
    """The latest public notice that lists a project."""
    return PublicNotice.objects.filter(projects__project=project).order_by("-published_at").first()


def notices_of(projects: Iterable[Project]) -> dict[UUID, PublicNotice]:
    """The latest public notice of each of these projects."""
    notices = PublicNotice.objects.filter(kind=NoticeKind.AWARD, projects__project__in=list(projects))
    found: dict[UUID, PublicNotice] = {}
    for notice in notices.prefetch_related("projects").order_by("published_at").distinct():
        found |= {line.project_id: notice for line in notice.projects.all()}
    return found


def held_items(items: Iterable[UUID]) -> dict[UUID, str]:
    """The items that an objection holds, with the state of that objection: open, or upheld."""
    states = [*ObjectionState.open(), ObjectionState.UPHELD]
    found = Objection.objects.filter(item__in=list(items), state__in=states).order_by("filed_at")
    return dict(found.values_list("item", "state"))


def due_award_notices(now) -> QuerySet[PublicNotice]:
    """Notices of awards whose last day is over and that nobody has ended yet."""
    return PublicNotice.objects.filter(kind=NoticeKind.AWARD, ended_at__isnull=True, ends_at__lte=now)


def open_now(now) -> QuerySet[Round]:
    """Rounds that take applications now."""
    return Round.objects.filter(opens_at__lte=now, closes_at__gte=now).select_related("rules").order_by("closes_at", "pk")


def rules_to_choose(now) -> list[Rules]:
    """The versions of the rules that a round may bind today, the latest first."""
    rows = Rules.objects.filter(valid_from__lte=china_date(now)).select_related("programme")
    return list(rows.order_by("programme", "-version"))


def agreements_to_apply_with(user) -> list[Agreement]:
    """Signed agreements of a person's organisations on which no application lives."""
    live = Project.objects.filter(agreement=OuterRef("pk")).exclude(state__in=OVER)
    rows = Agreement.objects.filter(
        ~Exists(live), state__in=[AgreementState.SIGNED, AgreementState.REGISTERED], bid__challenge__poster__in=powers_of(user).edits
    )
    return list(rows.select_related("bid__challenge", "bid__lead").order_by("-signed_at"))
