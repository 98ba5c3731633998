"""The situations of the permission table: who takes part, and how far the case has come."""

from base64 import b64encode
from collections.abc import Callable
from types import SimpleNamespace

from challenges.actions import bidding, objecting, qualifying, ranking
from challenges.states import ChallengeState
from funding.actions import accounts, disbursing
from portal.actions.destroying import ask_destruction
from portal.actions.erasing import ask_erasure
from portal.actions.regaining import ask_second_factor_reset
from portal.clock import portal_now
from portal.masked import KINDS
from portal.models import District, Event, MemberRole, Role, User
from portal.record import record
from tests.clock import Clock
from tests.making import Make
from tests.making.members import LETTER
from tests.making.organisations import PAPER
from tests.making.payments import SLIP

TWO = ((91, 88, 90, 86, 93), (85, 87, 82, 90, 84))
"""Sheet totals: the lead's bid first, the rival's second."""


class Situation:
    """People by role, and things by name."""

    def __init__(self, make: Make, clock: Clock) -> None:
        self.make, self.clock = make, clock
        self.poster, self.lead, self.rival = make.organisation("合肥甲量子仪器"), make.bidder("乙研究院"), make.bidder("丙大学")
        elsewhere = District.objects.create(code="340111", name="包河区", name_en="Baohe")
        self.things: dict[str, object] = {"poster": self.poster, "lead": self.lead, "rival": self.rival}
        self.roles: dict[str, User | None] = {
            "visitor": None,
            "poster_admin": make.administrator(self.poster),
            "poster_viewer": make.member(self.poster, MemberRole.VIEWER),
            "rival_admin": make.administrator(self.rival),
            "lead_admin": make.administrator(self.lead),
            "lead_editor": make.editor(self.lead),
            "expert": make.expert(),
            "other_expert": make.expert(),
            "district": make.reviewer(self.poster),
            "other_district": make.official(Role.DISTRICT, elsewhere),
            "officer": make.case_officer(),
            "division_head": make.division_head(),
            "draw_clerk": make.draw_clerk(),
            "leader": make.official(Role.LEADER),
            "other_officer": make.officer_elsewhere(),
            "discipline": make.official(Role.DISCIPLINE),
            "auditor": make.official(Role.AUDITOR),
            "preparer": make.preparer(),
            "approver": make.approver(),
            "reconciler": make.reconciler(),
            "support": make.supporter(),
        }
        self.roles = {name: getattr(person, "user", person) for name, person in self.roles.items()}

    def has(self, **things: object) -> None:
        """Name things for the table."""
        self.things.update(things)

    def value(self, name: str) -> str:
        """What an argument of the table stands for: a thing's id, or an attribute of it."""
        thing, _dot, attribute = name.partition(".")
        found = self.things[thing]
        return str(getattr(found, attribute) if attribute else getattr(found, "pk", found))


def people(situation: Situation) -> None:
    """Nothing has happened yet but a programme and a call; one organisation waits for verification."""
    call = situation.make.call()
    waiting = situation.make.organisation("丁公司", verified=False)
    situation.has(no_key=999_999_999, identity="identity")
    lost = situation.make.official(Role.AUDITOR)
    reset = ask_second_factor_reset(lost.pk, why="遗失。", by=situation.make.official(Role.DIVISION_HEAD), now=portal_now())
    situation.has(member=situation.roles["poster_viewer"], colleague=situation.make.official(Role.AUDITOR), colleague_reset=reset)
    situation.has(call=call, rules=call.rules, programme=call.rules.programme, waiting=waiting)
    situation.has(credit_check=situation.poster.credit_checks.first(), pool_expert=situation.roles["expert"])
    situation.has(item="legal_representative", district=situation.poster.district, newcomer=situation.make.person().email)
    situation.has(membership=situation.poster.memberships.get(user=situation.roles["poster_viewer"]))
    _organisation_affairs(situation)
    _delegations_and_support_views(situation)
    _offices(situation)
    situation.has(setting=situation.make.proposed_setting("support_view_minutes", 20), setting_name="invitation_days")
    situation.has(text=situation.make.written_text("terms"), text_kind="privacy")
    _own_data(situation)
    _forgotten(situation)


