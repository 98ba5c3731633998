"""Panels, their seats, and the pool of experts with what speaks against each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from challenges.models import (
    Assignment,
    Bid,
    BidCandidate,
    Candidate,
    CandidateParty,
    Challenge,
    Expert,
    Panel,
    PanelPurpose,
)
from challenges.policy.conflicts import Conflict, Post, conflicts_with
from challenges.queries.subjects import Subject, subject_of
from challenges.states import AssignmentState, BidState, ChallengeState
from portal.kernel.errors import NotFound
from portal.models import Employment, Membership, Role
from portal.permissions import is_draw_clerk, reads_cases
from portal.queries.affiliations import COUNTS, MIGHT_COUNT, firms_tied_to, posts_by_ties
from portal.queries.declared_ties import waiting_at
from portal.queries.people import READERS, holders_of, in_programmes
from portal.show import in_english

KNOW_EXPERTS = (Role.DRAW_CLERK, Role.DIVISION_HEAD, Role.LEADER, Role.DISCIPLINE, Role.AUDITOR)
"""Roles that may know who sits on a panel while it scores; officers handle the case and learn it with the scores."""

CONFLICT_WORDS = {
    "own_team": _("belongs to the team of a candidate"),
    "same_organisation": _("works for an organisation that takes part"),
    "same_organisation_recently": _("worked for an organisation that takes part until lately"),
    "employer_tied": _("works for an organisation that is affiliated with one that takes part"),
}
"""Why an expert cannot be named, in a few words, by the code of the conflict."""


@dataclass(frozen=True)
class PoolExpert:
    """An expert of the pool before one panel: what speaks against naming this person, and a seat held before."""

    expert: Expert
    conflicts: tuple[Conflict, ...]
    seat: Assignment | None

    @property
    def free(self) -> bool:
        """Whether this person may be named."""
        return not self.conflicts and self.seat is None


@dataclass(frozen=True)
class Seat:
    """A seat as one person may see it; who holds it and what they wrote is empty for whoever may not know."""

    id: UUID
    seat: int
    expert_class: str
    state: str
    state_of: Assignment
    invited_at: datetime
    answer_by: datetime
    answered_at: datetime | None
    expert_id: UUID | None = None
    name: str = ""
    employer: str = ""
    title: str = ""
    reason: str = ""


def reads_panels(user) -> bool:
    """Whether a person sees the list of panels at all."""
    return reads_cases(user) or is_draw_clerk(user)


def visible_to(user) -> QuerySet[Panel]:
    """Panels this person may know about; start every page and API read here."""
    panels = Panel.objects.select_related("rules", "rubric", "convened_by", "named_by")
    if reads_panels(user):
        return panels.filter(in_programmes(user, *READERS, Role.DRAW_CLERK, path="rules__programme"))
    return panels.none()


def of_boards(user) -> QuerySet[Panel]:
    """The panels this person may know about that review the bids of a board."""
    return visible_to(user).filter(purpose=PanelPurpose.BID_REVIEW)


def listed(panels: QuerySet[Panel]) -> QuerySet[Panel]:
    """Panels for a list: with the challenge and the counts of seats and candidates, newest first."""
    challenge = BidCandidate.objects.filter(candidate__panel=OuterRef("pk")).values("bid__challenge_id")[:1]
    seats = Assignment.objects.filter(panel=OuterRef("pk")).order_by().values("panel")
    live = seats.filter(state__in=AssignmentState.live()).annotate(n=Count("pk")).values("n")
    accepted = seats.filter(state=AssignmentState.ACCEPTED).annotate(n=Count("pk")).values("n")
    return panels.annotate(
        challenge_id=Subquery(challenge), live_seats=Subquery(live), accepted_seats=Subquery(accepted)
    ).order_by(F("locked_at").desc(nulls_first=True), "due_at", "pk")


def challenge_of(panel: Panel) -> Challenge:
    """The challenge whose bids a panel reviews."""
    bids = BidCandidate.objects.filter(candidate__panel=panel).values("bid__challenge_id")
    return Challenge.objects.select_related("poster", "rules").get(pk__in=bids)


def challenge_id_of(panel_id: UUID) -> UUID | None:
    """The id of the challenge whose bids a panel reviews, None where it reviews something else; NotFound without a panel."""
    found = BidCandidate.objects.filter(candidate__panel_id=panel_id).values_list("bid__challenge_id", flat=True).first()
    if found is None and not Panel.objects.filter(pk=panel_id).exists():
        raise NotFound()
    return found


def challenges_of(panels: Iterable[Panel]) -> dict[UUID, Challenge]:
    """The challenge of each panel of a list, by the panel's id."""
    found = BidCandidate.objects.filter(candidate__panel__in=[panel.pk for panel in panels]).select_related(
        "candidate", "bid__challenge"
    )
    return {link.candidate.panel_id: link.bid.challenge for link in found}


