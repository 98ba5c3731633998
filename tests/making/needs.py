"""Programmes, calls, needs and boards."""

from datetime import datetime, timedelta
from decimal import Decimal

from challenges.actions import drafting, programming, publicising, publishing, vetting
from challenges.models import Call, Challenge, Programme, PublicNotice, Rules
from challenges.states import ChallengeState
from portal.clock import china_date, portal_now
from portal.kernel.money import wan_to_fen
from portal.models import MemberRole, Organisation, Role, User

WINDOW_DAYS = 45
MANY_DAYS = 3650
"""How long a credit check counts in tests that are about something else."""

FIELDS = {
    "field": "quantum",
    "background": "电池簇直流侧电流在毫安到千安之间变化，现有传感器难以同时满足量程、温漂与体积要求。",
    "content": "以金刚石NV色心为敏感元件，研制可批量制造的电流传感器，完成样机、环境试验和现场试运行。",
    "scenario": "储能与车用电池簇、电网设备。",
    "bidder_conditions": "有量子精密测量研发基础的高校、科研院所或新型研发机构。",
    "ip_choice": "shared",
    "ip_terms": "产品知识产权归发榜方，方法知识产权归揭榜方并许可发榜方使用。",
    "contact": "研发管理部 0551-6000000",
    "months": 36,
    "total_fen": wan_to_fen("2600"),
    "own_fen": wan_to_fen("1600"),
    "city_fen": wan_to_fen("1000"),
    "other_fen": 0,
    "board_fen": wan_to_fen("1200"),
    "declared_unclassified": True,
    "declared_commitment": True,
}
"""A need that is complete, with the money of the worked example."""

INDICATORS = [
    {"name": "量程", "comparator": ">=", "value": Decimal(1000), "unit": "A", "test_method": "第三方检测，直流标准源"},
    {"name": "全温区误差", "comparator": "<=", "value": Decimal("0.05"), "unit": "% FS", "test_method": "−40 至 +85 ℃"},
    {"name": "功耗", "comparator": "<=", "value": Decimal(3), "unit": "W", "test_method": "额定工况"},
]


