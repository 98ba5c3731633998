"""The counties, districts and development zones that the portal ships with: those of Hefei.

Source: administrative division codes of the National Bureau of Statistics.
"""

SHIPPED = [
    ("340102", "瑶海区", "Yaohai"),
    ("340103", "庐阳区", "Luyang"),
    ("340104", "蜀山区", "Shushan"),
    ("340111", "包河区", "Baohe"),
    ("340121", "长丰县", "Changfeng"),
    ("340122", "肥东县", "Feidong"),
    ("340123", "肥西县", "Feixi"),
    ("340124", "庐江县", "Lujiang"),
    ("340171", "高新区", "High-tech Zone"),
    ("340172", "经开区", "Economic Development Zone"),
    ("340173", "新站高新区", "Xinzhan High-tech Zone"),
    ("340181", "巢湖市", "Chaohu"),
]
