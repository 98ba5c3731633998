"""What is known of an organisation's credit: the last look at each site, and dishonesty not repaired."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.models import CreditCheck, CreditResult, CreditSite, Dishonesty, DishonestyState, Organisation


@dataclass(frozen=True)
class Credit:
    """An organisation's credit on a day: the check that counts of each site, and dishonesty in force.

    ``unreached`` holds the days on which a site was tried in vain after its last check.
    """

    organisation: Organisation
    on: date
    checks: Mapping[str, CreditCheck] = field(default_factory=dict)
    unreached: Mapping[str, date] = field(default_factory=dict)
    dishonesties: tuple[Dishonesty, ...] = ()

    def last_day(self, site: str, days: int) -> date | None:
        """The last day on which the check of a site counts, for ``days`` after it; None without one."""
        check = self.checks.get(site)
        return check.checked_on + timedelta(days=days) if check else None

    def until(self, sites: Iterable[str], days: int) -> date | None:
        """Until which day all the sites are checked; None where one never was."""
        last = [self.last_day(site, days) for site in sites]
        return min(last) if last and None not in last else None


def sites() -> QuerySet[CreditSite]:
    """The sites on which credit is looked up."""
    return CreditSite.objects.all()


def credit_of(organisation_id: UUID, on: date) -> Credit:
    """What is known of one organisation's credit on a day. Raises KeyError for no organisation."""
    return credits_of([organisation_id], on)[organisation_id]


def credits_of(organisation_ids: Iterable[UUID], on: date) -> dict[UUID, Credit]:
    """The credit of several organisations, in three queries."""
    ids = set(organisation_ids)
    found = {each.pk: each for each in Organisation.objects.filter(pk__in=ids)}
    checks: dict[UUID, dict[str, CreditCheck]] = {pk: {} for pk in found}
    unreached: dict[UUID, dict[str, date]] = {pk: {} for pk in found}
    for check in standing_checks().filter(organisation__in=ids, checked_on__lte=on).order_by("checked_on", "at", "pk"):
        if check.result == CreditResult.UNREACHABLE:
            unreached[check.organisation_id][check.site_id] = check.checked_on
        else:
            checks[check.organisation_id][check.site_id] = check
            unreached[check.organisation_id].pop(check.site_id, None)
    listed: dict[UUID, list[Dishonesty]] = {pk: [] for pk in found}
    for dishonesty in in_force(on).filter(organisation__in=ids):
        listed[dishonesty.organisation_id].append(dishonesty)
    return {pk: Credit(each, on, checks[pk], unreached[pk], tuple(listed[pk])) for pk, each in found.items()}


def standing_checks() -> QuerySet[CreditCheck]:
    """Checks that were not corrected by a later row."""
    return CreditCheck.objects.filter(corrected_by__isnull=True).select_related("site", "ruling", "corrected_by")


def found_records() -> QuerySet[CreditCheck]:
    """The checks that found a record which nobody has let pass and no dishonesty was entered for, the latest of their site only."""
    later = CreditCheck.objects.filter(organisation=OuterRef("organisation"), site=OuterRef("site"), corrected_by__isnull=True)
    later = later.exclude(result=CreditResult.UNREACHABLE)
    found = standing_checks().filter(~Exists(later.filter(at__gt=OuterRef("at"))), result=CreditResult.RECORD, ruling__isnull=True)
    entered = Dishonesty.objects.filter(credit_check=OuterRef("pk"))
    return found.filter(~Exists(entered)).select_related("organisation").order_by("at", "pk")


def history_of(organisation_id: UUID) -> QuerySet[CreditCheck]:
    """Every check of an organisation, the latest first, corrected ones too."""
    checks = CreditCheck.objects.filter(organisation_id=organisation_id)
    related = checks.select_related("site", "by", "screenshot", "ruling__by", "corrected_by")
    return related.order_by("-checked_on", "-at", "-pk")


def in_force(on: date) -> QuerySet[Dishonesty]:
    """Dishonesty that is confirmed, has begun, and was not repaired by that day."""
    began = Dishonesty.objects.filter(from_on__lte=on, state__in=[DishonestyState.CONFIRMED, DishonestyState.REPAIRED])
    return began.filter(Q(repaired_on__isnull=True) | Q(repaired_on__gt=on)).order_by("from_on", "pk")


def dishonesties_of(organisation_id: UUID, *, all_of_them: bool) -> QuerySet[Dishonesty]:
    """Dishonesty of an organisation, the latest first; what nobody has confirmed only for those who decide."""
    found = Dishonesty.objects.filter(organisation_id=organisation_id)
    if not all_of_them:
        found = found.filter(state__in=[DishonestyState.CONFIRMED, DishonestyState.REPAIRED])
    return found.select_related("recorded_by", "confirmed_by", "repair_file", "repaired_by").order_by("-from_on", "pk")


def unconfirmed() -> QuerySet[Dishonesty]:
    """Dishonesty that waits for a second person."""
    return Dishonesty.objects.filter(state=DishonestyState.RECORDED).select_related("organisation").order_by("recorded_at")
