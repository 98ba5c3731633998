"""What an organisation asks the bureau, its other names, and merges of two."""

from datetime import date

from portal.actions import changing_entries, merging_organisations, naming_organisations
from portal.clock import china_date, portal_now
from portal.models import Organisation, OrganisationAlias, OrganisationChange, OrganisationMerge

PAPER = ("决定.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
"""A document on which a merge or change rests."""


class Organisations:
    """Makes what changes an entry or joins two of them."""

    def change(self, organisation: Organisation, *, item: str = "name", new: str = "新名称") -> OrganisationChange:
        """A change that waits for the bureau."""
        by = self.administrator(organisation)
        return changing_entries.ask_change(organisation.pk, item=item, new=new, why="变更登记。", by=by, now=portal_now())

    def alias(self, organisation: Organisation, name: str = "甲所") -> OrganisationAlias:
        """A short name."""
        by = self.administrator(organisation)
        return naming_organisations.add_alias(organisation.pk, name=name, kind="short", by=by, now=portal_now())

    def proposed_merge(self, absorbed: Organisation, into: Organisation, *, from_on: date | None = None) -> OrganisationMerge:
        """A merge that waits for a second person."""
        now = portal_now()
        return merging_organisations.propose_merge(
            absorbed.pk, into.pk, from_on=from_on or china_date(now), document_number="7号", file=PAPER, by=self.officer(), now=now
        )

    def merge(self, absorbed: Organisation, into: Organisation, *, from_on: date | None = None) -> OrganisationMerge:
        """A merge that two officers made; in force from today unless another day is given."""
        proposed = self.proposed_merge(absorbed, into, from_on=from_on)
        return merging_organisations.confirm_merge(proposed.pk, by=self.officer(), now=portal_now())

    def unmerge(self, merge: OrganisationMerge, *, until_on: date | None = None) -> OrganisationMerge:
        """The same merge, taken back."""
        return merging_organisations.end_merge(merge.pk, why="登记撤销。", until_on=until_on, by=self.officer(), now=portal_now())