class Needs:
    """Programmes, calls, needs and boards, each reached by the actions people would take."""

    def case_officer(self) -> User:
        """The bureau's officer, the same one each time."""
        return self._once("case_officer", self.officer)

    def officer_elsewhere(self) -> User:
        """An officer of another programme, and of no other."""
        elsewhere = Programme.objects.create(
            name="另一计划", name_en="Another programme", created_at=portal_now(), created_by=self.case_officer()
        )
        return self.official(Role.OFFICER, programme=elsewhere)

    def programme(self, **figures) -> Programme:
        """A programme with the shipped rules; ``figures`` change some of them. The same one without figures."""
        if figures:
            return self._programme(**figures)
        return self._once("programme", self._programme)

    def rules(self, programme: Programme | None = None) -> Rules:
        """The last version of a programme's rules."""
        return (programme or self.programme()).rules.order_by("-version").first()

    def call(self, programme: Programme | None = None, **figures) -> Call:
        """A call that opens now for 45 days; the same one each time unless a programme or figures are given.

        Its rules skip the public notice unless told otherwise, so that a board can be published at once.
        """
        if programme is None and not figures:
            return self._once("call", lambda: self._call(self.programme(notice_before_publishing=False)))
        return self._call(programme or self.programme(**figures))

    def reviewer(self, organisation: Organisation) -> User:
        """The reviewer of an organisation's district, the same one each time."""
        district = organisation.district
        return self._once(f"reviewer {district.code}", lambda: self.official(Role.DISTRICT, district))

    def editor(self, organisation: Organisation) -> User:
        """An editor of an organisation, the same one each time."""
        return self._once(f"editor {organisation.pk}", lambda: self.member(organisation, MemberRole.EDITOR))

    def need(
        self,
        state: str = ChallengeState.DRAFT,
        *,
        poster: Organisation | None = None,
        call: Call | None = None,
        class_code: str = "major",
        title: str = "金刚石NV色心宽量程电流传感器工程化",
        indicators: list[dict] | None = None,
        files: int = 0,
        **fields,
    ) -> Challenge:
        """A complete need with so many files in a state up to ``published``, or returned, rejected or withdrawn."""
        poster = poster or self.organisation("甲量子仪器股份有限公司")
        call = call or self.call()
        editor = self.editor(poster)
        challenge = drafting.start_need(call.pk, poster.pk, class_code=class_code, title=title, by=editor, now=portal_now())
        drafting.save_need(
            challenge.pk,
            fields={**FIELDS, **fields},
            indicators=INDICATORS if indicators is None else indicators,
            version=challenge.version,
            by=editor,
            now=portal_now(),
        )
        for number in range(1, files + 1):
            content = b"%PDF-1.4\n%" + str(number).encode()
            drafting.attach_file(challenge.pk, name=f"附件{number}.pdf", content=content, by=editor, now=portal_now())
        for step in self.STEPS[state]:
            step(self, challenge)
        return Challenge.objects.select_related("rules", "poster", "call").get(pk=challenge.pk)

    def board(self, *, closes_at: datetime | None = None, opens_at: datetime | None = None, **need) -> Challenge:
        """A published board, open for bids from now on and for the days of its rules unless told otherwise."""
        challenge = self.need(ChallengeState.POOLED, **need)
        return publishing.publish_board(
            challenge.pk, opens_at=opens_at, closes_at=closes_at, by=self.case_officer(), now=portal_now()
        )

    def published(self, clock, **need) -> Challenge:
        """A board published after its public notice; the clock is moved past the notice's last day."""
        need.setdefault("call", self.call(notice_before_publishing=True))
        challenge = self.need(ChallengeState.IN_NOTICE, **need)
        notice = self.notice_of(challenge)
        clock.set(notice.ends_at)
        publicising.end_notice(notice.pk, now=portal_now())
        return publishing.publish_board(challenge.pk, by=self.case_officer(), now=portal_now())

    def notice_of(self, challenge: Challenge) -> PublicNotice:
        """The last public notice of a need."""
        return challenge.notices.order_by("-published_at").first()

    def _programme(self, **figures) -> Programme:
        now = portal_now()
        return programming.create_programme(
            name="合肥市科技攻关“揭榜挂帅”",
            name_en="Hefei board programme",
            by=self.case_officer(),
            now=now,
            valid_from=china_date(now) - timedelta(days=365),
            figures={"credit_check_days": MANY_DAYS, **figures},
        )

    def _call(self, programme: Programme) -> Call:
        now = portal_now()
        return programming.open_call(
            self.rules(programme).pk,
            title="2026年度技术需求征集",
            title_en="Call for needs 2026",
            opens_at=now,
            closes_at=now + timedelta(days=WINDOW_DAYS),
            by=self.case_officer(),
            now=now,
        )

    def _submit(self, challenge: Challenge) -> None:
        drafting.submit_need(challenge.pk, by=self.administrator(challenge.poster), now=portal_now())

    def _recommend(self, challenge: Challenge) -> None:
        vetting.recommend_need(challenge.pk, by=self.reviewer(challenge.poster), now=portal_now())

    def _return(self, challenge: Challenge) -> None:
        vetting.return_need(challenge.pk, why="指标缺少测试条件。", by=self.reviewer(challenge.poster), now=portal_now())

    def _reject(self, challenge: Challenge) -> None:
        vetting.reject_need(challenge.pk, why="行业内已解决。", by=self.reviewer(challenge.poster), now=portal_now())

    def _pool(self, challenge: Challenge) -> None:
        vetting.pool_need(challenge.pk, by=self.case_officer(), now=portal_now())

    def _notice(self, challenge: Challenge) -> None:
        now = portal_now()
        publicising.give_notice(challenge.pk, starts_on=china_date(now), by=self.case_officer(), now=now)

    def _publish(self, challenge: Challenge) -> None:
        publishing.publish_board(challenge.pk, by=self.case_officer(), now=portal_now())

    def _withdraw(self, challenge: Challenge) -> None:
        publishing.withdraw_challenge(
            challenge.pk, why="需求有变化。", by=self.administrator(challenge.poster), now=portal_now()
        )

    STEPS = {
        ChallengeState.DRAFT: (),
        ChallengeState.SUBMITTED: (_submit,),
        ChallengeState.RETURNED: (_submit, _return),
        ChallengeState.REJECTED: (_submit, _reject),
        ChallengeState.RECOMMENDED: (_submit, _recommend),
        ChallengeState.POOLED: (_submit, _recommend, _pool),
        ChallengeState.IN_NOTICE: (_submit, _recommend, _pool, _notice),
        ChallengeState.PUBLISHED: (_submit, _recommend, _pool, _publish),
        ChallengeState.WITHDRAWN: (_withdraw,),
    }

    def _once(self, name: str, make):
        kept = self.__dict__.setdefault("_kept", {})
        if name not in kept:
            kept[name] = make()
        return kept[name]