def board_of(panel: Panel) -> Challenge | None:
    """The board whose bids a panel reviews, None where it reviews something else."""
    return challenge_of(panel) if panel.purpose == PanelPurpose.BID_REVIEW else None


def subjects_of(panels: Iterable[Panel]) -> dict[UUID, Subject]:
    """Number and title of what each panel of a list is about, by the panel's id."""
    listed_panels = list(panels)
    boards = challenges_of(listed_panels)
    return {
        panel.pk: Subject(boards[panel.pk].number or "", boards[panel.pk].title) if panel.pk in boards else subject_of(panel)
        for panel in listed_panels
    }


def panel_of(challenge: Challenge) -> Panel | None:
    """The latest panel on a challenge's bids."""
    panels = Panel.objects.filter(candidates__of_bid__bid__challenge=challenge).select_related("rules", "rubric")
    return panels.order_by("-convened_at").first()


def boards_without_panel(user) -> QuerySet[Challenge]:
    """Boards of this person's programmes whose opened bids wait for a panel, with how many are qualified and undecided."""
    scored = BidCandidate.objects.filter(bid__challenge=OuterRef("pk"), candidate__panel__locked_at__isnull=True)
    counts = {
        "qualified": Count("bids", filter=Q(bids__state=BidState.QUALIFIED)),
        "undecided": Count("bids", filter=Q(bids__state=BidState.OPENED)),
    }
    known = in_programmes(user, *READERS, path="rules__programme")
    opened = Challenge.objects.filter(known, ~Exists(scored), state=ChallengeState.OPENED).annotate(**counts)
    return opened.filter(Q(qualified__gt=0) | Q(undecided__gt=0)).select_related("poster").order_by("opened_at", "pk")


def bids_for_a_panel(challenge: Challenge) -> QuerySet[Bid]:
    """The bids a panel would score, and those that are still undecided."""
    bids = challenge.bids.filter(state__in=[BidState.QUALIFIED, BidState.OPENED])
    return bids.select_related("lead", "document").order_by("lead__name", "pk")


def has_unlocked_panel(challenge: Challenge) -> bool:
    """Whether a panel on this challenge's bids still scores."""
    return Panel.objects.filter(candidates__of_bid__bid__challenge=challenge, locked_at__isnull=True).exists()


def candidates_of(panel: Panel) -> QuerySet[Candidate]:
    """A panel's candidates with their bids, in the order of their labels."""
    return panel.candidates.select_related("of_bid__bid__lead", "of_bid__bid__document").order_by("label")


def experts_known_to(user) -> QuerySet[Panel]:
    """The panels this person may know about, and whose experts too: by their role, or because the scores are locked."""
    by_role = in_programmes(user, *KNOW_EXPERTS, path="rules__programme")
    locked = Q(locked_at__isnull=False) & in_programmes(user, *READERS, path="rules__programme")
    return visible_to(user).filter(by_role | locked)


def seats_of(panel: Panel, user) -> list[Seat]:
    """Every seat of a panel in the order of the seats, with its expert where this person may know who that is."""
    known = experts_known_to(user).filter(pk=panel.pk).exists()
    seats = panel.assignments.order_by("seat")
    return [_seat(each, known) for each in (seats.select_related("expert__user", "expert__employer") if known else seats)]


def vacancies_of(panel: Panel) -> int:
    """How many seats of a panel are not taken."""
    return panel.size - panel.assignments.filter(state__in=AssignmentState.live()).count()


def parties_of(panel: Panel) -> tuple[frozenset[str], frozenset[str]]:
    """The organisations and people behind all candidates of a panel, as frozen when it was convened."""
    parties = CandidateParty.objects.filter(candidate__panel=panel).values_list("organisation_id", "user_id")
    organisations = frozenset(str(organisation) for organisation, _person in parties if organisation)
    return organisations, frozenset(str(person) for _organisation, person in parties if person)


def experts_who_serve() -> QuerySet[Expert]:
    """Experts who are in the pool, may sign in, and hold the role today."""
    held = holders_of(Role.EXPERT)
    return Expert.objects.filter(in_pool=True, user_id__in=held).select_related("user", "employer")


def pool_for(panel: Panel, *, on: date, only: Iterable[UUID] | None = None, that: Exists = COUNTS) -> list[PoolExpert]:
    """The pool before one panel, by class and name; ``only`` narrows it to these people.

    Conflicts are found from employer, memberships and ties against all parties of all candidates; ``that``
    says which ties matter: those that count, or also those that might.
    """
    experts = experts_who_serve().prefetch_related(
        Prefetch("user__memberships", queryset=Membership.objects.order_by("pk")),
        Prefetch("user__employments", queryset=Employment.objects.filter(withdrawn_at__isnull=True).order_by("pk")),
    )
    if only is not None:
        experts = experts.filter(pk__in=list(only))
    organisations, people = parties_of(panel)
    ties = posts_by_ties(experts.values_list("pk", flat=True), that=that)
    tied = _tied(organisations, panel, on, that)
    seats = {seat.expert_id: seat for seat in panel.assignments.all()}
    years = panel.rules.conflict_years
    return [
        PoolExpert(
            expert,
            tuple(
                conflicts_with(
                    person=str(expert.pk),
                    posts=[*_posts(expert), *(Post(str(firm), since, until) for firm, since, until in ties.get(expert.pk, ()))],
                    tied=tied,
                    parties=organisations,
                    people=people,
                    on=on,
                    window_years=years,
                )
            ),
            seats.get(expert.pk),
        )
        for expert in experts.order_by("expert_class", "user__name", "pk")
    ]


