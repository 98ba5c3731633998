"""What the search says may be lent, held against the actions: each runs under a delegation, or is refused, as it says."""

from collections import defaultdict
from functools import wraps
from importlib import import_module

import pytest
from django.db import transaction

from funding.actions import disbursing
from portal.actions.delegating import offer_delegation
from portal.clock import china_date, portal_now
from portal.kernel.errors import NotAllowed, NotFound
from portal.management.routes.lending import is_lendable
from portal.management.routes.search import ACTS
from portal.models import DutyTaken, Event, Grant, MemberRole, Role, User
from portal.queries.acting import Power, in_force, own_powers
from tests.journeys.test_acts_as_they_run import WALKS, ids

pytestmark = pytest.mark.django_db

BY_NAME = defaultdict(list)
for each in ACTS:
    BY_NAME[each.name].append(each)


class Deputies:
    """Somebody for everybody who acts: what may be lent is done by the deputy, the rest is tried by them and refused."""

    def __init__(self, make) -> None:
        self.make, self.known = make, {}
        self.done, self.refused = set(), set()

    def of(self, principal: User) -> User | None:
        """A person who acts for this one today; None for who has nothing to lend."""
        powers = own_powers(principal)
        if not powers:
            return None
        deputy, delegation = self.known.get(principal.pk) or (self._deputy(powers[0]), None)
        if delegation is None or in_force(deputy, delegation.pk) is None:
            delegation = self.make.delegation(principal, deputy, power=powers[0])
        self.known[principal.pk] = deputy, delegation
        return self.make.acting(deputy, delegation)

    def _deputy(self, power: Power) -> User:
        if isinstance(power, Grant):
            return self.make.official(Role(power.role), district=power.district)
        return self.make.member(power.organisation, MemberRole.VIEWER)

    def sent(self, name: str, action):
        """The action, done by a deputy or refused to one."""

        @wraps(action)
        def run(*args, **said):
            by = said.get("by")
            deputy = self.of(by) if by is not None else None
            if deputy is None:
                return action(*args, **said)
            as_deputy = said | {"by": deputy}
            if not any(is_lendable(act) for act in BY_NAME[name]):
                with pytest.raises(NotAllowed) as refusal, transaction.atomic():
                    action(*args, **as_deputy)
                assert refusal.value.code == "done_oneself"
                self.refused.add(name.rpartition(".")[2])
                return action(*args, **said)
            duties, events = ids(DutyTaken), ids(Event)
            done = action(*args, **as_deputy)
            self._hold_for_both(by, deputy, duties, events)
            self.done.add(name.rpartition(".")[2])
            return done

        return run

    def _hold_for_both(self, principal: User, deputy: User, duties: list, events: list) -> None:
        taken = defaultdict(set)
        for row in DutyTaken.objects.exclude(pk__in=duties):
            taken[row.user_id].add((row.duty, row.place))
        assert taken[principal.pk] == taken[deputy.pk]
        written = Event.objects.exclude(pk__in=events).filter(by=deputy)
        assert set(written.values_list("on_behalf_of", flat=True)) <= {principal.pk}


@pytest.fixture
def deputies(make, monkeypatch) -> Deputies:
    """Every action of the table, sent to deputies."""
    found = Deputies(make)
    for name in BY_NAME:
        module, _dot, function = name.rpartition(".")
        run = found.sent(name, getattr(import_module(module), function))
        monkeypatch.setattr(import_module(module), function, run)
        if ".disbursing." in module:
            monkeypatch.setattr(disbursing, function, run)
    return found


LENT_AND_NOT = {
    "to_the_money": (
        {"pool_need", "publish_board", "name_experts", "lock_panel", "record_decision", "verify_claim", "prepare_payment"},
        {"seal_bid", "sign_agreement", "sign_taskbook", "confirm_decision", "enter_bank_account", "confirm_bank_account"},
    ),
    "a_task_book_sent_back": ({"withdraw_taskbook_for_correction", "give_up_award"}, {"sign_agreement"}),
    "an_objection": ({"admit_objection", "decide_objection"}, {"seal_bid", "sign_agreement"}),
}


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_what_may_be_lent_is_done_by_a_deputy_and_the_rest_is_refused_to_them(deputies, make, clock, walk):
    walk(make, clock)

    done, refused = LENT_AND_NOT.get(walk.__name__, (set(), set()))
    assert done <= deputies.done and refused <= deputies.refused
    assert deputies.done and not deputies.done & deputies.refused


@pytest.mark.parametrize("role", [Role.EXPERT, Role.APPROVER])
def test_who_scores_and_who_approves_lends_nothing(make, clock, role):
    holder, today = make.official(role), china_date(portal_now())

    assert own_powers(holder) == []
    with pytest.raises(NotFound):
        offer_delegation(
            power=holder.grants.get().pk, delegate=make.officer().email, starts_on=today, ends_on=today, reason="休假。",
            by=holder, now=portal_now(),
        )  # fmt: skip
