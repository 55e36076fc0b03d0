"""日志行 → 人看的一句话。每种行为一句。"""

from django.utils.dateparse import parse_date

from documents.letters.fields import AGREEMENTS, KINDS
from petitions.acceptance.simple.rules import GROUNDS, MEANS
from petitions.act.states import LegalPath
from petitions.closing.rules import SETTLED_BECAUSE
from petitions.handling.sponsorship.rules import Conclusion
from petitions.intake.correction import label_of
from petitions.parties.request import rules as requesting
from petitions.service.rating import veil
from petitions.service.rules import Method, Outcome
from rulebook.acts import Act
from rulebook.terms import BY_CODE


def _day(value) -> str:
    day = parse_date(value) if isinstance(value, str) else value
    return f"{day:%m-%d}" if day else ""


def _path(event) -> str:
    path = event.details.get("path")
    return f"：{LegalPath(path).label}" if path in LegalPath.values else ""


def _letter(event) -> str:
    kind = KINDS.get(event.details.get("letter", ""))
    return f"《{kind.label}》" if kind else "文书"


def _expired(event) -> str:
    return "，公告期满" if event.details.get("means") == Method.NOTICE else ""


def _undelivered(event) -> str:
    way = "邮件退回，" if event.details.get("means") == Method.POST else ""
    outcome = event.details.get("outcome")
    return way + (Outcome(outcome).label if outcome in Outcome.values else "")


def _extended(event) -> str:
    return f"办理期限延长 {event.details.get('days')} 日"


def moves_in_words(moves) -> str:
    """Moves of days as a line 日历重算 keeps them: 提出职权异议 03-09 → 03-10; where only the house's day moved, so."""
    said = []
    for told in moves:
        name, mark = ("due_on", "") if told["due_on"][0] != told["due_on"][1] else ("internal_on", "内控截止 ")
        old, new = told[name]
        said.append(f"{BY_CODE[told['term']].label} {mark}{_day(old)} → {_day(new)}")
    return "；".join(said)


