"""合并字段：文书里可以填的全部要素，每种文书各用哪些（rules §8.3）。

The list is closed: a template of a city may leave words out or put them differently, but it cannot name a field
that is not here. There is deliberately no field for a petitioner's ID number, phone or home address.
"""

from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """What a value looks like and how it is printed."""

    LINE = "line"  # 一行文字
    TEXT = "text"  # 多段文字，换行即分段
    LIST = "list"  # 逐条列出，自动编号
    DATE = "date"  # 日期；冻结为 2026-02-27，印作 2026年2月27日
    DAYS = "days"  # 天数，正整数
    CHOICE = "choice"  # 代码，印其含义
    OPINIONS = "opinions"  # 逐条处理意见：[{"outcome": 结论代码, "text": 意见}]


PATHS = {
    "29": "建议意见：研究论证，采纳或部分采纳的予以回复（第二十九条）",
    "30": "检举控告：由有管理权限的机关依规依纪依法办理（第三十条）",
    "31-1": "按照诉讼、行政复议、法律监督等法定程序处理（第三十一条第一项）",
    "31-2": "通过仲裁解决，导入相应程序处理（第三十一条第二项）",
    "31-3": "党员申诉、申请复审等，导入相应程序处理（第三十一条第三项）",
    "31-4": "行政裁决、行政确认、行政许可、行政处罚等，导入相应行政程序处理（第三十一条第四项）",
    "31-5": "申请查处违法行为或者履行保护人身权、财产权等法定职责，依法履行或者答复（第三十一条第五项）",
    "31-6": "按照信访程序办理：听取陈述、调查核实，出具信访处理意见书（第三十一条第六项）",
}
PETITION_PATH = "31-6"

DECLINE_GROUNDS = {
    "19-3": "该事项已经受理或者正在办理，你在规定期限内又向受理、办理机关的上级机关提出同一事项（第十九条第三款）",
    "28-2": "该事项依法应当通过诉讼、仲裁、行政复议等法定途径解决，或者已经进入、经过该途径（第二十八条第二款）",
}

OUTCOMES = {"support": "支持", "partly": "部分支持", "explain": "解释说明", "not_support": "不支持"}

ADOPTIONS = {"adopted": "予以采纳", "partly": "部分采纳", "not_adopted": "经研究暂不采纳"}

FORWARD_ARTICLES = {
    "22-1-1": "第二十二条第一款第一项",
    "22-1-2": "第二十二条第一款第二项",
    "22-2": "第二十二条第二款",
    "23-1": "第二十三条第一款",
}


@dataclass(frozen=True)
class Field:
    """One merge field. `secret` values are sealed in the database and filled in only when a layout is made."""

    code: str
    meaning: str
    shape: Shape = Shape.LINE
    choices: dict[str, str] | None = None
    secret: bool = False


def _fields() -> dict[str, Field]:
    text, many, date, choice = Shape.TEXT, Shape.LIST, Shape.DATE, Shape.CHOICE
    rows = [
        # 由系统填写
        Field("organ", "落款单位全称"),
        Field("case_no", "信访事项编号"),
        Field("addressee", "受文对象"),
        # 事项
        Field("received_on", "收到日", date),
        Field("accepted_on", "受理日", date),
        Field("channel", "信访形式"),
        Field("subject", "事项摘要（标题）"),
        Field("summary", "事项内容摘要", text),
        Field("claims", "诉求（投诉请求）逐条", many),
        Field("attachments", "附件（材料）清单", many),
        Field("petitioner", "信访人姓名（名称）"),
        # 查询
        Field("query_url", "查询网址（不含查询码）"),
        Field("query_code", "查询码", secret=True),
        Field("pin", "查询密码（无手机信访人）", secret=True),
        # 承办与联系
        Field("handling_organ", "承办单位全称"),
        Field("contact", "联系人"),
        Field("contact_phone", "联系电话（办公电话）"),
        # 途径与期限
        Field("path", "处理途径", choice, PATHS),
        Field("procedure", "办理程序说明", text),
        Field("due_on", "届满日", date),
        Field("due_note", "期限说明"),
        # 转送、交办、引导
        Field("to_organ", "去向单位（收文单位、有权机关）全称"),
        Field("to_address", "有权机关地址或者提出途径"),
        Field("forwarded_on", "转送日", date),
        Field("article", "转送依据", choice, FORWARD_ARTICLES),
        Field("requirements", "办理要求", text),
        Field("report_back", "反馈内容", text),
        # 不予受理、不再受理
        Field("ground", "不予受理情形", choice, DECLINE_GROUNDS),
        Field("reason", "理由", text),
        Field("way", "应走的途径", text),
        Field("materials", "材料处理（退还情况）"),
        Field("approver", "批准人职务"),
        Field("prior_case_no", "前案编号"),
        Field("recheck_no", "复核意见书文号"),
        Field("recheck_on", "复核意见书日期", date),
        Field("recheck_organ", "复核机关全称"),
        Field("lapse", "逾期未申请复查、复核的情况"),
        Field("sameness", "同一事实和理由的说明", text),
        Field("help_channels", "疏导、救助渠道", text),
        # 延期
        Field("original_due_on", "原届满日", date),
        Field("days", "延长天数（自然日）", Shape.DAYS),
        Field("new_due_on", "新届满日", date),
        # 处理意见
        Field("facts", "事实和理由", text),
        Field("opinions", "处理意见（逐条）", Shape.OPINIONS),
        Field("basis", "法律法规依据（写到条）", many),
        Field("review_organ", "复查机关全称"),
        Field("hearing_on", "听证日", date),
        # 建议
        Field("adoption", "采纳情况", choice, ADOPTIONS),
        Field("arrangement", "落实安排", text),
        # 督办
        Field("trigger", "督办事由"),
        Field("problem", "存在问题", text),
        # 送达
        Field("letter_title", "送达文书名称"),
        Field("letter_number", "送达文书文号"),
        Field("service_method", "送达方式"),
        Field("service_place", "送达地点"),
        Field("served_by", "送达人"),
        Field("served_on", "送达日", date),
        Field("mail_no", "邮寄单号"),
        Field("witness", "留置见证人、录像编号"),
        Field("proxy", "代收人及与受送达人关系"),
        Field("refusal", "拒收理由"),
    ]
    return {row.code: row for row in rows}


