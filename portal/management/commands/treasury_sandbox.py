"""treasury_sandbox: answer a payment list as a treasury would, for demonstrations and rehearsals."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from funding.gateways import inbox
from funding.gateways.treasury import sandbox_answer
from funding.models import PaymentList
from portal import vault
from portal.clock import china_date, portal_now


class Command(BaseCommand):
    """Write the confirmation of a payment list into a file that a reconciler takes over, or into the folder the clock reads."""

    help = "Write the confirmation that a treasury would give for a payment list."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which list, where to, and what fails."""
        parser.add_argument("number", nargs="?", default="", help="number of the payment list; without it the latest")
        parser.add_argument("--out", default="", help="file to write; without it the folder TREASURY_INBOX")
        parser.add_argument("--failed", nargs="*", default=[], help="references of payments that fail")

    def handle(self, *, number: str, out: str, failed: list[str], **options: object) -> None:
        """Find the list, answer it, write the answer."""
        if not out and not settings.TREASURY_INBOX:
            raise CommandError("Say where to with --out, or set TREASURY_INBOX.")
        lists = PaymentList.objects.filter(number=number) if number else PaymentList.objects.order_by("-made_at")
        made = lists.select_related("file").first()
        if made is None:
            raise CommandError("There is no such payment list.")
        line = made.lines.select_related("payment__instalment__project__rules__funding").first()
        rules = line.payment.instalment.project.rules.funding
        answer = sandbox_answer(
            vault.read(made.file),
            sent=rules.payment_columns,
            back=rules.confirmation_columns,
            value_on=china_date(portal_now()),
            failed=failed,
        )
        if out:
            Path(out).write_bytes(answer)
        else:
            out = str(inbox.put(settings.TREASURY_INBOX, f"{made.number}.csv", answer))
        self.stdout.write(f"{made.number}: {made.lines.count()} payments answered in {out}")
