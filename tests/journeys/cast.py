"""The people of the worked example, each at a browser of their own."""

from portal.models import Role
from tests.journeys.visitor import Visitor

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class Cast:
    """The people of the case, each at a browser of their own."""

    def __init__(self, make) -> None:
        self.poster = make.organisation("合肥甲量子仪器股份有限公司")
        names = {"A": "乙测量技术研究院", "B": "戊理工大学", "C": "己传感技术有限公司", "D": "庚电测仪器有限公司"}
        self.bidders = {letter: make.organisation(name) for letter, name in names.items()}
        self.university, self.chips = (
            make.organisation("丙大学", kind="university"),
            make.organisation("丁芯科技有限公司"),
        )
        self.editor = Visitor(make.member(self.poster, "editor"))
        self.administrator = Visitor(make.administrator(self.poster))
        self.district = Visitor(make.official(Role.DISTRICT, make.district()))
        self.officer = Visitor(make.officer())
        self.head = Visitor(make.official(Role.DIVISION_HEAD), language="en")
        self.clerk = Visitor(make.official(Role.DRAW_CLERK))
        self.people = {letter: make.administrator(firm) for letter, firm in self.bidders.items()}
        self.leads = {letter: Visitor(person) for letter, person in self.people.items()}
        classes = ["technical"] * 5 + ["finance", "investment"]
        self.experts = [make.expert(expert_class=name) for name in classes]
        self.rival_expert = make.expert(employer=self.bidders["B"])
        self.public = Visitor(None)
        self.preparer = Visitor(make.official(Role.PREPARER))
        self.approvers = [Visitor(make.official(Role.APPROVER)) for _ in range(2)]
        self.reconciler = Visitor(make.official(Role.RECONCILER))


def state_of(row) -> str:
    """The state as the database has it."""
    return type(row).objects.values_list("state", flat=True).get(pk=row.pk)
