"""Ties between organisations and people, found in both directions and through one that both share."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.models import (
    Affiliation,
    Employment,
    Membership,
    Organisation,
    Outsider,
    Post,
    Role,
    Tie,
    TieQuestion,
    TieQuestionState,
    User,
)
from portal.queries.people import holders_of, powers_of
from portal.show import show_percent

WINDOW_YEARS = 3
"""How long an employment or office counts after it ended, where the rules of a case say nothing."""

LASTING = (Tie.EMPLOYMENT, Tie.OFFICER)
"""Ties that still count for some years after their last day."""

_ASKED = TieQuestion.objects.filter(affiliation=OuterRef("pk"))
COUNTS = ~Exists(_ASKED.exclude(state=TieQuestionState.CONFIRMED))
"""Affiliations that count against an expert: everybody asked has said it is so, or the bureau has confirmed it."""
MIGHT_COUNT = ~Exists(_ASKED.filter(state=TieQuestionState.REFUTED))
"""Affiliations that count, or would if what is still open were confirmed."""


@dataclass(frozen=True)
class Node:
    """One end of a tie: an organisation of the portal, or an outsider (person or firm)."""

    id: UUID
    name: str
    is_person: bool = False
    is_member: bool = False


@dataclass(frozen=True)
class Link:
    """One tie as it is read: holder, kind, target; ``id`` is its row, None for a name that only agrees.

    ``waiting``: an organisation declared it of a person who has not said yet that it is so.
    """

    kind: str
    holder: Node
    target: Node
    percent: Decimal | None = None
    post: str = ""
    id: UUID | None = None
    until_on: date | None = None
    waiting: bool = False

    def other(self, node: Node) -> Node:
        """The end that is not this one."""
        return self.target if node.id == self.holder.id else self.holder


Path = tuple[Link, ...]
SAME_NAME = "same_representative"
"""Two organisations name a legal representative of the same name; whether it is one person, a human finds out."""


def affiliations_between(a_id: UUID, b_id: UUID, on: date, years: int = WINDOW_YEARS) -> list[Path]:
    """Every way two organisations are tied on a day: direct, through one shared side, or through kin.

    Both directions are found. A path is one to three links from the first to the second. Employments
    and offices count for ``years`` after they ended. Sorted, the shortest first.
    """
    if a_id == b_id:
        return []
    ends = {each.pk: each for each in Organisation.objects.filter(pk__in=[a_id, b_id])}
    if len(ends) < 2:
        return []
    first, second = node_of(ends[a_id]), node_of(ends[b_id])
    of_first, of_second = _links_at([a_id], on, years), _links_at([b_id], on, years)
    paths: list[Path] = [(link,) for link in of_first if link.other(first).id == second.id]
    through = [(left, right) for left in of_first for right in of_second if _shares(left, right, first, second)]
    paths += through
    paths += _through_kin(of_first, of_second, first, second, on)
    if ends[a_id].legal_representative and ends[a_id].legal_representative == ends[b_id].legal_representative:
        paths.append((Link(SAME_NAME, first, second),))
    return sorted(paths, key=lambda path: (len(path), [(link.kind, str(link.id)) for link in path]))


def of_organisation(organisation_id: UUID) -> QuerySet[Affiliation]:
    """Ties of one organisation in both directions, the present ones first; withdrawn ones are left out."""
    either = Q(organisation_id=organisation_id) | Q(holder_organisation_id=organisation_id)
    found = Affiliation.objects.filter(either, withdrawn_at__isnull=True).select_related(*ENDS, "entered_by", "document")
    return found.order_by("-from_on", "pk")


def people_of(organisation_id: UUID) -> QuerySet[Outsider]:
    """The people entered as tied to an organisation."""
    tied = Affiliation.objects.filter(organisation_id=organisation_id, holder_outsider__is_person=True, withdrawn_at__isnull=True)
    return Outsider.objects.filter(pk__in=tied.values("holder_outsider")).order_by("name", "pk")


def shown_at(organisation_id: UUID, *, in_full: bool) -> QuerySet[Affiliation]:
    """The ties of one organisation and the kin of its people, the latest first; withdrawn ones are left out.

    ``in_full`` for those who decide. The organisation itself reads what it declared as it declared it, and
    kin only where it declared them: nothing tells it whether somebody has an account, or what they answered.
    """
    kin = Q(kind=Tie.KIN) & (Q(holder_outsider__in=_ids_of_people(organisation_id)) | Q(outsider__in=_ids_of_people(organisation_id)))
    if not in_full:
        members = Membership.objects.filter(organisation_id=organisation_id).values("user_id")
        kin &= Exists(_ASKED.filter(organisation_id=organisation_id)) | Q(entered_by__in=members)
    here = Q(organisation_id=organisation_id) | Q(holder_organisation_id=organisation_id) | kin
    found = Affiliation.objects.filter(here, withdrawn_at__isnull=True).select_related(*ENDS, "entered_by", "document")
    if not in_full:
        found = found.exclude(Exists(_ASKED.filter(retracted_at__isnull=False)))
    questions = Prefetch("questions", queryset=TieQuestion.objects.order_by("asked_at", "pk"))
    return found.annotate(in_full=Value(in_full)).prefetch_related(questions).order_by("-from_on", "pk")


def with_kin(organisation_id: UUID, *, in_full: bool) -> QuerySet[Affiliation]:
    """The ties of people to an organisation, whose kin may be entered."""
    people = shown_at(organisation_id, in_full=in_full).filter(organisation_id=organisation_id, holder_outsider__is_person=True)
    return people.exclude(kind=Tie.KIN)


def person_in(row: Affiliation, *, in_full: bool) -> tuple[str, str]:
    """Name and mark of the person who holds a tie: as the organisation declared them, or as they are known."""
    asked = next((each for each in row.questions.all() if each.person_id == row.holder_outsider.user_id), None)
    if asked and not in_full:
        return asked.named, asked.hint
    return row.holder_outsider.name, row.holder_outsider.hint


def words_shown(row: Affiliation) -> str:
    """A tie of :func:`shown_at` in words, for the reader it was found for."""
    return words_of(link_of(row, named={} if row.in_full else {each.person_id: each.named for each in row.questions.all()}))


def end_shown(row: Affiliation) -> date | None:
    """The last day of a tie of :func:`shown_at`, for the reader it was found for."""
    said = None if row.in_full else next((each.said_until_on for each in row.questions.all() if each.said_until_on), None)
    return row.until_on or said


def standing(on: date, years: int = WINDOW_YEARS) -> QuerySet[Affiliation]:
    """Ties that stand on a day: begun, not withdrawn, not ended, offices and employments ``years`` longer.

    What an organisation declared of a person is among them before the person has answered, marked as waiting.
    """
    live = Q(until_on__isnull=True) | Q(until_on__gte=on)
    lately = Q(kind__in=LASTING, until_on__gte=years_before(on, years))
    found = Affiliation.objects.filter(live | lately, MIGHT_COUNT, withdrawn_at__isnull=True, from_on__lte=on)
    return found.annotate(waiting=~COUNTS).select_related(*ENDS)


def node_of(end: Organisation | Outsider, named: Mapping[UUID, str] = MappingProxyType({})) -> Node:
    """An organisation or outsider as one end of a tie; ``named`` gives other names for accounts."""
    if isinstance(end, Organisation):
        return Node(end.pk, end.name, is_member=True)
    return Node(end.pk, named.get(end.user_id, end.name), is_person=end.is_person)


def link_of(row: Affiliation, named: Mapping[UUID, str] = MappingProxyType({})) -> Link:
    """A row as a link; ``named`` gives other names for accounts."""
    holder, target = row.holder_organisation or row.holder_outsider, row.organisation or row.outsider
    waiting = getattr(row, "waiting", False)
    return Link(row.kind, node_of(holder, named), node_of(target, named), row.percent, row.post, row.pk, row.until_on, waiting)


READ = {
    Tie.SHARE: gettext_lazy("%(holder)s holds %(percent)s of %(target)s"),
    Tie.CONTROL: gettext_lazy("%(holder)s controls %(target)s"),
    Tie.COMMON_CONTROLLER: gettext_lazy("%(holder)s and %(target)s are under one controller"),
    Tie.OFFICER: gettext_lazy("%(holder)s is %(post)s of %(target)s"),
    Tie.KIN: gettext_lazy("%(holder)s and %(target)s are kin"),
    Tie.EMPLOYMENT: gettext_lazy("%(holder)s is or was employed by %(target)s"),
    Tie.BRANCH: gettext_lazy("%(target)s is a branch of %(holder)s"),
    SAME_NAME: gettext_lazy("%(holder)s and %(target)s name a legal representative of the same name"),
}
"""Each tie as a sentence without its full stop."""


def words_of(link: Link) -> str:
    """One tie in the reader's language."""
    post = str(Post(link.post).label) if link.post else ""
    percent = show_percent(link.percent) if link.percent is not None else ""
    return str(READ[link.kind]) % {"holder": link.holder.name, "target": link.target.name, "percent": percent, "post": post}


