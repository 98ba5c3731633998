"""Agreements, drafted and signed."""

from challenges.actions import agreeing, selecting
from challenges.models import Agreement, Bid, Challenge, Panel
from challenges.states import AgreementState
from portal.clock import portal_now
from portal.kernel.money import wan_to_fen


class Agreements:
    """Selected bids and agreements, each reached by the actions people would take."""

    def selected_bid(self, clock, panel: Panel | None = None, **made) -> Bid:
        """The first in rank, selected by the poster's administrator."""
        panel = panel or self.locked_panel(clock, **made)
        bid = Bid.objects.get(candidacies__candidate__panel=panel, candidacies__candidate__score__rank=1)
        poster = Challenge.objects.select_related("poster").get(pk=bid.challenge_id).poster
        selecting.select_bid(bid.pk, by=self.administrator(poster), now=portal_now())
        return self.fresh_bid(bid)

    def agreement(self, clock, bid: Bid | None = None, **made) -> Agreement:
        """A draft of the agreement with the selected bid."""
        bid = bid or self.selected_bid(clock, **made)
        agreeing.draft_agreement(bid.pk, by=self.editor(bid.challenge.poster), now=portal_now())
        return self.fresh_agreement(bid)

    def agreement_to_sign(self, clock, bid: Bid | None = None, **made) -> Agreement:
        """An agreement that waits for both signatures."""
        agreement = self.agreement(clock, bid, **made)
        agreeing.send_to_sign(agreement.pk, by=self.editor(agreement.bid.challenge.poster), now=portal_now())
        return self.fresh_agreement(agreement.bid)

    def signed_agreement(self, clock, bid: Bid | None = None, **made) -> Agreement:
        """An agreement that both sides have signed, the bidder first."""
        agreement = self.agreement_to_sign(clock, bid, **made)
        for organisation in (agreement.bid.lead, agreement.bid.challenge.poster):
            agreeing.sign_agreement(agreement.pk, by=self.administrator(organisation), now=portal_now())
        return self.fresh_agreement(agreement.bid)

    def fresh_agreement(self, bid: Bid) -> Agreement:
        """The agreement with a bid as it stands in the database; the live one where there is one."""
        found = Agreement.objects.select_related("bid__challenge__poster", "bid__lead").filter(bid=bid)
        return min(found, key=lambda agreement: agreement.state == AgreementState.VOID)

    def terms(self, agreement: Agreement, amount: str = "1200", *, payments: tuple[str, ...] = ("600", "360", "240"), shares: tuple[str, ...] = ()) -> dict:
        """What ``save_agreement`` takes, amounts in 万元; shares in the order of the parties, the lead first."""
        parties = list(agreement.bid.parties.order_by("-lead", "pk"))
        parts = shares or (amount,) + ("0",) * (len(parties) - 1)
        return {
            "amount_fen": wan_to_fen(amount),
            "months": 36,
            "ip_terms": "产品知识产权归发榜方，方法知识产权归揭榜方并许可发榜方使用。",
            "payments": [
                {"due_for": f"第{number}期", "amount_fen": wan_to_fen(part)} for number, part in enumerate(payments, start=1)
            ],
            "shares": [
                {"party": party.pk, "amount_fen": wan_to_fen(part)} for party, part in zip(parties, parts, strict=True)
            ],
        }