def _forgotten(situation: Situation) -> None:
    """Somebody asks to be forgotten; words on one event are to be destroyed, those on another are not proposed."""
    make, now = situation.make, portal_now()
    situation.has(erasure=ask_erasure(by=make.person(), now=now))
    worded, unproposed = (record("organisation.noted", situation.poster, by=None, why=why) for why in ("误写的秘密", "理由"))
    destruction = ask_destruction(worded, why="含有秘密。", by=make.official(Role.LEADER), now=now)
    situation.has(worded=worded, unproposed=unproposed, destruction=destruction)


def _offices(situation: Situation) -> None:
    """A leader has proposed a role for a newcomer, the division head has invited another one."""
    make, head = situation.make, situation.roles["division_head"]
    offer = make.offer(by=head)
    proposal = make.proposal(role=Role.APPROVER, by=make.leader(), document=("任命书.pdf", LETTER))
    situation.has(role=situation.things["colleague"].grants.get(), role_proposal=proposal)
    situation.has(office=offer, office_secret=make.secret_of(offer))


def _organisation_affairs(situation: Situation) -> None:
    """The poster has invited a newcomer and asks for a new name; the bureau has its letter, and a proposal of a merge."""
    make, poster = situation.make, situation.poster
    administrator = situation.roles["poster_admin"]
    invitation = make.invitation(poster, by=administrator)
    situation.has(invitation=invitation, secret=make.secret_of(invitation), replacement=make.replacement(poster))
    merge = make.proposed_merge(make.organisation("戊公司"), poster)
    situation.has(change=make.change(poster), alias=make.alias(poster), organisation_merge=merge, paper=b64encode(PAPER[1]).decode())


def _own_data(situation: Situation) -> None:
    """The poster's administrator has a copy of their data and asks for a correction."""
    make, administrator = situation.make, situation.roles["poster_admin"]
    situation.has(export=make.own_copy(administrator), correction=make.correction(administrator))
    situation.has(**{f"of_{code.replace('-', '_')}": code for code in KINDS})


def _delegations_and_support_views(situation: Situation) -> None:
    """The poster's administrator offers a membership, the head acts for the officer; support asks the one, may look at the other."""
    make, roles = situation.make, situation.roles
    offered = make.offered(roles["poster_admin"], roles["poster_viewer"])
    situation.has(offered=offered, held=make.delegation(roles["officer"], roles["division_head"]), power=roles["draw_clerk"].grants.get())
    situation.has(asked_view=make.asked_view(roles["support"], roles["poster_admin"]))
    situation.has(agreed_view=make.agreed_view(roles["support"], roles["lead_admin"]), head_address=User.objects.get(pk=roles["division_head"].pk).email)


def need(state: str) -> Callable[[Situation], None]:
    """A need of the poster's in a state."""

    def build(situation: Situation) -> None:
        people(situation)
        challenge = situation.make.need(state, poster=situation.poster, files=1)
        situation.has(challenge=challenge, notice=situation.make.notice_of(challenge), file=challenge.files.first())

    return build


def in_notice(situation: Situation) -> None:
    """The board stands in its public notice."""
    people(situation)
    call = situation.make.call(notice_before_publishing=True)
    challenge = situation.make.need(ChallengeState.IN_NOTICE, poster=situation.poster, call=call)
    situation.has(challenge=challenge, notice=situation.make.notice_of(challenge))


def published(situation: Situation) -> None:
    """A board open for bids; the lead's team has a draft."""
    need(ChallengeState.POOLED)(situation)
    board = situation.make.board(poster=situation.poster, title="已发布的榜单", files=1)
    bid = situation.make.bid(board, lead=situation.lead, files=1)
    situation.has(challenge=board, file=board.files.first(), bid=bid, draft_file=bid.draft_files.get().file_id, section="route")


def signed_off(situation: Situation) -> None:
    """The lead's bid waits for its administrator."""
    published(situation)
    bidding.ask_sign_off(situation.things["bid"].pk, by=situation.roles["lead_editor"], now=situation.clock.now())


