"""What a triage is told: one matter's facts, each key and value of a closed list (docs/triage.md). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from rulebook.triage.paths import TOPICS

RECEIVERS = {
    "office": "党委和政府信访部门",
    "street": "街道办事处、乡镇政府",
    "bureau": "区政府工作部门",
    "city_bureau": "市政府工作部门",
    "district": "区政府",
    "vertical": "垂直管理机关",
    "unit": "国企事业单位、群团、党委部门",
}
ARRIVALS = {"direct": "信访人直接提出", "forwarded": "转送而来", "assigned": "交办而来"}
CHANNELS = {"visit": "走访", "letter": "来信", "call": "来电", "web": "网上", "hotline": "12345转来"}
ASKED = {
    "suggestion": "建议意见",
    "thanks": "表达感谢",
    "inquiry": "咨询",
    "accusation": "检举控告",
    "claim": "请求维护、恢复自己的合法权益",
    "review": "申请复查",
    "recheck": "申请复核",
}
MATTERS = {
    "": "未填",
    "civil": "平等主体之间的民事纠纷",
    "consumer": "消费争议",
    "arbitrable": "约定了仲裁的商事纠纷",
    "labour": "劳动人事争议",
    "wages": "拖欠工资",
    "contracted_land": "农村土地承包经营纠纷",
    "decision": "不服行政机关已经作出的决定、行为",
    "agreement": "请求履行行政协议",
    "application": "申请行政机关确认、许可、登记、给付、认定、裁决",
    "injury": "申请工伤认定、劳动能力鉴定",
    "ownership": "土地、林木权属争议",
    "enforcement": "请求查处违法行为、履行保护人身权财产权的法定职责",
    "judgment": "不服法院裁判",
    "execution": "请求法院执行",
    "crime": "请求刑事立案、侦查",
    "fundraising": "非法集资，请求清退",
    "finance": "与金融机构的消费投诉",
    "personnel": "公务员、机关事业单位人员不服人事处理",
    "party_member": "党员申诉、申请复审",
    "teacher": "教师、学生不服学校或者教育部门的处理",
    "disclosure": "政府信息公开",
    "state_compensation": "国家赔偿",
    "self_government": "业主共同事务",
    "hardship": "生活困难请求救助",
    "service": "没有诉讼、仲裁、复议、行政程序可走的请求",
}
STATUSES = {
    "none": "没有",
    "in_court": "同一诉求正在诉讼",
    "judged": "已有生效裁判",
    "in_arbitration": "仲裁中",
    "awarded": "已有仲裁裁决",
    "in_review": "行政复议中",
    "reviewed": "已有复议决定",
    "ended": "涉法涉诉已依法终结",
    "time_barred": "仲裁时效已过",
}
EARLIER = {
    "none": "没有",
    "here": "本单位正在办理同一事项",
    "below": "下级机关已受理或者正在办理",
    "opinion_open": "处理意见已送达、30日未满",
    "opinion_lapsed": "逾期未申请复查",
    "review_open": "复查意见已送达、30日未满",
    "review_lapsed": "逾期未申请复核",
    "rechecked": "已有复核意见",
}
IDENTITIES = {"named": "实名", "anonymous": "匿名", "unclear": "姓名（名称）或者住址不清"}

CHOICES = {
    "receiver": RECEIVERS,
    "arrival": ARRIVALS,
    "channel": CHANNELS,
    "asks": ASKED,
    "matter": MATTERS,
    "status": STATUSES,
    "earlier": EARLIER,
    "identity": IDENTITIES,
}


class BadFacts(ValueError):
    """The facts cannot be read; `complaints` holds a sentence for each fault."""

    def __init__(self, complaints: list[str]):
        super().__init__("；".join(complaints))
        self.complaints = complaints


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One matter as the clerk asked it out of the petitioner. The defaults are those of docs/triage.md."""

    receiver: str
    asks: str
    arrival: str = "direct"
    channel: str = "web"
    competent: bool = True
    matter: str = ""
    topic: str = ""
    status: str = "none"
    earlier: str = "none"
    new_facts: bool = False
    excuse: bool = False
    identity: str = "named"
    substance: bool = True
    secret: bool = False
    people: int = 1
    urgent: bool = False
    report_back: bool = False
    simple: bool = False
    simple_refused: bool = False
    accused_is_target: bool = False

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """The facts of a JSON object. Raises BadFacts naming every unknown key, wrong value and gap at once."""
        known = {field.name: field for field in fields(cls)}
        wrong = [f"不认识的事实“{key}”" for key in told if key not in known]
        wrong += [f"没有写明{key}" for key in ("receiver", "asks") if key not in told]
        wrong += [complaint for key, value in told.items() if key in known and (complaint := _complaint(key, value))]
        if told.get("asks") == "claim" and not told.get("matter"):
            wrong.append("asks 为 claim 的须写明 matter（争的是什么）")
        if told.get("asks") != "claim" and told.get("matter"):
            wrong.append("只有 asks 为 claim 的才写 matter")
        if wrong:
            raise BadFacts(wrong)
        return cls(**told)

    @property
    def is_office(self) -> bool:
        """信访部门: it passes matters on and decides none."""
        return self.receiver == "office"

    @property
    def is_competent(self) -> bool:
        """Whether the receiver itself may settle the matter."""
        return self.competent and not self.is_office


def _complaint(key: str, value: Any) -> str:
    if key in CHOICES:
        known = CHOICES[key]
        return "" if isinstance(value, str) and value in known else f"{key} 应为 {'、'.join(filter(None, known))} 之一"
    if key == "topic":
        return "" if value == "" or value in TOPICS else "topic 应为六大领域二级码（如 CX01），或者空"
    if key == "people":
        good = isinstance(value, int) and not isinstance(value, bool) and value >= 1
        return "" if good else "people 应为 1 以上的整数"
    return "" if isinstance(value, bool) else f"{key} 应为 true 或者 false"
