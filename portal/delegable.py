"""What may be delegated (代办), to whom, and what nobody does for somebody else: one table.

Actions under a delegation are held against it by ``portal/record.py:record``, pages by
:func:`done_oneself`, and two triggers are built from it
(``portal/models/delegation.py``, ``portal/models/record.py``). docs/decisions/ says why.
"""

from django.utils.translation import gettext_lazy as _

from portal.kernel.verdict import YES, Verdict

LOOKING_ONLY = _("This is a look at somebody's pages for support. Nothing can be changed; end the look first.")

BUREAU = ("officer", "division_head", "leader", "draw_clerk")
FINANCE = ("preparer", "approver", "reconciler")

TAKEN_OVER_BY: dict[str, tuple[str, ...]] = {
    "district": ("district",),
    "officer": BUREAU,
    "division_head": BUREAU,
    "leader": BUREAU,
    "draw_clerk": BUREAU,
    "discipline": ("discipline",),
    "preparer": FINANCE,
    "reconciler": FINANCE,
}
"""Roles that may be delegated, each with the roles of whom may take it over; no other role ever.

An expert scores in person, an approver only approves, an auditor only reads, and support acts for nobody.
Memberships go to another member of the same organisation.
"""

DONE_ONESELF: dict[str, object] = {
    # kind of event, a whole family ending in a dot: why nobody does it for somebody else
    "payment.approval": _("Nobody approves a payment for somebody else."),
    "payment.approved": _("Nobody approves a payment for somebody else."),
    "decision.confirmed": _("Nobody confirms a decision for somebody else."),
    "assignment.accepted": _("Experts take their seat and score in person."),
    "assignment.declined": _("Experts take their seat and score in person."),
    "assignment.recused": _("Experts take their seat and score in person."),
    "sheet.": _("Experts take their seat and score in person."),
    "bankaccount.": _("Nobody enters or confirms bank details for somebody else."),
    "bid.sealed": _("A bid is sealed by an administrator in person."),
    "agreement.signature": _("Agreements and task books are signed in person."),
    "taskbook.signature": _("Agreements and task books are signed in person."),
    "box.": _("Nobody opens a box for somebody else."),
    "key.": _("Nobody opens a box for somebody else."),
    "grant.": _("Nobody grants or ends powers for somebody else."),
    "grantproposal.": _("Nobody grants or ends powers for somebody else."),
    "membership.": _("Nobody grants or ends powers for somebody else."),
    "invitation.": _("Nobody grants or ends powers for somebody else."),
    "replacement.": _("Nobody grants or ends powers for somebody else."),
    "organisationmerge.": _("Nobody grants or ends powers for somebody else."),
    "organisation.registered": _("Nobody grants or ends powers for somebody else."),
    "setting.": _("Settings and legal texts are decided in person."),
    "legal_text.": _("Settings and legal texts are decided in person."),
    "dishonesty.confirmed": _("What a second person confirms, they confirm in person."),
    "credit_check.let_pass": _("What a second person confirms, they confirm in person."),
    "tiequestion.": _("What a second person confirms, they confirm in person."),
    "textdestruction.": _("What a second person confirms, they confirm in person."),
    "erasure.": _("What a second person confirms, they confirm in person."),
    "dataexport.": _("Everybody looks after their own account. Stop acting for somebody else first."),
    "delegation.": _("Who acts for somebody else passes nothing on. Stop first."),
    "supportview.": _("Who acts for somebody else passes nothing on. Stop first."),
    "user.": _("Everybody looks after their own account. Stop acting for somebody else first."),
    "token.": _("Everybody looks after their own account. Stop acting for somebody else first."),
    "accountmerge.": _("Everybody looks after their own account. Stop acting for somebody else first."),
    "employments.": _("Everybody looks after their own account. Stop acting for somebody else first."),
}
"""Acts by the kind of event they write. Whatever is not here is done under a delegation as by its holder."""


def why_oneself(kind: str) -> object | None:
    """The sentence that says why an act is not done for somebody else; None where it may be."""
    return next((words for each, words in DONE_ONESELF.items() if kind == each or (each[-1] == "." and kind.startswith(each))), None)


def done_oneself(user, kind: str) -> Verdict:
    """A no where this person acts for somebody else and the act is done in person; permissions ask it first."""
    if user is not None and user.is_authenticated and user.acting_for and (words := why_oneself(kind)):
        return Verdict(False, words, "done_oneself", apart=True)
    return YES


def kinds_in_sql(column: str) -> str:
    """The SQL condition that a column of kinds names an act of the table."""
    return " OR ".join(f"starts_with({column}, '{each}')" if each[-1] == "." else f"{column} = '{each}'" for each in DONE_ONESELF)