def sealed(situation: Situation) -> None:
    """Lead and rival have sealed; the box is not yet closed."""
    people(situation)
    make = situation.make
    board = make.board(poster=situation.poster)
    bid = make.sealed_bid(board, lead=situation.lead, files=1)
    rival_bid = make.sealed_bid(board, lead=situation.rival, price="1180")
    seal = bid.seals.get()
    situation.has(challenge=board, bid=bid, rival_bid=rival_bid, receipt=seal.receipt, seal=seal)
    published = Event.objects.get(kind="challenge.published", subject_id=board.pk)
    situation.has(sealing=seal.receipt.event, publishing=published)


def opened(situation: Situation) -> None:
    """The box is open."""
    sealed(situation)
    situation.make.open(situation.clock, situation.things["challenge"])
    situation.has(bid_file=situation.things["bid"].files.first())


def qualified(situation: Situation) -> None:
    """Both bids meet the formal conditions."""
    opened(situation)
    for name in ("bid", "rival_bid"):
        qualifying.qualify_bid(situation.things[name].pk, by=situation.roles["officer"], now=situation.clock.now())


def seated(situation: Situation) -> None:
    """The experts sit on the panel; one has begun a sheet."""
    qualified(situation)
    make = situation.make
    panel = make.seated_panel(situation.clock, [situation.things["bid"], situation.things["rival_bid"]])
    _seat(situation, panel)
    situation.has(sheet=make.sheet(situation.things["seat"], situation.things["candidate"]))


def scored(situation: Situation) -> None:
    """Every sheet is handed in."""
    qualified(situation)
    bids = [situation.things["bid"], situation.things["rival_bid"]]
    panel = situation.make.scored_panel(situation.clock, bids, totals=TWO)
    _seat(situation, panel)
    situation.has(sheet=situation.things["seat"].sheets.first())


def ranked(situation: Situation) -> None:
    """The scores are locked."""
    scored(situation)
    ranking.lock_panel(situation.things["panel"].pk, by=situation.roles["officer"], now=situation.clock.now())


def selected(situation: Situation) -> None:
    """The poster has chosen the lead's bid and drafted the agreement."""
    ranked(situation)
    bid = situation.make.selected_bid(situation.clock, situation.things["panel"])
    situation.has(bid=bid, agreement=situation.make.agreement(situation.clock, bid))


def signing(situation: Situation) -> None:
    """The agreement is being signed."""
    ranked(situation)
    bid = situation.make.selected_bid(situation.clock, situation.things["panel"])
    situation.has(bid=bid, agreement=situation.make.agreement_to_sign(situation.clock, bid))


def signed(situation: Situation) -> None:
    """Both sides have signed."""
    ranked(situation)
    bid = situation.make.selected_bid(situation.clock, situation.things["panel"])
    situation.has(bid=bid, agreement=situation.make.signed_agreement(situation.clock, bid))


def round_open(situation: Situation) -> None:
    """Both sides have signed, and a round takes applications."""
    situation.clock.china(2026, 1, 5)
    for organisation in (situation.poster, situation.lead, situation.rival):
        situation.make.credit_checks(organisation)
    signed(situation)
    opened = situation.make.round()
    situation.has(round=opened, appropriation=opened.appropriation, slip=b64encode(SLIP).decode())


def application(state: str) -> Callable[[Situation], None]:
    """An application of the poster's in a state up to before the panel."""

    def build(situation: Situation) -> None:
        round_open(situation)
        things = situation.things
        project = situation.make.application(
            situation.clock, state, agreement=things["agreement"], opened=things["round"]
        )
        situation.has(project=project, version=str(project.version))

    return build


def reviewed_project(situation: Situation) -> None:
    """The panel on the applications is locked."""
    application("checked")(situation)
    situation.has(panel=situation.make.review(situation.things["round"]))


def noticed_project(situation: Situation) -> None:
    """The proposed award is before the public; the rival has objected."""
    round_open(situation)
    make, things = situation.make, situation.things
    project = make.project_in_notice(situation.clock, agreement=things["agreement"], opened=things["round"])
    notice, rival = make.award_notice(project), situation.roles["rival_admin"]
    objection = objecting.file_objection(
        notice.pk, project.pk, name="李华", phone="0551-1", reason="专家与揭榜方合著。", by=rival, now=situation.clock.now()
    )
    situation.has(project=project, notice=notice, objection=objection)


