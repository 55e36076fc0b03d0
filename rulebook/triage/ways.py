"""Which branch of 第三十一条 a claim falls under, by which path: 31-1 to 31-5 first, 31-6 if all are excluded. Pure."""

from dataclasses import dataclass, replace

from rulebook.triage.facts import Facts


@dataclass(frozen=True)
class Way:
    """Where a matter goes: the branch, the path, other lawful paths beside it, who handles it there, and why."""

    branch: str
    path: str
    others: tuple[str, ...]
    organ: str
    rule: str
    why: str


NOWHERE = Way("", "", (), "收件单位", "登记台规程", "咨询、感谢能当场答复的当场答复，不进入办理程序")
SUGGESTION = Way("29", "P25", (), "有权处理的机关", "第二十九条", "为公共利益或者改进工作提出，没有个人救济请求")
REPORT = Way(
    "30",
    "P17",
    (),
    "有管理权限的纪检监察机关或者有权机关",
    "第三十条、第二十二条第二款",
    "反映公职人员或者单位违纪违法",
)

_COURT, _POLITICAL_LEGAL = "人民法院", "同级政法部门"
_ARTICLE_31_1, _ARTICLE_31_2, _ARTICLE_31_3 = "第三十一条第一项", "第三十一条第二项", "第三十一条第三项"
_ARTICLE_31_4, _ARTICLE_31_5, _ARTICLE_31_6 = "第三十一条第四项", "第三十一条第五项", "第三十一条第六项"

BY_MATTER = {
    "civil": Way(
        "31-1", "P01", ("P15", "P07"), _COURT, _ARTICLE_31_1, "平等主体之间的民事纠纷，应当通过诉讼解决，也可以调解"
    ),
    "consumer": Way("31-4", "P14", ("P01", "P15"), "市场监督管理部门", _ARTICLE_31_4, "消费争议有法定的投诉调解程序"),
    "arbitrable": Way("31-2", "P07", (), "约定的仲裁委员会", _ARTICLE_31_2, "合同约定了仲裁"),
    "labour": Way("31-2", "P04", ("P15",), "劳动人事争议仲裁委员会", _ARTICLE_31_2, "劳动人事争议仲裁前置"),
    "wages": Way(
        "31-5", "P05", ("P04", "P01"), "人力资源社会保障部门", _ARTICLE_31_5, "拖欠工资可以请求劳动保障监察查处"
    ),
    "contracted_land": Way("31-2", "P06", (), "农村土地承包仲裁委员会", _ARTICLE_31_2, "土地承包经营纠纷可以仲裁"),
    "decision": Way("31-4", "P03", ("P02",), "行政复议机关", _ARTICLE_31_4, "不服行政决定，可以通过行政复议解决"),
    "agreement": Way("31-1", "P02", ("P03",), _COURT, _ARTICLE_31_1, "请求履行行政协议，通过行政诉讼解决"),
    "application": Way(
        "31-4", "P12", ("P03",), "有职责的行政机关", _ARTICLE_31_4, "可以通过确认、许可、登记、给付等行政程序解决"
    ),
    "injury": Way(
        "31-4",
        "P21",
        ("P03",),
        "人力资源社会保障部门、劳动能力鉴定委员会",
        _ARTICLE_31_4,
        "工伤认定、劳动能力鉴定有法定程序（《工伤保险条例》第十七条、第二十条、第二十五条）",
    ),
    "ownership": Way(
        "31-4",
        "P06",
        ("P03", "P01"),
        "乡级或区级人民政府",
        _ARTICLE_31_4,
        "权属争议由人民政府处理，不服的可以复议、起诉",
    ),
    "enforcement": Way("31-5", "P11", (), "有职责的行政机关", _ARTICLE_31_5, "申请查处违法行为、履行法定职责"),
    "judgment": Way("31-1", "P09", (), _POLITICAL_LEGAL, _ARTICLE_31_1, "不服裁判，通过再审、法律监督解决"),
    "execution": Way("31-1", "P09", (), _POLITICAL_LEGAL, _ARTICLE_31_1, "执行问题通过执行监督解决"),
    "crime": Way("31-1", "P08", (), _POLITICAL_LEGAL, _ARTICLE_31_1, "应当通过公安机关、检察机关的法律程序处理"),
    "fundraising": Way(
        "31-5", "P23", ("P08",), "处置非法集资牵头部门", _ARTICLE_31_5, "非法集资由牵头部门调查认定、组织清退"
    ),
    "finance": Way(
        "31-4",
        "P22",
        ("P01", "P15"),
        "金融机构，再到金融监管部门",
        _ARTICLE_31_4,
        "金融消费投诉先由机构处理，再到监管部门（条款归属待核）",
    ),
    "personnel": Way(
        "31-3", "P18", ("P04",), "原处理机关、上一级机关或者主管部门", _ARTICLE_31_3, "人事处理有复核、申诉程序"
    ),
    "party_member": Way("31-3", "P18", (), "有权的党组织、纪检机关", _ARTICLE_31_3, "党员申诉、申请复审"),
    "teacher": Way("31-4", "P16", ("P03",), "教育行政部门、学校", _ARTICLE_31_4, "教师、学生申诉有法定程序"),
    "disclosure": Way("31-4", "P19", ("P03",), "保存信息的行政机关", _ARTICLE_31_4, "政府信息公开有自己的申请程序"),
    "state_compensation": Way("31-1", "P20", ("P02",), "赔偿义务机关", _ARTICLE_31_1, "国家赔偿先向赔偿义务机关提出"),
    "self_government": Way(
        "31-1",
        "P26",
        ("P15", "P01"),
        "业主大会，街道、乡镇指导",
        _ARTICLE_31_1,
        "业主共同事务由业主自治决定，可以调解、诉讼",
    ),
    "hardship": Way("31-4", "P27", ("P12",), "民政部门", _ARTICLE_31_4, "救助是行政给付，依救助程序申请"),
    "service": Way("31-6", "P24", (), "有权处理的机关", _ARTICLE_31_6, "第一项至第五项逐项排除，按照信访程序办理"),
}

