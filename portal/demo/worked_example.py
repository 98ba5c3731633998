"""The demo's main case: a diamond current sensor, from the need of 2 March to the agreement of 3 July 2026."""

from datetime import datetime
from decimal import Decimal

from portal.clock import CHINA
from portal.kernel.money import wan_to_fen


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of 2026, China time."""
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


CALL = {"title": "2026年度市科技攻关“揭榜挂帅”需求征集", "title_en": "Call for needs 2026"}
CALL_OPENS, CALL_CLOSES = at(3, 2), at(4, 17, 17, 30)

NEED = {
    "title": "面向储能与车用电池簇的金刚石NV色心宽量程电流传感器工程化",
    "field": "quantum",
    "background": (
        "电池簇直流侧电流在毫安到千安之间变化，现有霍尔与磁通门传感器难以同时满足量程、温漂与体积要求。"
        "我单位已完成室温原理样机（误差0.4 % FS），但温漂补偿、专用读出芯片和批量标定无法独立完成。"
    ),
    "content": (
        "以金刚石NV色心为敏感元件，研制可批量制造的宽量程电流传感器：敏感头与读出、全温区温漂控制、"
        "专用读出芯片、批量标定方法，完成样机、环境试验与两处现场试运行。"
    ),
    "scenario": "储能电站电池簇电流监测，车用电池包，电网直流设备。提供激光与微波驱动模块、装调平台和两处试运行场地。",
    "bidder_conditions": "具有量子精密测量或电流传感研究基础，能独立承担芯片与标定工作；与发榜单位无关联关系。地区、职称、年龄不限。",
    "ip_choice": "shared",
    "ip_terms": "产品知识产权归发榜单位；方法知识产权归揭榜方，许可发榜单位使用。",
    "contact": "林芳，技术中心，0551-0000 0000",
    "months": 36,
    "total_fen": wan_to_fen(Decimal(2600)),
    "own_fen": wan_to_fen(Decimal(1600)),
    "city_fen": wan_to_fen(Decimal(1000)),
    "other_fen": 0,
    "board_fen": wan_to_fen(Decimal(1200)),
    "declared_unclassified": True,
    "declared_commitment": True,
}

INDICATORS = [
    # name, comparison, value, unit, test method, what A, B and C offer
    ("量程", ">=", "1000", "A", "直流，双向", ("1000", "1000", "1000")),
    ("误差", "<=", "0.05", "% FS", "−40至+85 ℃全温区", ("0.04", "0.05", "0.05")),
    ("温漂", "<=", "10", "ppm/℃", "−40至+85 ℃，三次循环", ("8", "9", "10")),
    ("带宽", ">=", "10", "kHz", "−3 dB", ("12", "10", "10")),
    ("体积", "<=", "120", "cm³", "含外壳，不含线缆", ("115", "118", "120")),
    ("功耗", "<=", "3", "W", "稳态", ("2.8", "3", "3")),
    ("单台成本", "<=", "1500", "元", "年产1万台，按物料清单核算", ("1480", "1450", "1500")),
    ("样机", ">=", "100", "台", "第三方检测报告", ("100", "100", "100")),
    ("试运行", ">=", "12", "个月", "两处现场", ("12", "12", "12")),
    ("发明专利申请", ">=", "5", "件", "以受理通知书为准", ("8", "6", "5")),
]

BIDS = {
    # firm: price in 万元, milestones (title, month, deliverable, 万元)
    "institute": (1200, [("签约", 1, "技术方案与试验大纲", 600), ("M2 专用芯片定版", 18, "中期样机与测试报告", 360),
                         ("验收", 36, "100台样机与试运行报告", 240)]),
    "polytechnic": (1150, [("签约", 1, "技术方案", 500), ("中期样机", 18, "样机与测试报告", 400), ("验收", 36, "验收材料", 250)]),
    "sensors": (980, [("签约", 1, "技术方案", 400), ("中期样机", 20, "样机", 380), ("验收", 36, "验收材料", 200)]),
    "meters": (900, [("签约", 1, "技术方案", 450), ("验收", 36, "验收材料", 450)]),
}  # fmt: skip

CONSORTIUM = [
    # firm, share in percent, task
    ("institute", "65", "牵头；敏感头、读出与标定"),
    ("university", "25", "温漂机理与补偿算法"),
    ("chips", "10", "专用读出芯片两次流片"),
]

SCORES = {
    "institute": (91, 88, 90, 86, 93, 89, 84),
    "polytechnic": (85, 87, 82, 90, 84, 86, 88),
    "sensors": (78, 74, 80, 82, 76, 71, 79),
}
"""The sheets of the seven experts, by bidder."""

EXPERTS = ["ding.yifan", "feng.yuan", "jiang.cheng", "liang.dong", "pan.yue", "qin.lang", "ye.zhiqiu"]
WHY_OUT = "发榜单位持有该揭榜方12 %股权，存在关联关系，经人工核实。"
WHY_FIRST = "总分第一，专用芯片路线与我单位产线匹配。"
PAYMENTS = [("签约", 600), ("M2 专用芯片定版", 360), ("验收", 240)]
SHARES = {"institute": 780, "university": 300, "chips": 120}