def conflicts_of(seat: Assignment, *, on: date) -> tuple[Conflict, ...]:
    """What speaks today against the expert of a seat, who may have entered an employment since being named."""
    found = pool_for(seat.panel, on=on, only=[seat.expert_id])
    return found[0].conflicts if found else ()


def waiting_ties_of(panel: Panel) -> int:
    """How many declared ties of the organisations behind a panel's candidates wait, whoever they name."""
    organisations, _people = parties_of(panel)
    return waiting_at(map(UUID, organisations)).count()


def draw_waits_for(panel: Panel, *, on: date) -> int:
    """How many declared ties are to be settled before experts are named: none where no one who could be named is concerned."""
    count = waiting_ties_of(panel)
    if not count:
        return 0
    free = {person.expert.pk for person in pool_for(panel, on=on) if person.free}
    concerned = any(person.conflicts for person in pool_for(panel, on=on, only=free, that=MIGHT_COUNT))
    return count if concerned else 0


def seats_in_conflict(panel: Panel, *, on: date) -> list[PoolExpert]:
    """The experts who hold a seat of a panel and are in conflict today."""
    held = panel.assignments.filter(state__in=AssignmentState.live()).values_list("expert_id", flat=True)
    return [person for person in pool_for(panel, on=on, only=held) if person.conflicts]


def _tied(organisations: Iterable[str], panel: Panel, on: date, that: Exists) -> dict[str, set[str]]:
    """For each organisation that is tied to a party: which parties, under the panel's rules."""
    found = firms_tied_to(map(UUID, organisations), on, flag_percent=panel.rules.share_flag_percent, that=that)
    return {str(firm): {str(party) for party in parties} for firm, parties in found.items()}


def wanted(person: PoolExpert, chosen: Mapping[str, str]) -> bool:
    """Whether an expert fits what is looked for: class, field, and words of the name or employer."""
    expert, words = person.expert, chosen["q"].strip().lower()
    return (
        (not chosen["class"] or expert.expert_class == chosen["class"])
        and (not chosen["field"] or chosen["field"] in expert.fields)
        and (not words or words in expert.user.name.lower() or words in expert.employer.name.lower())
    )


def class_names(panel: Panel) -> dict[str, str]:
    """The classes of experts by the panel's rules, code to name in the reader's language."""
    return _names(panel.rules.expert_classes)


def field_names(panel: Panel) -> dict[str, str]:
    """The fields of technology by the panel's rules, code to name in the reader's language."""
    return _names(panel.rules.fields)


def names_of_parties(panel: Panel) -> dict[str, list[str]]:
    """The names of the organisations behind each candidate, the lead first, by its label."""
    links = BidCandidate.objects.filter(candidate__panel=panel).select_related("candidate", "bid__lead")
    names: dict[str, list[str]] = {}
    for link in links.prefetch_related("bid__parties").order_by("candidate__label"):
        others = sorted(party.name for party in link.bid.parties.all() if not party.lead)
        names[link.candidate.label] = [link.bid.lead.name, *others]
    if names:
        return names
    parties = CandidateParty.objects.filter(candidate__panel=panel, organisation__isnull=False)
    for party in parties.select_related("candidate", "organisation").order_by("candidate__label", "organisation__name"):
        names.setdefault(party.candidate.label, []).append(party.organisation.name)
    return names


def _seat(held: Assignment, known: bool) -> Seat:
    shown = {name: getattr(held, name) for name in ("id", "seat", "expert_class", "state", "invited_at", "answer_by", "answered_at")}
    chip = Assignment(state=held.state)  # for its word and colour; the row itself leads on to the expert
    if not known:
        return Seat(**shown, state_of=chip)
    expert = held.expert
    names = {"name": expert.user.name, "employer": expert.employer.name, "title": expert.title}
    return Seat(**shown, state_of=chip, expert_id=expert.pk, **names, reason=held.reason)


def _posts(expert: Expert) -> list[Post]:
    posts = [Post(str(expert.employer_id))]
    return posts + [
        Post(str(place.organisation_id), place.starts_on, place.ends_on) for place in expert.user.memberships.all()
    ] + [
        Post(str(work.organisation_id), work.from_on, work.until_on) for work in expert.user.employments.all() if work.organisation_id
    ]


def _names(rows: Iterable[Mapping[str, str]]) -> dict[str, str]:
    key = "name_en" if in_english() else "name"
    return {row["code"]: row[key] for row in rows}
