"""合并字段：文书里可以填的全部要素（rules §8.3）。每种文书各用哪些，见 documents.letters.fields.kinds。

The list is closed: a template of a city may leave words out or put them differently, but it cannot name a field
that is not here. There is deliberately no field for a petitioner's ID number, phone or home address.
"""

from dataclasses import dataclass
from enum import StrEnum

from documents.letters.fields import field_choices as codes


class Shape(StrEnum):
    """What a value looks like and how it is printed."""

    LINE = "line"  # 一行文字
    TEXT = "text"  # 多段文字，换行即分段
    LIST = "list"  # 逐条列出，自动编号
    DATE = "date"  # 日期；冻结为 2026-02-27，印作 2026年2月27日
    DAYS = "days"  # 天数，正整数
    COUNT = "count"  # 件数、页数，正整数
    CHOICE = "choice"  # 代码，印其含义
    OPINIONS = "opinions"  # 逐条处理意见：[{"outcome": 结论代码, "text": 意见}]


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
        Field("rating_days", "评价期（自然日）"),
        Field("pin", "查询密码（无手机信访人）", secret=True),
        # 承办与联系
        Field("handling_organ", "承办单位全称"),
        Field("contact", "联系人"),
        Field("contact_phone", "联系电话（办公电话）"),
        # 途径与期限
        Field("path", "处理途径", choice, codes.PATHS),
        Field("procedure", "办理程序说明", text),
        Field("due_on", "届满日", date),
        Field("due_note", "期限说明"),
        # 转送、交办、引导
        Field("to_organ", "去向单位（收文单位、有权机关）全称"),
        Field("to_address", "有权机关地址或者提出途径"),
        Field("forwarded_on", "转送日", date),
        Field("article", "转送依据", choice, codes.FORWARD_ARTICLES),
        Field("requirements", "办理要求", text),
        Field("report_back", "反馈内容", text),
        # 不予受理、不再受理
        Field("ground", "不予受理情形", choice, codes.DECLINE_GROUNDS),
        Field("reason", "理由", text),
        Field("way", "应走的途径", text),
        Field("materials", "材料处理（退还情况）"),
        Field("approver", "批准人职务"),
        Field("prior_case_no", "前案编号"),
        Field("recheck_no", "复核意见书文号"),
        Field("recheck_on", "复核意见书日期", date),
        Field("recheck_organ", "复核机关全称"),
        Field("final_organ", "依法终结的机关"),
        Field("final_no", "终结文书文号"),
        Field("final_on", "终结文书日期", date),
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
        Field("adoption", "采纳情况", choice, codes.ADOPTIONS),
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
        # 异议与退回
        Field("suggested_organ", "建议的有权处理机关、单位"),
        Field("verified", "转出方核实意见", text),
        # 笔录、听证、会议
        Field("held_at", "时间（起止）"),
        Field("place", "地点"),
        Field("host", "主持人"),
        Field("hearers", "听证员", many),
        Field("recorder", "记录人"),
        Field("present", "参加人（单位）", many),
        Field("spoke_with", "谈话对象（姓名、身份，不写证件号码）"),
        Field("asked_by", "调查（谈话）人"),
        Field("dialogue", "问答记录", text),
        Field("statements", "各方陈述", text),
        Field("evidence", "举证、质证情况", text),
        Field("deliberation", "评议意见", text),
        Field("votes", "评议人数和意见分布"),
        Field("openness", "公开与否", choice, codes.OPENNESS),
        # 履职、程序性答复
        Field("answer", "答复（决定）内容", text),
        Field("reconsider_organ", "行政复议机关全称"),
        Field("court", "有管辖权的人民法院全称"),
        Field("reconsider_first", "应当先申请行政复议的情形"),
        # 撤回与终止
        Field("withdrawn_scope", "撤回范围"),
        Field("again", "今后是否再提"),
        Field("termination", "终止事由", choice, codes.TERMINATIONS),
        # 复查、复核
        Field("stage", "程序（办理、复查或者复核）", choice, codes.HEARING_STAGES),
        Field("applied_on", "收到申请之日", date),
        Field("requests", "复查（复核）请求逐条", many),
        Field("original_organ", "被申请单位（原承办单位）全称"),
        Field("original_no", "原处理意见书文号"),
        Field("original_on", "原处理意见书日期", date),
        Field("original_summary", "原处理意见摘要", text),
        Field("review_no", "复查意见书文号"),
        Field("review_on", "复查意见书日期", date),
        Field("review_summary", "复查意见摘要", text),
        Field("review_result", "复查（复核）结论", choice, codes.REVIEW_RESULTS),
        Field("conclusion", "复查（复核）意见", text),
        Field("redo_due_on", "重新作出的期限届满日", date),
        Field("difference", "与原意见的差异", text),
        Field("review_ground", "不予受理复查（复核）的情形", choice, codes.REVIEW_DECLINES),
        Field("hearing_days", "听证所需天数", Shape.DAYS),
        Field("publicity", "公示说明"),
        Field("final_note", "复查即为终局的说明"),
        # 三项建议
        Field("suggestions", "建议逐条", many),
        Field("case_count", "涉及事项数", Shape.COUNT),
        Field("responsible", "责任单位、责任人员"),
        Field("circumstances", "情节", text),
        Field("consequences", "后果", text),
        # 协调
        Field("positions", "各方意见", text),
        Field("decisions", "议定事项逐条", many),
        # 重大、紧急信访信息
        Field("report_round", "报送次序", choice, codes.REPORT_ROUNDS),
        Field("happened_at", "发生时间"),
        Field("people", "涉及人数"),
        Field("scene", "现场情况", text),
        Field("measures", "处置情况", text),
        # 领导接访、包案
        Field("leader", "接访（包案）领导"),
        Field("leader_post", "领导职务"),
        Field("reception", "接访形式", choice, codes.RECEPTION_WAYS),
        Field("instruction", "接访意见", text),
        Field("plan", "化解方案", text),
        Field("progress", "进展情况", text),
        Field("outcome", "化解结论", text),
        # 调解、和解
        Field("agreement_mode", "方式（调解或者和解）", choice, codes.AGREEMENTS),
        Field("disputants", "当事人", many),
        Field("mediator", "调解组织、调解员"),
        Field("agreement", "协议内容逐条", many),
        Field("performance", "履行方式和期限", text),
        # 涉法涉诉、检举控告
        Field("legal_body", "政法机关类别", choice, codes.LEGAL_BODIES),
        Field("authority_ground", "管理权限判断", text),
        Field("secrecy_mark", "密级标注", choice, codes.SECRECY_MARKS),
        Field("copy_no", "份号"),
        Field("why_named", "写明检举控告人姓名的必要", text),
        # 办结报告
        Field("handling", "处理情况", text),
        Field("end_solved", "解决问题到位"),
        Field("end_explained", "思想教育到位"),
        Field("end_helped", "帮扶救助到位"),
        Field("end_lawful", "依法处理到位"),
        Field("execution", "落实情况", text),
        Field("delivered", "送达情况"),
        # 归档
        Field("fonds", "全宗"),
        Field("archive_no", "档号"),
        Field("archive_class", "类别"),
        Field("contents", "卷内文件逐件", many),
        Field("pages", "总页数", Shape.COUNT),
        Field("retention", "保管期限"),
        Field("filed_by", "整理人"),
        Field("filed_on", "归档日", date),
        # 更正
        Field("mistake", "原文", text),
        Field("corrected", "更正为", text),
    ]
    return {row.code: row for row in rows}


FIELDS = _fields()
SYSTEM_FIELDS = frozenset({"organ", "case_no", "addressee"})
