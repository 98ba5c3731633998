"""seed_demo: the demo city, through the real actions, into an empty database."""

import os
import sys
from argparse import ArgumentParser

import psycopg
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.actions import erasing
from portal.demo import city, organisations, own_data, payments, second_half, texts
from portal.demo.acting import lend_while_away
from portal.demo.officials import change_officials
from portal.demo.story import Story
from portal.models import Demo, User
from portal.record import sequence
from portal.settings import env


class Command(BaseCommand):
    """Tell the worked example and build a small city around it; a second run changes nothing."""

    help = "Fill an empty database with the demo (small: the worked example alone; city: everything)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--size."""
        parser.add_argument("--size", choices=["small", "city", "stress"], default="city")

    def handle(self, *, size: str, **options) -> None:
        """Seed, unless it is done already; all of it or nothing."""
        if Demo.objects.filter(complete=True).exists():
            self.stdout.write("The demo is in place.")
            return
        if User.objects.exists():
            raise CommandError("The database is not empty: the demo goes only into an empty one.")
        with psycopg.connect(env.text("DATABASE_OWNER_URL")) as owner:
            try:
                self._tell(Story(owner), size)
            except BaseException:
                owner.rollback()
                owner.execute("DELETE FROM portal_clock")
                owner.commit()
                raise
        while sequence():
            pass
        self.stdout.write("The demo is in place.")

    def _tell(self, story: Story, size: str) -> None:
        with transaction.atomic():
            story.gather(city.at(3, 1))
            texts.set_up(head=story.people["沈立"], leader=story.people["郑凯"], now=city.at(3, 1))
            texts.accept(list(story.people.values()), now=city.at(3, 1))
            first = city.tell_worked_example(story)
            payments.tell_payments(story, second_half.tell_second_half(story, first))
            own_data.tell_own_data(story)
            if size != "small":
                city.build_city(story, first)
            if size == "stress":
                city.build_many_boards(story, first, int(os.environ.get("JIEBANG_STRESS_BOARDS", "2000")), self._tick)
            organisations.tell_organisations(story, city.SHOWN_AT)
        story.at(city.SHOWN_AT)
        story.invite("quantum", "xin.ren")
        texts.accept(list(User.objects.filter(is_active=True)), now=city.SHOWN_AT)
        erasing.ask_erasure(by=story.people["周岚"], now=city.SHOWN_AT)
        change_officials(story)
        lend_while_away(story)
        story.owner.execute(
            "INSERT INTO portal_demo (id, size, seeded_at, complete) VALUES (1, %s, clock_timestamp(), true)", [size]
        )
        story.settle(city.SHOWN_AT)

    def _tick(self, done: int, of: int) -> None:
        if sys.stdout.isatty():
            self.stdout.write(f"\r{done} / {of}", ending="")