FIELDS = _fields()
SYSTEM_FIELDS = frozenset({"organ", "case_no", "addressee"})


@dataclass(frozen=True)
class LetterKind:
    """One kind of letter: what it must and may carry, who reads it, and what its template may not promise."""

    code: str
    label: str
    required: frozenset[str]
    optional: frozenset[str] = frozenset()
    to_petitioner: bool = True
    forbidden: tuple[str, ...] = ()

    @property
    def allowed(self) -> frozenset[str]:
        return self.required | self.optional | SYSTEM_FIELDS


_REVIEW = ("复查", "复核")
_COURTS = ("行政复议", "行政诉讼", "提起诉讼", "申请复议")


def _kind(
    code: str,
    label: str,
    required: str,
    optional: str = "",
    to_petitioner: bool = True,
    forbidden: tuple[str, ...] = (),
) -> LetterKind:
    return LetterKind(code, label, frozenset(required.split()), frozenset(optional.split()), to_petitioner, forbidden)


def _kinds() -> dict[str, LetterKind]:
    rows = [
        _kind(
            "F01",
            "信访事项登记回执",
            "received_on channel claims query_url query_code",
            "petitioner subject pin attachments contact_phone",
            forbidden=_REVIEW + _COURTS,
        ),
        _kind(
            "F02",
            "信访事项受理告知书",
            "received_on subject handling_organ path procedure contact contact_phone",
            "accepted_on channel due_on due_note claims query_url query_code",
            forbidden=_REVIEW + _COURTS,
        ),
        _kind(
            "F03",
            "信访事项转送告知书",
            "received_on subject to_organ forwarded_on article",
            "to_address contact contact_phone query_url query_code",
            forbidden=_REVIEW + _COURTS,
        ),
        _kind(
            "F04",
            "信访事项不予受理告知书",
            "received_on subject ground reason way to_organ to_address approver",
            "materials contact contact_phone",
            forbidden=_REVIEW,
        ),
        _kind(
            "F05",
            "信访事项告知书",
            "received_on subject reason to_organ to_address",
            "way materials contact contact_phone",
            forbidden=_REVIEW,
        ),
        _kind(
            "F06",
            "信访事项不再受理告知书",
            "received_on subject prior_case_no sameness help_channels approver",
            "recheck_organ recheck_no recheck_on lapse contact contact_phone",
            forbidden=("申请复查", "请求复查", "申请复核", "请求复核", *_COURTS),
        ),
        _kind(
            "F07",
            "信访事项转送函",
            "to_organ received_on channel subject summary requirements article",
            "petitioner attachments contact contact_phone",
            to_petitioner=False,
        ),
        _kind(
            "F08",
            "信访事项交办函",
            "to_organ received_on channel subject summary requirements due_on report_back",
            "petitioner attachments contact contact_phone",
            to_petitioner=False,
        ),
        _kind(
            "F10",
            "信访事项延期办理告知书",
            "received_on accepted_on subject original_due_on days reason new_due_on approver",
            "contact contact_phone",
            forbidden=_REVIEW + _COURTS,
        ),
        _kind(
            "F12",
            "信访处理意见书",
            "received_on accepted_on subject claims facts opinions basis review_organ",
            "hearing_on attachments contact contact_phone",
            forbidden=_COURTS,
        ),
        _kind(
            "F14",
            "建议答复函",
            "received_on subject adoption reason",
            "arrangement contact contact_phone",
            forbidden=_REVIEW + _COURTS,
        ),
        _kind(
            "F15",
            "送达回证",
            "letter_title letter_number",
            "service_method service_place served_by served_on mail_no witness proxy refusal",
            to_petitioner=False,
            forbidden=_COURTS,
        ),
        _kind(
            "F23",
            "督办函",
            "to_organ subject trigger problem requirements due_on report_back",
            "contact contact_phone",
            to_petitioner=False,
        ),
    ]
    return {row.code: row for row in rows}


KINDS = _kinds()


def kind_choices() -> list[tuple[str, str]]:
    """Value and label of every kind of letter, for a model field."""
    return [(kind.code, kind.label) for kind in KINDS.values()]
