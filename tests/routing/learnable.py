"""虚构的已确认件：几类事情各有自己的说法，够一个判断学。"""

from routing.learning.training import Case

ABOUT = {
    "城乡建设": ("小区物业不修电梯", "楼道堆放杂物", "路灯不亮", "违建加盖挡光", "供暖室温不热"),
    "教育文体": ("小学入学划片", "幼儿园收费", "老师补课", "图书馆闭馆", "中考报名"),
    "劳动和社会保障": ("工地拖欠工资", "养老金没有发放", "社保断缴", "劳动合同不签", "加班不给加班费"),
}
PLACES = ("春柳苑", "望河里", "碧波轩", "锦帆花园", "沁芳园", "槐荫里")
ENDINGS = ("请尽快处理", "反映多次没有结果", "希望给个答复", "盼回复")


def cases(about=ABOUT, per_label: int = 20) -> list[Case]:
    """The same number for each label, no two alike."""
    made = []
    for label, matters in about.items():
        for at in range(per_label):
            matter, place = matters[at % len(matters)], PLACES[at % len(PLACES)]
            made.append(Case(f"{place}第{at}次来信，{matter}，{ENDINGS[at % len(ENDINGS)]}", label, matter))
    return made
