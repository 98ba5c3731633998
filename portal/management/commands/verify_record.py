"""verify_record: make the record again from its bodies and hold it against what is stored."""

from django.core.management.base import BaseCommand, CommandError

from portal.models import Checkpoint, Entry, SealedBatch
from portal.verifying import verify, waiting


class Command(BaseCommand):
    """Check every leaf, number, chain hash, tree node, checkpoint and batch."""

    help = "Check every entry of the record, its tree and its signed checkpoints; exit 1 when something is wrong."

    def handle(self, **options: object) -> None:
        """Every fault on its own line, then what was looked at."""
        faults = 0
        for fault in verify():
            faults += 1
            self.stderr.write(fault)
        counted = f"{Entry.objects.count()} entries, {Checkpoint.objects.count()} checkpoints, {SealedBatch.objects.count()} batches, {waiting()} events waiting"
        if faults:
            raise CommandError(f"{faults} faults in {counted}.")
        self.stdout.write(f"The record holds: {counted}.")