SENTENCES = {
    Act.RECEIVE: lambda e: "收到来件",
    Act.REGISTER: lambda e: "登记，原话封存",
    Act.CORRECT: lambda e: _corrected(e),
    Act.AUTHORISE: lambda e: "登记监护人" if e.details.get("role") == "guardian" else "登记代理人",
    Act.DECEASE: lambda e: "信访人死亡",
    Act.SUCCEED: lambda e: "承继人接替死亡的信访人，继续办理",
    Act.LEAVE: lambda e: _left(e),
    Act.TAKE_DOWN: lambda e: "记录接访笔录，读给信访人听后签名",
    Act.CLASSIFY: lambda e: f"确定类别和途径{_path(e)}",
    Act.SPLIT: lambda e: f"拆分为 {e.details.get('siblings')} 件并列事项",
    Act.MERGE: lambda e: "并入主件办理",
    Act.UNMERGE: lambda e: "撤销并案，恢复单独办理，期限从原起算日接着计算",
    Act.RELATE: lambda e: "关联为同一事项",
    Act.UNRELATE: lambda e: "解除同一事项的关联",
    Act.MARK_REPEAT: lambda e: "标注为重复件" if e.details.get("earlier") else "取消重复件标注",
    Act.MARK_KEY: lambda e: "列为重点件" if e.details.get("key") else "不再列为重点件",
    Act.FORWARD: lambda e: "转送有权处理的机关",
    Act.ASSIGN: lambda e: f"交办，限 {_day(e.details.get('due_on'))} 前反馈办结报告",
    Act.ARRIVE: lambda e: "到达去向单位",
    Act.SIGN_FOR: lambda e: "签收",
    Act.ALLOT: lambda e: "分派承办人",
    Act.OBJECT: lambda e: "提出职权异议",
    Act.UPHOLD: lambda e: "同意异议，退回重新转送",
    Act.OVERRULE: lambda e: "不同意异议，告知期限从原收到日继续",
    Act.REQUEST_DESIGNATION: lambda e: f"报请指定管辖：{DISPUTE_CAUSES.get(e.details.get('cause'), '受理争议')}",
    Act.DESIGNATE: lambda e: f"指定管辖，{_goes_on(e)}期限不重新起算",
    Act.WITHDRAW_DESIGNATION: lambda e: "撤回指定管辖的报请",
    Act.ACCEPT: lambda e: f"受理并书面告知{_path(e)}",
    Act.SUGGEST_SIMPLE: lambda e: f"建议简易办理：{GROUNDS[e.details['ground']]}",
    Act.ACCEPT_SIMPLY: lambda e: f"简易受理，{_told(e)}：{GROUNDS[e.details['ground']]}",
    Act.DEEM_ACCEPTED: lambda e: "届满未告知，视为受理（超期未告知）",
    Act.DECLINE: lambda e: "不予受理并书面告知",
    Act.NOT_AGAIN: lambda e: "不再受理并书面告知",
    Act.REDIRECT: lambda e: "告知向有权机关提出",
    Act.LEAD_IN: lambda e: f"导入法定途径{_path(e)}",
    Act.REFER: lambda e: "移交检举控告专岗",
    Act.STUDY: lambda e: "转建议研究",
    Act.TO_SUGGESTION: lambda e: f"转人民建议征集 {e.details['suggestion']}，期限不变",
    Act.FILE: lambda e: "存",
    Act.INQUIRE: lambda e: INQUIRY_FORMS.get(e.details.get("form"), "记录调查、听取意见"),
    Act.NOTE: lambda e: "内部备注",
    Act.REISSUE_CODE: lambda e: "核对身份后补发查询码",
    Act.SUPPLEMENT: lambda e: f"信访人补充材料{_files(e)}",
    Act.REQUEST_WITHDRAWAL: lambda e: "信访人代表申请全体撤回" if e.details.get("whose") == "all" else "信访人申请撤回",
    Act.REQUEST_RECUSAL: lambda e: "信访人申请回避",
    Act.ANSWER_REQUEST: lambda e: _answered(e),
    Act.INSTRUCT: lambda e: f"批示，限 {_day(e.details['due_on'])} 前报告落实情况",
    Act.REPORT_INSTRUCTED: lambda e: "报告批示落实情况",
    Act.SPONSOR: lambda e: _sponsored(e),
    Act.END_SPONSORING: lambda e: f"结束领导包案：{Conclusion(e.details['outcome']).label}",
    Act.ASK_ASSIST: lambda e: "请求协办",
    Act.ANSWER_ASSIST: lambda e: "协办单位反馈",
    Act.CONVERT: lambda e: f"转为普通程序，办理期限自{_since(e)}起计算",
    Act.EXTEND: _extended,
    Act.RECOMPUTE: lambda e: f"放假安排公布，期限重算：{moves_in_words(e.details.get('moved', []))}",
    Act.REPORT_PROGRESS: lambda e: "反馈阶段性情况，办结报告另报",
    Act.RECORD_ENDS: lambda e: "逐项记录四个到位",
    Act.REPORT_BACK: lambda e: "反馈办结报告",
    Act.DRAFT: lambda e: f"起草处理意见（第 {e.details.get('version')} 稿）",
    Act.SUBMIT: lambda e: "处理意见送督查核查",
    Act.RETURN: lambda e: "核查退回修改",
    Act.PASS: lambda e: f"核查通过，等待签发{_let_stand(e)}",
    Act.SIGN: lambda e: "签发信访处理意见书",
    Act.ANSWER: lambda e: "答复",
    Act.ANSWER_SIMPLY: lambda e: f"简易答复，{_told(e)}",
    Act.AMEND: lambda e: f"更正{_letter(e)}，另发更正告知书",
    Act.SERVE: lambda e: f"送达{_letter(e)}{_expired(e)}",
    Act.ATTEMPT_SERVICE: lambda e: f"未送达{_letter(e)}：{_undelivered(e)}",
    Act.POST: lambda e: f"交邮{_letter(e)}，签收以后才算送达",
    Act.ALLOW_NOTICE: lambda e: f"准予公告送达{_letter(e)}",
    Act.PUBLISH_NOTICE: lambda e: f"公告送达{_letter(e)}，{_day(e.details.get('until'))} 期满",
    Act.CLOSE: lambda e: "办结",
    Act.SETTLE: lambda e: f"{SETTLED_BECAUSE[e.details.get('ground', 'lapsed')]}，程序终结",
    Act.TERMINATE: lambda e: "终止办理",
    Act.REOPEN: lambda e: "退回重新分类",
    Act.ARCHIVE: lambda e: "归档",
    Act.RATE: lambda e: _rated(e),
    Act.PROMISE: lambda e: f"确定落实任务，限 {_day(e.details.get('due_on'))} 前落实",
    Act.REPLAN: lambda e: "调整落实任务",
    Act.PERFORM: lambda e: "支持的诉求已落实",
    Act.REFUSE_EXECUTION: lambda e: "登记拒不落实，报请督办",
    Act.REQUEST_REVIEW: lambda e: "信访人申请复查",
    Act.REQUEST_RECHECK: lambda e: "信访人申请复核",
    Act.REVIVE: lambda e: "恢复程序，交复查（复核）机关决定",
    Act.ADMIT_REVIEW: lambda e: f"受理{_proceeding(e)}申请",
    Act.REFUSE_REVIEW: lambda e: f"不予受理{_proceeding(e)}申请",
    Act.WITHDRAW_REVIEW: lambda e: f"申请人撤回{_proceeding(e)}申请",
    Act.PROPOSE_REVIEW: lambda e: f"起草{_proceeding(e)}意见",
    Act.DECIDE_REVIEW: lambda e: f"签发{_proceeding(e)}意见书{_let_stand(e)}",
    Act.REDO: lambda e: f"责令重新作出处理意见，限 {_day(e.details.get('due_on'))} 前",
    Act.DROP_REDO: lambda e: "复核改变了责令重作的复查意见，不再重新作出处理意见",
    Act.HEAR: lambda e: f"决定听证，拟于 {_day(e.details.get('until'))} 前作出结论，办理期限不停",
    Act.CALL_HEARING: lambda e: f"决定听证，拟于 {_day(e.details.get('until'))} 前作出结论",
    Act.CONCLUDE_HEARING: lambda e: "作出听证结论",
    Act.CANCEL_HEARING: lambda e: f"本件{_after(e)}，听证随之取消" if e.details.get("after") else "取消听证，没有举行",
    Act.MEDIATE: lambda e: f"各方自愿，开始{AGREEMENTS[e.details['mode']]}，办理期限不停",
    Act.AGREE: lambda e: f"达成协议，制作协议书，{_day(e.details['on'])} 生效",
    Act.GIVE_UP: lambda e: f"{f'本件{_after(e)}，' if e.details.get('after') else ''}未达成协议，终止调解、和解",
    Act.CONFIRM: lambda e: f"各方于 {_day(e.details['on'])} 共同申请司法确认",
    Act.CLOSE_AGREED: lambda e: "依调解、和解协议办结",
    Act.ASK: lambda e: f"报请审批：{_what(e)}",
    Act.APPROVE: lambda e: f"批准：{_what(e)}",
    Act.REJECT: lambda e: f"不批准：{_what(e)}",
    Act.WITHDRAW: lambda e: f"撤回报请：{_what(e)}",
    Act.REMIND: lambda e: "系统提醒",
    Act.WITHDRAW_REMINDERS: lambda e: f"撤销“{BY_CODE[e.details['term']].label}”的提醒 {e.details['reminders']} 次",
    Act.URGE: lambda e: "催办",
    Act.ORDER: lambda e: f"下发{_card(e)}督办单，限 {_day(e.details.get('due_on'))} 前反馈",
    Act.SIGN_ORDER: lambda e: "签收督办单",
    Act.REPORT_ORDER: lambda e: "报告督办进展",
    Act.RAISE_ORDER: lambda e: f"督办单升为{_card(e)}督办",
    Act.ANSWER_ORDER: lambda e: "反馈督办",
    Act.RETURN_ORDER: lambda e: "退回督办反馈",
    Act.CLOSE_ORDER: lambda e: "办结督办单",
    Act.CALL_IN: lambda e: f"{_day(e.details.get('on'))} 约谈责任单位，承诺 {e.details.get('commitments')} 项",
    Act.KEEP_COMMITMENT: lambda e: f"{_day(e.details.get('on'))} 履行约谈承诺",
    Act.LIST_FOR_CONFERENCE: lambda e: f"列入联席会议，拟 {_day(e.details['on'])} 上会",
    Act.DECIDE_AT_CONFERENCE: lambda e: f"联席会议 {_day(e.details['on'])} 议定，限 {_day(e.details['due_on'])} 前落实",
    Act.CIRCULATE: lambda e: f"通报 {e.details.get('told')} 个单位",
    Act.PROPOSE: lambda e: f"提出{PROPOSALS[e.details['kind']]}，限 {_day(e.details.get('due_on'))} 前反馈",
    Act.ANSWER_PROPOSAL: lambda e: f"{PROPOSALS[e.details['kind']]}已反馈：{ADOPTIONS[e.details['outcome']]}",
}

