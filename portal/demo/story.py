"""How the demo is told: the clock is moved, and every step goes through the real actions."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

import psycopg
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password

from challenges.actions import (
    bidding,
    drafting,
    drawing,
    opening,
    programming,
    publicising,
    publishing,
    qualifying,
    ranking,
    reviewing,
    sealing,
    vetting,
)
from challenges.models import Bid, Challenge, Expert, Panel, PublicNotice
from challenges.policy.shape import empty_bid_document
from portal.actions import inviting, registering
from portal.clock import portal_now
from portal.demo import PASSWORD, SECRET, cast
from portal.demo.officials import appoint_officials
from portal.demo.standing import exclude_for_a_share, look_up, look_up_bidders
from portal.kernel.money import split, wan_to_fen
from portal.kernel.uscc import check_character
from portal.models import District, Grant, Membership, Organisation, Role, User


class Story:
    """The people and organisations of the demo, and the steps they take at given moments."""

    def __init__(self, owner: psycopg.Connection) -> None:
        self.owner = owner
        self.people: dict[str, User] = {}
        self.proved_twice = {line[0] for line in (*cast.OFFICIALS, *cast.EXPERTS)}
        self.firms: dict[str, Organisation] = {}

    def at(self, moment: datetime) -> datetime:
        """Set the portal's clock; every step after this happens then."""
        self.owner.execute("DELETE FROM portal_clock")
        self.owner.execute("INSERT INTO portal_clock (id, fixed_at) VALUES (1, %s)", [moment])
        self.owner.commit()
        return moment

    def gather(self, moment: datetime) -> None:
        """Sign everybody up, appoint the officials, register and verify the organisations."""
        now, first = self.at(moment), moment.date()
        districts = {
            code: District.objects.create(code=code, name=name, name_en=name_en)
            for code, name, name_en in cast.DISTRICTS
        }
        secret = make_password(PASSWORD)
        for name, address, _role, _code in cast.OFFICIALS:
            self._person(name, address, secret)
        appoint_officials(self.people, districts, now)
        for name, address, _firm, _role in cast.MEMBERS:
            self._person(name, address, secret)
        administrators = {firm: name for name, _a, firm, role in cast.MEMBERS if role == cast.ADMINISTRATOR}
        for firm in cast.FIRMS:
            by = self.people[administrators[firm.key]] if firm.key in administrators else self._keeper(firm, secret)
            organisation = registering.register_organisation(
                by=by,
                now=now,
                uscc=self.code(firm.number),
                uscc_confirmed=False,
                name=firm.name,
                kind=firm.kind,
                district_id=districts[firm.district].pk,
                legal_representative=firm.representative,
            )
            registering.verify_organisation(organisation.pk, by=self.people["方敏"], now=now)
            self.firms[firm.key] = organisation
        for name, _address, firm, role in cast.MEMBERS:
            if role != cast.ADMINISTRATOR:
                Membership.objects.create(
                    user=self.people[name], organisation=self.firms[firm], role=role, starts_on=first
                )
        for name, address, firm, kind, title, fields in cast.EXPERTS:
            person = self._person(name, address, secret)
            Grant.objects.create(user=person, role=Role.EXPERT, starts_on=first)
            Expert.objects.create(user=person, employer=self.firms[firm], expert_class=kind, title=title, fields=fields)
        for person in self.people.values():
            person.__dict__.pop("_powers", None)

    def invite(self, firm: str, address: str) -> None:
        """An organisation's administrator invites somebody who has no account yet."""
        inviting.invite_member(
            self.firms[firm].pk, email=f"{address}@{cast.AT}", role=cast.EDITOR, by=self.administrator(firm), now=portal_now()
        )

    def person(self, address: str) -> User:
        """The person whose e-mail begins like this."""
        return next(person for person in self.people.values() if person.email == f"{address}@{cast.AT}")

    def administrator(self, firm: str) -> User:
        """An organisation's administrator."""
        names = [name for name, _a, key, role in cast.MEMBERS if key == firm and role == cast.ADMINISTRATOR]
        return self.people[names[0]]

    def call(self, *, title: str, title_en: str, opens_at: datetime, closes_at: datetime, programme=None):
        """Open a call under the programme's rules; makes the programme first when there is none."""
        officer = self.people["沈立"]
        if programme is None:
            programme = programming.create_programme(
                name="合肥市科技攻关“揭榜挂帅”", name_en="Hefei open challenge programme", by=officer, now=portal_now()
            )
        rules = programme.rules.order_by("-version").first()
        return programming.open_call(
            rules.pk,
            title=title,
            title_en=title_en,
            opens_at=opens_at,
            closes_at=closes_at,
            by=officer,
            now=portal_now(),
        )

    def need(
        self, call, firm: str, fields: Mapping[str, object], indicators: Sequence[Sequence], *, cls: str
    ) -> Challenge:
        """Draft a need with all its fields."""
        by = self.administrator(firm)
        need = drafting.start_need(
            call.pk, self.firms[firm].pk, class_code=cls, title=str(fields["title"]), by=by, now=portal_now()
        )
        rows = [
            {"name": name, "comparator": comparator, "value": Decimal(value), "unit": unit, "test_method": method}
            for name, comparator, value, unit, method, *_ in indicators
        ]
        return drafting.save_need(
            need.pk, fields=dict(fields), indicators=rows, version=need.version, by=by, now=portal_now()
        )

    def submit(self, need: Challenge, firm: str) -> None:
        """Hand the need in to its district."""
        drafting.submit_need(need.pk, by=self.administrator(firm), now=portal_now())

    def recommend(self, need: Challenge) -> None:
        """The district recommends it."""
        look_up([need.poster_id], need.rules, by=self._reviewer(need))
        vetting.recommend_need(need.pk, why="", by=self._reviewer(need), now=portal_now())

    def pool(self, need: Challenge) -> None:
        """The officer files it into the pool."""
        vetting.pool_need(need.pk, by=self.people["方敏"], now=portal_now())

    def notice(self, need: Challenge, moment: datetime) -> PublicNotice:
        """The officer gives public notice from this day on."""
        return publicising.give_notice(need.pk, starts_on=moment.date(), by=self.people["方敏"], now=self.at(moment))

    def publish(self, need: Challenge, notice: PublicNotice, opens_at: datetime, closes_at: datetime) -> None:
        """The clock ends the notice, the officer publishes the board."""
        publicising.end_notice(notice.pk, now=self.at(notice.ends_at))
        self.at(opens_at)
        publishing.publish_board(
            need.pk, opens_at=opens_at, closes_at=closes_at, by=self.people["方敏"], now=portal_now()
        )

    def bid(
        self, board: Challenge, firm: str, *, price: int, milestones: Sequence[Sequence], offers: Sequence[str],
        consortium: Sequence[Sequence] = (), seal: bool = True,
    ) -> Bid:  # fmt: skip
        """A team writes its document, signs it off and seals it."""
        by = self.administrator(firm)
        bid = bidding.start_bid(board.pk, self.firms[firm].pk, by=by, now=portal_now())
        price_fen = wan_to_fen(Decimal(price))
        spent = split(price_fen, [30, 40, 20, 10])
        document = {
            **empty_bid_document(),
            "summary": f"{self.firms[firm].name}针对本榜单提出的总体方案：以成熟原理样机为基础，分三步完成工程化。",
            "route": "采用单晶金刚石NV系综与环形聚磁结构，双共振峰差分读出抑制温漂；专用芯片合并激光与微波驱动；三温九点法批量标定。",
            "risks": "主要风险为流片延期，备选分立方案；每季度评估一次。",
            "ip_terms": "产品知识产权归发榜单位，方法知识产权归揭榜方并许可使用。",
            "team": [
                {"name": by.name, "role": "项目负责人", "title": "研究员"},
                {"name": "高原", "role": "技术负责人", "title": "副研究员"},
            ],
            "consortium": [
                {"uscc": self.firms[key].uscc, "name": self.firms[key].name, "share_percent": share, "task": task}
                for key, share, task in consortium
            ],
            "offers": [
                {"indicator": str(indicator.pk), "value": value, "note": ""}
                for indicator, value in zip(board.indicators.order_by("position"), offers, strict=True)
            ],
            "milestones": [
                {"title": title, "month": month, "deliverable": deliverable, "amount_fen": wan_to_fen(Decimal(amount))}
                for title, month, deliverable, amount in milestones
            ],
            "budget": [
                {"subject": subject, "amount_fen": amount}
                for subject, amount in zip(("equipment", "business", "labour", "indirect"), spent, strict=True)
            ],
            "price_fen": price_fen,
            "months": board.months,
        }
        bidding.save_draft(bid.pk, document=document, version=bid.draft.version, by=by, now=portal_now())
        if seal:
            bidding.ask_sign_off(bid.pk, by=by, now=portal_now())
            sealing.seal_bid(bid.pk, by=by, now=portal_now())
        return bid

    def open(self, board: Challenge, moment: datetime) -> None:
        """The clock closes the box, and the job opens it."""
        now = self.at(moment)
        opening.close_box(board.pk, now=now)
        opening.open_box(board.pk, now=now)

    def qualify(self, bid: Bid, *, why_not: str = "") -> None:
        """The officer lets a bid through to the panel, or not."""
        if why_not:
            exclude_for_a_share(bid, percent=12, why=why_not, by=self.people["方敏"])
        else:
            look_up_bidders(bid, by=self.people["方敏"])
            qualifying.qualify_bid(bid.pk, by=self.people["方敏"], now=portal_now())

    def panel(self, board: Challenge, experts: Sequence[str], *, due_at: datetime, accept: int) -> Panel:
        """The officer convenes, the draw clerk names; the first ``accept`` experts take their seats."""
        panel = drawing.convene_panel(
            board.pk, size=len(experts), due_at=due_at, by=self.people["方敏"], now=portal_now()
        )
        people = [self.person(address) for address in experts]
        drawing.name_experts(
            panel.pk, experts=[person.pk for person in people], by=self.people["何静"], now=portal_now()
        )
        for seat in panel.assignments.filter(expert_id__in=[person.pk for person in people[:accept]]):
            reviewing.accept_seat(
                seat.pk, declares_no_conflict=True, by=User.objects.get(pk=seat.expert_id), now=portal_now()
            )
        return panel

    def score(self, panel: Panel, totals: Mapping[str, Sequence[int]], experts: Sequence[str]) -> None:
        """Each expert hands in a sheet for each candidate, with these totals by bidder."""
        criteria = list(panel.rubric.criteria.all())
        weights = [int(criterion.weight_percent) for criterion in criteria]
        lead = {self.firms[firm].pk: firm for firm in totals}
        for candidate in panel.candidates.select_related("of_bid__bid"):
            sums = totals[lead[candidate.of_bid.bid.lead_id]]
            for address, total in zip(experts, sums, strict=False):
                by = self.person(address)
                seat = panel.assignments.get(expert_id=by.pk)
                points = dict(zip((c.pk for c in criteria), map(Decimal, split(total, weights)), strict=True))
                sheet = reviewing.save_sheet(
                    seat.pk,
                    candidate.pk,
                    points=points,
                    comments=dict.fromkeys(points, ""),
                    comment="方案完整，指标应答有依据；芯片流片进度需关注。",
                    by=by,
                    now=portal_now(),
                )
                reviewing.submit_sheet(sheet.pk, by=by, now=portal_now())

    def lock(self, panel: Panel) -> None:
        """The officer ends the scoring; score and rank are made."""
        ranking.lock_panel(panel.pk, by=self.people["方敏"], now=portal_now())

    def settle(self, shown_at: datetime) -> None:
        """Let the clock run on from this moment; the demo now lives then."""
        self.owner.execute("DELETE FROM portal_clock")
        self.owner.execute(
            "INSERT INTO portal_clock (id, shift) VALUES (1, %s::timestamptz - clock_timestamp())", [shown_at]
        )
        self.owner.commit()

    @staticmethod
    def code(number: int) -> str:
        """The credit code grown from a number, with its check character."""
        stem = f"91340100MA{number:07d}"
        return stem + check_character(stem)

    def _person(self, name: str, address: str, secret: str) -> User:
        person = User.objects.create(email=f"{address}@{cast.AT}", name=name, password=secret, language="zh-hans")
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        if name in self.proved_twice:
            TOTP.activate(person, SECRET)
        self.people[name] = person
        return person

    def _keeper(self, firm: cast.Firm, secret: str) -> User:
        return self._person(firm.representative, f"{firm.key}.office", secret)

    def _reviewer(self, need: Challenge) -> User:
        code = need.poster.district.code
        name = next(name for name, _a, _role, district in cast.OFFICIALS if district == code)
        return self.people[name]


def days(number: float) -> timedelta:
    """So many days."""
    return timedelta(days=number)