def words_of_path(path: Path) -> str:
    """All ties of a path, one after the other."""
    return _("; ").join(words_of(link) for link in path)


def employments_of(user_id: UUID) -> QuerySet[Employment]:
    """Where a person works and worked, the latest first; withdrawn rows are left out."""
    found = Employment.objects.filter(user_id=user_id, withdrawn_at__isnull=True)
    found = found.select_related("organisation", "document", "entered_by", "user")
    return found.order_by("-from_on", "pk")


def experts_visible_to(user) -> QuerySet[User]:
    """The experts whose employments this person enters: all for officers and the draw clerk, nobody for others."""
    experts = User.objects.filter(pk__in=holders_of(Role.EXPERT)).exclude(pk=user.pk)
    return experts if powers_of(user).hold(Role.OFFICER, Role.DRAW_CLERK) else experts.none()


def employments_visible_to(user) -> QuerySet[Employment]:
    """The employments this person may know of: their own, and experts' for officers and the draw clerk."""
    experts = experts_visible_to(user)
    found = Employment.objects.filter(Q(user_id=user.pk) | Q(user__in=experts), withdrawn_at__isnull=True)
    return found.select_related("user", "organisation", "document").order_by("-from_on", "pk")


def people_standing_for(user_ids: Iterable[UUID], *, that: Exists = COUNTS) -> dict[UUID, set[UUID]]:
    """The outsiders that stand for accounts, their kin too: by account, for conflicts of experts."""
    own = {row.user_id: row.pk for row in Outsider.objects.filter(user_id__in=list(user_ids))}
    found = {user: {pk} for user, pk in own.items()}
    by_outsider = {pk: user for user, pk in own.items()}
    kin = Affiliation.objects.filter(that, kind=Tie.KIN, withdrawn_at__isnull=True)
    for row in kin.filter(Q(holder_outsider__in=by_outsider) | Q(outsider__in=by_outsider)):
        for one, other in ((row.holder_outsider_id, row.outsider_id), (row.outsider_id, row.holder_outsider_id)):
            if one in by_outsider:
                found[by_outsider[one]].add(other)
    return found


