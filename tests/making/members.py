"""Invitations, new administrators on a letter, and merged accounts."""

import re

from django.core import mail

from portal import dispatch
from portal.actions import inviting, merging, replacing
from portal.clock import portal_now
from portal.models import AccountMerge, Dispatch, Invitation, Organisation, Replacement, User

LETTER = b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"


class Members:
    """Makes what leads to another membership or another account."""

    def invitation(
        self, organisation: Organisation, *, email: str = "", role: str = "editor", by: User | None = None
    ) -> Invitation:
        """An open invitation of an address, by default that of a person without any power."""
        address = email or self.person().email
        by = by or self.administrator(organisation)
        return inviting.invite_member(organisation.pk, email=address, role=role, by=by, now=portal_now())

    def secret_of(self, invitation: Invitation) -> str:
        """The secret out of the newest mail of an invitation, which is sent by this."""
        invitation.refresh_from_db()
        inviting.mail_invitation(invitation.pk, invitation.mails_asked, now=portal_now())
        return re.search(r"/invitations/([\w-]+)/", mail.outbox[-1].body).group(1)

    def replacement(self, organisation: Organisation, *, email: str = "new.head@example.org", by: User | None = None) -> Replacement:
        """A letter that an officer has entered."""
        return replacing.propose_replacement(
            organisation.pk, email=email, letter=LETTER, name="委托书.pdf", why="原管理员已离职。",
            by=by or self.officer(), now=portal_now(),
        )  # fmt: skip

    def merged(self, kept: User, alias: User) -> AccountMerge:
        """Two accounts that became one."""
        asked = merging.ask_merge(email=alias.email, by=kept, now=portal_now())
        return merging.merge_accounts(asked.pk, code=self.code_of(asked), by=kept, now=portal_now())

    def code_of(self, merge: AccountMerge) -> str:
        """The code that was promised by mail."""
        words = [dispatch.read(each) for each in Dispatch.objects.filter(sealed__isnull=False).order_by("-created_at")]
        text = next(each["text"] for each in words if each["to"] == merge.email)
        return re.search(r"\d{8}", text).group()
