"""Who takes part in the demo: organisations and people, all of them invented."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from portal.models import MemberRole, OrganisationKind, Role


@dataclass(frozen=True)
class Firm:
    """An organisation of the demo: its credit code is grown from ``number``."""

    key: str
    number: int
    name: str
    kind: str
    district: str
    representative: str


ENTERPRISE, UNIVERSITY = OrganisationKind.ENTERPRISE, OrganisationKind.UNIVERSITY
INSTITUTE, INVESTOR = OrganisationKind.INSTITUTE, OrganisationKind.INVESTOR

DISTRICTS = [
    ("340171", "高新区", "High-tech Zone"),
    ("340104", "蜀山区", "Shushan"),
    ("340111", "包河区", "Baohe"),
]

FIRMS = [
    Firm("quantum", 0, "合肥甲量子仪器股份有限公司", ENTERPRISE, "340171", "李维"),
    Firm("institute", 1, "乙测量技术研究院", INSTITUTE, "340104", "顾长风"),
    Firm("university", 2, "丙大学", UNIVERSITY, "340104", "许怀远"),
    Firm("chips", 3, "丁芯科技有限公司", ENTERPRISE, "340171", "唐越"),
    Firm("polytechnic", 4, "戊理工大学", UNIVERSITY, "340111", "宋知行"),
    Firm("sensors", 5, "己传感技术有限公司", ENTERPRISE, "340111", "罗成"),
    Firm("meters", 6, "庚电测仪器有限公司", ENTERPRISE, "340171", "韩东"),
    Firm("machines", 7, "辛智能装备股份有限公司", ENTERPRISE, "340111", "马腾"),
    Firm("materials", 8, "壬新材料有限公司", ENTERPRISE, "340104", "曹颖"),
    Firm("biotech", 9, "癸生物医药有限公司", ENTERPRISE, "340171", "白芷"),
    Firm("academy", 10, "子江科学院", INSTITUTE, "340104", "陆明远"),
    Firm("metrology", 13, "卯江计量科学研究所", INSTITUTE, "340111", "卓凡"),
    Firm("auditors", 11, "丑诚会计师事务所", ENTERPRISE, "340104", "秦思"),
    Firm("fund", 12, "寅创业投资有限公司", INVESTOR, "340171", "叶青"),
]

ADMINISTRATOR, EDITOR, VIEWER = MemberRole.ADMINISTRATOR, MemberRole.EDITOR, MemberRole.VIEWER

MEMBERS = [
    # name, e-mail before the @, firm, role
    ("周启", "zhou.qi", "quantum", ADMINISTRATOR),
    ("林芳", "lin.fang", "quantum", EDITOR),
    ("顾明", "gu.ming", "institute", ADMINISTRATOR),
    ("陈砚", "chen.yan", "institute", EDITOR),
    ("周岚", "zhou.lan", "institute", VIEWER),
    ("许静", "xu.jing", "university", ADMINISTRATOR),
    ("唐越", "tang.yue", "chips", ADMINISTRATOR),
    ("宋菲", "song.fei", "polytechnic", ADMINISTRATOR),
    ("罗成", "luo.cheng", "sensors", ADMINISTRATOR),
    ("韩东", "han.dong", "meters", ADMINISTRATOR),
    ("马腾", "ma.teng", "machines", ADMINISTRATOR),
    ("曹颖", "cao.ying", "materials", ADMINISTRATOR),
    ("白芷", "bai.zhi", "biotech", ADMINISTRATOR),
    ("陆明远", "lu.mingyuan", "academy", ADMINISTRATOR),
]

OFFICIALS = [
    # name, e-mail before the @, role, code of the district
    ("方敏", "fang.min", Role.OFFICER, ""),
    ("沈立", "shen.li", Role.DIVISION_HEAD, ""),
    ("郑凯", "zheng.kai", Role.LEADER, ""),
    ("何静", "he.jing", Role.DRAW_CLERK, ""),
    ("吴正", "wu.zheng", Role.DISCIPLINE, ""),
    ("孙衡", "sun.heng", Role.AUDITOR, ""),
    ("钱进", "qian.jin", Role.DISTRICT, "340171"),
    ("温如", "wen.ru", Role.DISTRICT, "340104"),
    ("苏河", "su.he", Role.DISTRICT, "340111"),
    ("严谨", "yan.jin", Role.PREPARER, ""),
    ("齐平", "qi.ping", Role.APPROVER, ""),
    ("纪衡", "ji.heng", Role.APPROVER, ""),
    ("章实", "zhang.shi", Role.APPROVER, ""),
    ("郝明", "hao.ming", Role.RECONCILER, ""),
]

EXPERTS = [
    # name, e-mail before the @, employer, class, title, fields
    ("丁一凡", "ding.yifan", "academy", "technical", "研究员", ["quantum", "electronics"]),
    ("冯远", "feng.yuan", "academy", "technical", "研究员", ["quantum", "materials"]),
    ("江澄", "jiang.cheng", "metrology", "technical", "教授", ["electronics", "equipment"]),
    ("梁栋", "liang.dong", "metrology", "technical", "高级工程师", ["energy", "equipment"]),
    ("潘越", "pan.yue", "academy", "technical", "教授", ["quantum", "ai"]),
    ("秦朗", "qin.lang", "auditors", "finance", "高级会计师", ["quantum", "materials"]),
    ("叶知秋", "ye.zhiqiu", "fund", "investment", "合伙人", ["quantum", "energy"]),
    ("石磊", "shi.lei", "metrology", "management", "研究员", ["equipment", "health"]),
    ("许诺", "xu.nuo", "university", "technical", "教授", ["quantum", "electronics"]),
]

AT = "demo.example"

SHOWN = [
    # what the person is, name, e-mail: the accounts on the demo page, in the order of the road
    (_("Poster, administrator"), "周启", f"zhou.qi@{AT}"),
    (_("Poster, editor"), "林芳", f"lin.fang@{AT}"),
    (_("District reviewer"), "钱进", f"qian.jin@{AT}"),
    (_("Bureau, officer"), "方敏", f"fang.min@{AT}"),
    (_("Research team, editor"), "陈砚", f"chen.yan@{AT}"),
    (_("Research team, administrator"), "顾明", f"gu.ming@{AT}"),
    (_("Another bidder, administrator"), "宋菲", f"song.fei@{AT}"),
    (_("Bureau, draw clerk"), "何静", f"he.jing@{AT}"),
    (_("Expert, technical"), "丁一凡", f"ding.yifan@{AT}"),
    (_("Bureau, division head"), "沈立", f"shen.li@{AT}"),
    (_("Bureau, discipline inspection"), "吴正", f"wu.zheng@{AT}"),
    (_("Finance, preparer"), "严谨", f"yan.jin@{AT}"),
    (_("Finance, approver"), "齐平", f"qi.ping@{AT}"),
    (_("Finance, reconciler"), "郝明", f"hao.ming@{AT}"),
    (_("Auditor, reads only"), "孙衡", f"sun.heng@{AT}"),
]
