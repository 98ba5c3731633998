"""Bids, drafted, sealed and opened."""

from datetime import timedelta

from challenges.actions import bidding, opening, qualifying, sealing
from challenges.models import Bid, Challenge
from portal.clock import portal_now
from portal.kernel.money import split, wan_to_fen
from portal.models import MemberRole, Organisation

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
A_SECOND = timedelta(seconds=1)


class Bids:
    """Bids, each reached by the actions people would take."""

    def bid_document(self, board: Challenge, price: str = "1200", **changed) -> dict:
        """A complete document for a board; ``price`` in 万元, other fields as given."""
        price_fen = wan_to_fen(price)
        signing, breadboard, final = split(price_fen, [50, 30, 20])
        equipment, business, labour, indirect = split(price_fen, [26, 36, 24, 14])
        document = {
            "summary": "以金刚石NV色心为敏感元件，差分读出抑制温漂，三年内完成工程样机与现场试运行。",
            "route": "敏感元件、微波与光学集成、闭环读出、批量标定四条线并行。",
            "team": [{"name": "陈砚", "role": "项目负责人", "title": "研究员"}],
            "consortium": [],
            "offers": [{"indicator": str(one.pk), "value": f"{one.value.normalize():f}", "note": ""} for one in board.indicators.all()],
            "milestones": [
                {"title": "签约", "month": 1, "deliverable": "合同登记", "amount_fen": signing},
                {"title": "原理样机", "month": 6, "deliverable": "样机一台与第三方测试报告", "amount_fen": breadboard},
                {"title": "最终验收", "month": 36, "deliverable": "全部指标", "amount_fen": final},
            ],
            "budget": [
                {"subject": "equipment", "amount_fen": equipment},
                {"subject": "business", "amount_fen": business},
                {"subject": "labour", "amount_fen": labour},
                {"subject": "indirect", "amount_fen": indirect},
            ],
            "price_fen": price_fen,
            "months": 36,
            "risks": "芯片流片延期：预留第二家代工。",
            "ip_terms": "产品知识产权归发榜方，方法知识产权归揭榜方并许可发榜方使用。",
        }
        return {**document, **changed}

    def bidder(self, name: str = "") -> Organisation:
        """A verified organisation that may bid."""
        return self.organisation(name or "乙测量技术研究院", kind="institute")

    def bid(self, board: Challenge | None = None, *, lead: Organisation | None = None, empty: bool = False, files: int = 0, price: str = "1200", **changed) -> Bid:
        """A draft with a complete document, or an empty one; ``files`` PDFs are added to it."""
        board = board or self.board()
        lead = lead or self.bidder()
        editor = self.editor(lead)
        bid = bidding.start_bid(board.pk, lead.pk, by=editor, now=portal_now())
        if not empty:
            document = self.bid_document(board, price, **changed)
            bidding.save_draft(bid.pk, document=document, version=1, by=editor, now=portal_now())
        for number in range(1, files + 1):
            content = PDF + f"% {bid.pk} {number}".encode()
            bidding.add_file(bid.pk, name=f"附件{number}.pdf", content=content, by=editor, now=portal_now())
        return self.fresh_bid(bid)

    def signed_off_bid(self, board: Challenge | None = None, **bid) -> Bid:
        """A complete bid that waits for its administrator."""
        bid = self.bid(board, **bid)
        bidding.ask_sign_off(bid.pk, by=self.editor(bid.lead), now=portal_now())
        return self.fresh_bid(bid)

    def sealed_bid(self, board: Challenge | None = None, **bid) -> Bid:
        """A bid that its administrator sealed in time."""
        bid = self.signed_off_bid(board, **bid)
        sealing.seal_bid(bid.pk, by=self.administrator(bid.lead), now=portal_now())
        return self.fresh_bid(bid)

    def opened_bids(self, clock, board: Challenge | None = None, *, count: int = 3, prices: tuple[str, ...] = (), **bid) -> list[Bid]:
        """Bids out of a box that was closed and opened; the clock stands a second after the deadline.

        ``prices`` in 万元 gives their number too; otherwise ``count`` bids at 1,200万元.
        """
        board = board or self.board()
        prices = prices or ("1200",) * count
        made = [
            self.sealed_bid(board, lead=self.bidder(f"揭榜单位{number}"), price=price, **bid)
            for number, price in enumerate(prices, start=1)
        ]
        self.open(clock, board)
        return [self.fresh_bid(bid) for bid in made]

    def qualified_bids(self, clock, board: Challenge | None = None, **bids) -> list[Bid]:
        """Opened bids that all meet the formal conditions."""
        made = self.opened_bids(clock, board, **bids)
        for bid in made:
            qualifying.qualify_bid(bid.pk, by=self.case_officer(), now=portal_now())
        return [self.fresh_bid(bid) for bid in made]

    def close(self, clock, board: Challenge) -> None:
        """The deadline passes and the box is closed."""
        clock.set(board.closes_at + A_SECOND)
        opening.close_box(board.pk, now=portal_now())

    def open(self, clock, board: Challenge) -> None:
        """The deadline passes, the box is closed and opened."""
        self.close(clock, board)
        opening.open_box(board.pk, now=portal_now())

    def viewer(self, organisation: Organisation):
        """Somebody who may only read for an organisation, the same one each time."""
        return self._once(f"viewer {organisation.pk}", lambda: self.member(organisation, MemberRole.VIEWER))

    def fresh_bid(self, bid: Bid) -> Bid:
        """The bid as it stands in the database."""
        return Bid.objects.select_related("challenge__rules", "challenge__poster", "lead").get(pk=bid.pk)


