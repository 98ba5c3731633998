"""What happens to organisations in the demo: a profile, a correction, a change, a former name, a branch, and a merge."""

from datetime import date, datetime

from portal.actions import (
    changing_entries,
    correcting,
    merging_organisations,
    naming_organisations,
    profiling,
    registering,
)
from portal.clock import portal_now
from portal.demo.story import Story, days
from portal.kernel.money import wan_to_fen
from portal.models import Organisation

PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
BRANCH, ABSORBED, RETURNED = 21, 22, 23
"""Numbers from which the codes of three more organisations are grown."""


def tell_organisations(story: Story, until: datetime) -> None:
    """The weeks before the demo's day: three organisations come, one of them joins another."""
    story.at(until - days(20))
    write_profile(story)
    branch = enter(story, BRANCH, "合肥甲量子仪器股份有限公司蜀山分公司", "周启", parent="quantum")
    absorbed = enter(story, ABSORBED, "己敏元件有限公司", "罗成")
    returned = enter(story, RETURNED, "庚电测校准服务有限公司", "韩东")
    story.at(until - days(18))
    for organisation in (branch, absorbed):
        registering.verify_organisation(organisation.pk, by=story.people["方敏"], now=portal_now())
    marks = {"legal_representative": "与营业执照不符，请核对。", "address": "请填写执照上的住所。"}
    correcting.return_organisation(returned.pk, items=marks, by=story.people["方敏"], now=portal_now())
    story.at(until - days(12))
    merge(story, absorbed, "sensors", from_on=(until - days(10)).date())
    story.at(until - days(3))
    naming_organisations.add_alias(
        story.firms["machines"].pk, name="辛机械厂", kind="former", starts_on=date(2001, 4, 1), ends_on=date(2016, 8, 31),
        by=story.administrator("machines"), now=portal_now(),
    )  # fmt: skip
    changing_entries.ask_change(
        story.firms["quantum"].pk, item="address", new="合肥市高新区望江西路800号", why="研发楼落成，住所已变更登记。",
        since=(until - days(5)).date(), file=("变更通知书.pdf", PAPER), by=story.administrator("quantum"), now=portal_now(),
    )  # fmt: skip


def write_profile(story: Story) -> None:
    """The poster writes whom to ask and its figures; the bureau finds one of them in the annual report."""
    quantum, by = story.firms["quantum"].pk, story.people["林芳"]
    known = {"contact_person": "林芳", "contact_phone": "0551-0000 0000", "website": "https://jia.example", "industry": "量子精密测量"}
    figures = {"sales_fen": wan_to_fen("31240"), "rd_spend_fen": wan_to_fen("2871"), "staff": 412, "rd_staff": 156}
    profiling.state_facts(quantum, values=known, by=by, now=portal_now())
    profiling.state_facts(quantum, values=figures, year=2025, file=("年报.pdf", PAPER), by=by, now=portal_now())
    profiling.vouch_fact(
        quantum, item="sales_fen", year=2025, source="register", source_note="国家企业信用信息公示系统", by=story.people["方敏"],
        now=portal_now(),
    )  # fmt: skip


def enter(story: Story, number: int, name: str, by: str, *, parent: str = "") -> Organisation:
    """Somebody enters one more organisation."""
    person = story.people[by]
    return registering.register_organisation(
        uscc=story.code(number), uscc_confirmed=False, name=name, kind="enterprise",
        district_id=story.firms["quantum"].district_id, legal_representative="章远",
        parent_uscc=story.firms[parent].uscc if parent else "", by=person, now=portal_now(),
    )  # fmt: skip


def merge(story: Story, absorbed: Organisation, into: str, *, from_on: date) -> None:
    """An officer proposes on the ground of a resolution, the division head confirms."""
    proposed = merging_organisations.propose_merge(
        absorbed.pk, story.firms[into].pk, from_on=from_on, document_number="己股〔2026〕3号", file=("合并决议.pdf", PAPER),
        by=story.people["方敏"], now=portal_now(),
    )  # fmt: skip
    merging_organisations.confirm_merge(proposed.pk, by=story.people["沈立"], now=portal_now())