def decided_project(situation: Situation) -> None:
    """The government's approval is recorded, not yet confirmed."""
    round_open(situation)
    make, things = situation.make, situation.things
    project = make.noticed_project(situation.clock, agreement=things["agreement"], opened=things["round"])
    situation.has(project=project, decision=make.decision(project))


def approved_project(situation: Situation) -> None:
    """The award is approved; there is no task book yet."""
    round_open(situation)
    things = situation.things
    project = situation.make.approved_project(situation.clock, agreement=things["agreement"], opened=things["round"])
    situation.has(project=project)


def task_signing(situation: Situation) -> None:
    """The task book waits for its four signatures."""
    approved_project(situation)
    situation.has(taskbook=situation.make.taskbook_to_sign(situation.clock, situation.things["project"]))


def under_way(situation: Situation) -> None:
    """The task book is signed; the poster has entered an account that nobody has confirmed."""
    signed(situation)
    make = situation.make
    project = make.project_under_way(situation.clock, agreement=situation.things["agreement"])
    milestone = make.milestone(project)
    account = make.entered_account(situation.poster)
    situation.has(project=project, instalment=make.instalment(project), milestone=milestone, account=account)
    situation.has(appropriation=project.round.appropriation, slip=b64encode(SLIP).decode())


def claimed(situation: Situation) -> None:
    """The first instalment is claimed, the first milestone reported."""
    under_way(situation)
    make, project = situation.make, situation.things["project"]
    instalment = make.claimed_instalment(situation.clock, project)
    milestone = make.reported_milestone(situation.clock, project)
    situation.has(instalment=instalment, receipt=project.receipts.get(), milestone=milestone)
    situation.has(evidence=milestone.reports.get().evidence.get())


def verified(situation: Situation) -> None:
    """The claim is verified, the account confirmed."""
    claimed(situation)
    now = situation.clock.now()
    disbursing.verify_claim(situation.things["instalment"].pk, by=situation.roles["officer"], now=now)
    accounts.confirm_bank_account(situation.things["account"].pk, by=situation.make.reconciler(), now=now)


def prepared(situation: Situation) -> None:
    """A payment waits for its approvers."""
    verified(situation)
    by, now = situation.make.preparer(), situation.clock.now()
    situation.has(payment=disbursing.prepare_payment(situation.things["instalment"].pk, by=by, now=now))


def sent(situation: Situation) -> None:
    """The payment is in a payment list."""
    prepared(situation)
    situation.make.approve(situation.things["payment"], 1, 2)
    made = disbursing.send_payments(by=situation.make.reconciler(), now=situation.clock.now())[0]
    situation.has(list=made, answer=b64encode(situation.make.answer_to(made)).decode())


def _seat(situation: Situation, panel: object) -> None:
    seats = situation.make.seats(panel)
    candidate = situation.make.candidate(panel, situation.things["bid"])
    situation.roles["expert"] = seats[0].expert.user
    situation.has(panel=panel, seat=seats[0], candidate=candidate, spare=situation.make.expert())


S = ChallengeState
SITUATIONS: dict[str, Callable[[Situation], None]] = {
    "people": people,
    "draft": need(S.DRAFT),
    "submitted": need(S.SUBMITTED),
    "returned": need(S.RETURNED),
    "recommended": need(S.RECOMMENDED),
    "pooled": need(S.POOLED),
    "in_notice": in_notice,
    "published": published,
    "signed_off": signed_off,
    "sealed": sealed,
    "opened": opened,
    "qualified": qualified,
    "seated": seated,
    "scored": scored,
    "ranked": ranked,
    "selected": selected,
    "signing": signing,
    "signed": signed,
    "round_open": round_open,
    "applying": application("draft"),
    "applied": application("submitted"),
    "checked_project": application("checked"),
    "reviewed_project": reviewed_project,
    "noticed_project": noticed_project,
    "decided_project": decided_project,
    "approved_project": approved_project,
    "task_signing": task_signing,
    "under_way": under_way,
    "claimed": claimed,
    "verified": verified,
    "prepared": prepared,
    "sent": sent,
}


HIDDEN = SimpleNamespace(situations=("published", "signed_off", "sealed"), names=("bid", "rival_bid"))
"""Before opening: what may not stand in any answer to others than the bid's own people."""