PROPOSALS = {"improve": "改进工作建议", "policy": "完善政策建议"}
ADOPTIONS = {"adopted": "采纳", "partly": "部分采纳", "not_adopted": "未采纳"}
DISPUTE_CAUSES = {
    "returned": "多次异议退回",
    "loop": "循环流转",
    "requested": "单位之间有受理争议",
    "taken_up": "受理以后发现不属本单位职权",
}


def _sponsored(event) -> str:
    """Whether another leader had it before, and by when it is to be settled."""
    said = "改由另一位领导包案" if event.details.get("before") else "由领导包案"
    return f"{said}，{_day(event.details['due_on'])} 前化解" if event.details.get("due_on") else said


def _goes_on(event) -> str:
    return "原受理有效，办理" if event.details.get("leg_kind") == "take_over" else "告知"


def _corrected(event) -> str:
    """Which items were corrected; what they say stands elsewhere, encrypted."""
    labels = "、".join(label_of(column) for column in event.details.get("fields", []))
    moved = event.details.get("received_on")
    return f"更正登记信息：{labels}{f'（收到日改为 {_day(moved)}，期限随之重算）' if moved else ''}"


def _left(event) -> str:
    if event.details.get("withdrew") == "part":
        numbers = "、".join(f"第 {number} 项" for number in event.details.get("claims", []))
        return f"一名信访人书面撤回{numbers}诉求，其余照常办理"
    if event.details.get("standing") == "withdrawn":
        return "一名信访人书面撤回，其余信访人的照常办理"
    return "代理（监护）解除"