# 同一种诉求在某些领域另有专门的途径
BY_TOPIC = {
    ("application", "LD04"): ("P21", ("P03",)),
    ("application", "CX03"): ("P12", ("P06", "P03")),
    ("application", "CX09"): ("P12", ("P03", "P02")),
    ("enforcement", "LD01"): ("P05", ("P04", "P01")),
    ("enforcement", "LD02"): ("P05", ("P04",)),
    ("enforcement", "JR01"): ("P23", ("P08",)),
    ("enforcement", "ZF11"): ("P23", ("P08",)),
    ("civil", "CX07"): ("P01", ("P26", "P15")),
    ("civil", "JR02"): ("P22", ("P01",)),
    ("civil", "JR03"): ("P22", ("P01", "P15")),
    ("civil", "LD03"): ("P04", ()),
    ("personnel", "LD11"): ("P18", ("P04",)),
}

_ARBITRATION = ("P04", "P07", "P06")


def of(facts: Facts) -> Way:
    """The way of a matter. What already runs or has ended in a statutory procedure decides before the matter does."""
    if facts.asks == "accusation":
        return REPORT
    if facts.asks == "suggestion":
        return SUGGESTION
    if facts.asks != "claim":
        return NOWHERE
    way = BY_MATTER[facts.matter]
    if special := BY_TOPIC.get((facts.matter, facts.topic)):
        way = replace(way, path=special[0], others=special[1])
    return _under_way(facts, way)


def _under_way(facts: Facts, way: Way) -> Way:
    """第二十八条第二款 and 第三十一条: a claim pending or settled elsewhere stays there (V07)."""
    status = facts.status
    private = way.path in ("P01", *_ARBITRATION, "P05", "P14", "P22", "P26")
    if status == "in_court":
        return _to_court(way, "P01" if private else "P02", "同一诉求正在诉讼")
    if status == "judged":
        return _to_court(way, "P09", "已有生效裁判，只能再审、申请执行或者请求检察监督")
    if status == "ended":
        return _to_court(way, "P10", "涉法涉诉事项已依法终结")
    if status == "awarded":
        return replace(
            way,
            branch="31-1",
            path="P01",
            others=("P09",),
            organ=_COURT,
            rule=_ARTICLE_31_1,
            why="不服仲裁裁决，向法院起诉",
        )
    if status == "reviewed":
        return replace(
            way, branch="31-1", path="P02", others=(), organ=_COURT, rule=_ARTICLE_31_1, why="不服复议决定，向法院起诉"
        )
    if status in ("in_arbitration", "time_barred"):
        path = way.path if way.path in _ARBITRATION else "P04"
        why = "同一诉求正在仲裁" if status == "in_arbitration" else "仲裁时效已过，不因此转由信访代替裁决"
        return replace(way, branch="31-2", path=path, others=("P01",), organ="仲裁委员会", rule=_ARTICLE_31_2, why=why)
    if status == "in_review":
        return replace(
            way,
            branch="31-4",
            path="P03",
            others=(),
            organ="行政复议机关",
            rule=_ARTICLE_31_4,
            why="同一诉求正在行政复议",
        )
    return way


def _to_court(way: Way, path: str, why: str) -> Way:
    return replace(way, branch="31-1", path=path, others=(), organ=_POLITICAL_LEGAL, rule=_ARTICLE_31_1, why=why)
