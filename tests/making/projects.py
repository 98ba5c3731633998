"""Rounds, applications, decisions and task books."""

from collections.abc import Sequence
from datetime import timedelta

from challenges.actions import drawing
from challenges.models import Agreement, Panel, PublicNotice
from funding.actions import (
    applying,
    approving,
    deciding,
    opening_rounds,
    reviewing_projects,
    tasking,
    vetting_projects,
)
from funding.models import Appropriation, Decision, DecisionKind, Project, Round, TaskBook, TaskParty
from funding.queries.rounds import notice_of
from funding.states import ProjectState
from portal.clock import china_date, portal_now, read_clock
from portal.kernel.money import wan_to_fen
from portal.models import Role, User

CHECKED = "信用中国、执行信息公开网、企业信用公示系统均无不良记录；查重相似度 11%。"
CONTRACT = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
S = ProjectState


class Projects:
    """Projects, each reached by the actions people would take."""

    def preparer(self) -> User:
        """The preparer of the finance bureau, the same one each time."""
        return self._once("preparer", lambda: self.official(Role.PREPARER))

    def appropriation(self, amount: str = "2000") -> Appropriation:
        """City money that was made available, in 万元."""
        return opening_rounds.record_appropriation(
            budget_year=china_date(portal_now()).year,
            document_number=f"合财教〔2026〕{next(self.numbers)}号",
            function_code="2060404",
            economic_code="50799",
            amount_fen=wan_to_fen(amount),
            by=self.preparer(),
            now=portal_now(),
        )

    def round(self, appropriation: Appropriation | None = None, *, rules=None, amount: str = "2000") -> Round:
        """A round of applications that opens now for 60 days, under the rules of the usual call."""
        now = portal_now()
        rules = rules or self.call().rules
        return opening_rounds.open_round(
            rules.pk,
            (appropriation or self.appropriation(amount)).pk,
            title="2026年度揭榜挂帅项目申报",
            title_en="Project applications 2026",
            opens_at=now,
            closes_at=now + timedelta(days=60),
            by=self.case_officer(),
            now=now,
        )

    def application(
        self, clock, state: str = S.DRAFT, *, agreement: Agreement | None = None, opened: Round | None = None, **fields
    ) -> Project:
        """An application on a signed agreement in a state up to ``checked``, complete with its labour contract."""
        if agreement is None and not read_clock().rehearsal:
            clock.china(2026, 1, 5)  # a year of which the holiday table knows every day
        agreement = agreement or self.signed_agreement(clock)
        opened = opened or self.round(rules=agreement.bid.challenge.rules)
        editor = self.editor(agreement.bid.challenge.poster)
        project = applying.start_application(agreement.pk, opened.pk, by=editor, now=portal_now())
        fields = {"lead_person": "周衡", **fields}
        applying.save_application(project.pk, fields=fields, version=project.version, by=editor, now=portal_now())
        content = CONTRACT + f"% {project.pk}".encode()
        applying.attach_labour_contract(project.pk, name="劳动合同.pdf", content=content, by=editor, now=portal_now())
        for step in self.PROJECT_STEPS[state]:
            step(self, project)
        return self.fresh_project(project)

    def project_panel(self, opened: Round, *, size: int = 5) -> Panel:
        """A panel on the checked applications of a round, its experts seated."""
        now = portal_now()
        panel = reviewing_projects.convene_project_panel(
            opened.pk, size=size, due_at=now + timedelta(days=9), by=self.case_officer(), now=now
        )
        experts = [self.expert().pk for _ in range(size)]
        drawing.name_experts(panel.pk, experts=experts, by=self.draw_clerk(), now=portal_now())
        for seat in self.seats(panel):
            self.accept(seat)
        return panel

    def review(self, opened: Round, totals: Sequence[int] = (), *, size: int = 5) -> Panel:
        """Every checked application of a round scored and the panel locked; ``totals`` one for each, by creation."""
        panel = self.project_panel(opened, size=size)
        candidates = panel.candidates.select_related("of_project__project").order_by("of_project__project__created_at")
        for place, candidate in enumerate(candidates):
            for seat in self.seats(panel):
                self.hand_in(seat, candidate, totals[place] if totals else 88)
        reviewing_projects.lock_project_panel(panel.pk, by=self.case_officer(), now=portal_now())
        return panel

    def reviewed_project(self, clock, **made) -> Project:
        """An application with its official score."""
        project = self.application(clock, S.CHECKED, **made)
        self.review(project.round)
        return self.fresh_project(project)

    def proposed_project(self, clock, *, award: str = "1000", **made) -> Project:
        """A project for which an award (万元) is proposed."""
        project = self.reviewed_project(clock, **made)
        deciding.propose_awards(
            project.round_id, awards={project.pk: wan_to_fen(award)}, by=self.case_officer(), now=portal_now()
        )
        return self.fresh_project(project)

    def project_in_notice(self, clock, **made) -> Project:
        """A project whose proposed award is before the public from today on."""
        project = self.proposed_project(clock, **made)
        now = portal_now()
        deciding.give_award_notice(
            project.round_id, [project.pk], starts_on=china_date(now), by=self.case_officer(), now=now
        )
        return self.fresh_project(project)

    def noticed_project(self, clock, **made) -> Project:
        """A project whose public notice has run its full time."""
        project = self.project_in_notice(clock, **made)
        notice = self.award_notice(project)
        clock.set(notice.ends_at)
        deciding.end_award_notice(notice.pk, now=portal_now())
        return self.fresh_project(project)

    def decision(self, *projects: Project, amounts: dict | None = None, number: str = "") -> Decision:
        """The approval of the city government, recorded and not yet confirmed."""
        now = portal_now()
        return approving.record_decision(
            projects[0].round_id,
            kind=DecisionKind.GOVERNMENT,
            document_number=number or f"合政办〔2026〕{next(self.numbers)}号",
            decided_on=china_date(now),
            items=amounts or {project.pk: project.proposed_fen for project in projects},
            scan=("批复.pdf", CONTRACT + f"% {next(self.numbers)}".encode()),
            by=self.case_officer(),
            now=now,
        )

    def approved_project(self, clock, **made) -> Project:
        """A project with number and award, committed in the ledger."""
        project = self.noticed_project(clock, **made)
        approving.confirm_decision(self.decision(project).pk, by=self.division_head(), now=portal_now())
        return self.fresh_project(project)

    def taskbook(self, clock, project: Project | None = None, **made) -> TaskBook:
        """A draft of the task book, as the portal fills it in."""
        project = project or self.approved_project(clock, **made)
        return tasking.draft_taskbook(project.pk, by=self.editor(project.poster), now=portal_now())

    def taskbook_to_sign(self, clock, project: Project | None = None, **made) -> TaskBook:
        """A task book that waits for its four signatures."""
        taskbook = self.taskbook(clock, project, **made)
        return tasking.send_taskbook_to_sign(taskbook.pk, by=self.editor(taskbook.project.poster), now=portal_now())

    def signers(self, project: Project) -> dict[str, User]:
        """Who signs a task book, by party."""
        return {
            TaskParty.POSTER: self.administrator(project.poster),
            TaskParty.BIDDER: self.administrator(project.bidder),
            TaskParty.DISTRICT: self.reviewer(project.poster),
            TaskParty.BUREAU: self.division_head(),
        }

    def project_under_way(self, clock, **made) -> Project:
        """A project whose task book all four parties have signed, with milestones and instalments."""
        taskbook = self.taskbook_to_sign(clock, **made)
        for party, signer in self.signers(taskbook.project).items():
            tasking.sign_taskbook(taskbook.pk, party=party, by=signer, now=portal_now())
        return self.fresh_project(taskbook.project)

    def award_notice(self, project: Project) -> PublicNotice:
        """The latest public notice that lists a project."""
        return notice_of(project)

    def fresh_project(self, project: Project) -> Project:
        """The project as it stands in the database."""
        rows = Project.objects.select_related("round__appropriation", "rules__funding", "poster", "bidder", "challenge")
        return rows.get(pk=project.pk)

    def _submit_project(self, project: Project) -> None:
        applying.submit_application(project.pk, by=self.administrator(project.poster), now=portal_now())

    def _recommend_project(self, project: Project) -> None:
        vetting_projects.recommend_application(project.pk, by=self.reviewer(project.poster), now=portal_now())

    def _check_project(self, project: Project) -> None:
        vetting_projects.check_application(project.pk, why=CHECKED, by=self.case_officer(), now=portal_now())

    def _return_project(self, project: Project) -> None:
        vetting_projects.return_application(
            project.pk, why="劳动合同缺页。", by=self.reviewer(project.poster), now=portal_now()
        )

    PROJECT_STEPS = {
        S.DRAFT: (),
        S.SUBMITTED: (_submit_project,),
        S.RETURNED: (_submit_project, _return_project),
        S.RECOMMENDED: (_submit_project, _recommend_project),
        S.CHECKED: (_submit_project, _recommend_project, _check_project),
    }