INQUIRY_FORMS = {
    "heard": "听取信访人意见",
    "visit": "现场核查",
    "record": "调查笔录",
    "phone": "电话联系信访人",
    "materials": "调取材料",
    "expert": "征询专业意见",
}


def _let_stand(event) -> str:
    kept = len(event.details.get("overrides", ()))
    return f"（{kept} 处审核提示经核对保留）" if kept else ""


def _told(event) -> str:
    """How the petitioner was told without a letter, or that paper was asked for."""
    means = MEANS.get(event.details.get("means", ""))
    paper = "出具纸质文书" if event.details.get("paper") else ""
    return "，".join(filter(None, (f"{means}告知" if means else "", paper))) or "豁免告知"


def _files(event) -> str:
    return f"，文件 {event.details['files']} 个" if event.details.get("files") else ""


def _answered(event) -> str:
    kind, outcome = event.details["kind"], event.details["outcome"]
    return f"回应信访人（{requesting.KINDS[kind]}）：{requesting.OUTCOMES[outcome]}"


def _since(event) -> str:
    since = event.details.get("since")
    return _day(since) if since else "简易受理之日"


def _after(event) -> str:
    return Act(event.details["after"]).label


def _proceeding(event) -> str:
    return "复核" if event.details.get("kind") == "recheck" else "复查"


SCORES = {"satisfied": "满意", "fair": "基本满意", "dissatisfied": "不满意"}
BODIES = {"office": "信访部门", "organ": "责任单位"}


def _rated(event) -> str:
    """Scores by body; after the window only words were taken. Before its end nothing is told but to those for whom
    veil.readable has opened the line."""
    if not event.details.get("counted"):
        return "信访人留言，不计入评价"
    did = "信访人改了评价" if event.details.get("changed") else "信访人评价"
    did += "（电话代录）" if event.details.get("by_phone") else ""
    if veil.is_veiled(event) and not getattr(event, "is_open_to_reader", False):
        return f"{did}，{_day(veil.until_of(event))} 评价期满以后可见"
    given = event.details["scores"]
    said = [f"对{label}{SCORES[given[body][1]]}" for body, label in BODIES.items() if body in given]
    return f"{did}：{'，'.join(said)}"


CARDS = {"yellow": "黄牌", "red": "红牌"}


def _card(event) -> str:
    return CARDS.get(event.details.get("card", ""), "")


def _what(event) -> str:
    what = event.details.get("what")
    return Act(what).label if what else ""


def sentence(event) -> str:
    """The line of the log as the office says it."""
    return SENTENCES[Act(event.act)](event)