def firms_tied_to(organisation_ids: Iterable[UUID], on: date, *, flag_percent: Decimal, that: Exists = COUNTS) -> dict[UUID, set[UUID]]:
    """The organisations tied to these on a day so that neither's people judge the other: by organisation, to which of these.

    A share from ``flag_percent`` on, control, a common controller, a branch, in both directions; or one
    who controls or holds an office of both. Two reads, whatever their number. ``that`` says which ties matter:
    those that count, or also those that might.
    """
    ids = set(organisation_ids)
    live = Affiliation.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), that, withdrawn_at__isnull=True, from_on__lte=on)
    strong = Q(kind__in=[Tie.CONTROL, Tie.COMMON_CONTROLLER, Tie.BRANCH]) | Q(kind=Tie.SHARE, percent__gte=flag_percent)
    found: dict[UUID, set[UUID]] = {}
    direct = live.filter(strong, Q(organisation__in=ids) | Q(holder_organisation__in=ids))
    for holder, target in direct.values_list("holder_organisation_id", "organisation_id"):
        for one, other in ((holder, target), (target, holder)):
            if one in ids and other:
                found.setdefault(other, set()).add(one)
    of_both = live.filter(kind__in=[Tie.CONTROL, Tie.OFFICER], organisation__isnull=False)
    here = of_both.filter(organisation__in=ids)
    persons, firms = here.values("holder_outsider"), here.values("holder_organisation")
    shared = of_both.filter(Q(holder_outsider__in=persons) | Q(holder_organisation__in=firms))
    targets: dict[UUID, set[UUID]] = {}
    for person, firm, target in shared.values_list("holder_outsider_id", "holder_organisation_id", "organisation_id"):
        targets.setdefault(person or firm, set()).add(target)
    for held in targets.values():
        for other in held:
            if others := (held & ids) - {other}:
                found.setdefault(other, set()).update(others)
    return found


def years_before(day: date, years: int) -> date:
    """The same day ``years`` earlier; 29 February becomes 28 February, as PostgreSQL has it."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


ENDS = ("holder_organisation", "holder_outsider", "organisation", "outsider")


def _ids_of_people(organisation_id: UUID) -> QuerySet:
    return people_of(organisation_id).order_by().values("pk")


def _links_at(ids: Iterable[UUID], on: date, years: int) -> list[Link]:
    here = Q(organisation__in=ids) | Q(holder_organisation__in=ids)
    return [link_of(row) for row in standing(on, years).filter(here).order_by("pk")]


def _shares(left: Link, right: Link, first: Node, second: Node) -> bool:
    shared = left.other(first)
    return shared.id == right.other(second).id and shared.id not in (first.id, second.id)


def _through_kin(of_first: list[Link], of_second: list[Link], first: Node, second: Node, on: date) -> Iterator[Path]:
    mine = {link.other(first).id: link for link in of_first if link.other(first).is_person}
    theirs = {link.other(second).id: link for link in of_second if link.other(second).is_person}
    if not mine or not theirs:
        return
    ids = [*mine, *theirs]
    for row in standing(on).filter(kind=Tie.KIN, holder_outsider__in=ids, outsider__in=ids).order_by("pk"):
        for one, other in ((row.holder_outsider_id, row.outsider_id), (row.outsider_id, row.holder_outsider_id)):
            if one in mine and other in theirs:
                yield (mine[one], link_of(row), theirs[other])


def posts_by_ties(user_ids: Iterable[UUID], *, that: Exists = COUNTS) -> dict[UUID, list[tuple[UUID, date, date | None]]]:
    """The organisations that accounts are tied to by share, control, office or employment, kin's ties too, with their days."""
    standing_for = people_standing_for(user_ids, that=that)
    people = {outsider for outsiders in standing_for.values() for outsider in outsiders}
    ties = Affiliation.objects.filter(that, holder_outsider__in=people, organisation__isnull=False, withdrawn_at__isnull=True)
    rows = list(ties.values_list("holder_outsider_id", "organisation_id", "from_on", "until_on")) if people else []
    return {
        user: [(organisation, since, until) for outsider, organisation, since, until in rows if outsider in outsiders]
        for user, outsiders in standing_for.items()
    }
