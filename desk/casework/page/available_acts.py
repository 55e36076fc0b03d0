"""现在可办：这个人现在能对本件做什么；不能做的，写明为什么。"""

from dataclasses import dataclass, field
from typing import Any

from accounts.authority import may
from desk.casework.act import subjects
from desk.casework.forms import FORM_FOR
from desk.templatetags.xf import month_day
from petitions.act import guards
from petitions.act.decorator import why_not
from petitions.act.states import Kind, State
from petitions.handling.instruction import rules as instructing
from petitions.models import Petition
from petitions.service.rules import Outcome
from rulebook.acts import Act

# icon, key, one line of help
LOOKS: dict[Act, tuple[str, str, str]] = {
    Act.SIGN_FOR: ("ok", "H", "记下谁接手，不影响期限"),
    Act.CLASSIFY: ("scale", "C", "逐项判定第三十一条各分支"),
    Act.ACCEPT: ("ok", "S", "出具受理告知书，60 日起算"),
    Act.ACCEPT_SIMPLY: ("ok", "", "初次、简单的件，10 个工作日内答复"),
    Act.SUGGEST_SIMPLE: ("info", "", "随转送标明，3 个工作日内转出"),
    Act.FORWARD: ("send", "Z", "转送有权处理的机关"),
    Act.ASSIGN: ("flag", "I", "指定日期反馈办结报告"),
    Act.UPHOLD: ("back", "G", "退回本单位重新转送"),
    Act.OVERRULE: ("send", "F", "对方告知期限从原收到日继续"),
    Act.DESIGNATE: ("scale", "", "写明由谁受理，对方不得再异议"),
    Act.REQUEST_DESIGNATION: ("up", "", "受理有争议，报共同的上一级"),
    Act.WITHDRAW_DESIGNATION: ("back", "", "各方已经协商一致的"),
    Act.DRAFT: ("pen", "D", "逐项写明结论、事实、依据"),
    Act.SUBMIT: ("shield", "U", "签发前核对五项"),
    Act.PASS: ("ok", "G", "可以签发"),
    Act.SIGN: ("doc", "Q", "编号、冻结，逐人送达"),
    Act.SERVE: ("mail", "V", "复查申请期自送达之日起算"),
    Act.POST: ("send", "", "逐件登记单号；签收以后才算送达"),
    Act.ATTEMPT_SERVICE: ("back", "", "门没有开、拒收、退信，什么期限都不起算"),
    Act.ALLOW_NOTICE: ("flag", "", "其他方式送达不到的，须逐级批准"),
    Act.PUBLISH_NOTICE: ("flag", "", "公告期满之日视为送达"),
    Act.CLOSE: ("ok", "E", "意见书已逐人送达"),
    Act.ANSWER: ("chat", "L", "答复后办结"),
    Act.ANSWER_SIMPLY: ("chat", "", "简短答复，电话、短信、网络、当面均可"),
    Act.INQUIRE: ("chat", "R", "可多次记录，计入办理过程"),
    Act.ALLOT: ("user", "P", "明确承办科室和承办人"),
    Act.CONVERT: ("back", "", "不宜简易的，经批准转换，60 日从简易受理算"),
    Act.EXTEND: ("clock", "Y", "情况复杂时，经负责人批准，≤ 30 日"),
    Act.RETURN: ("back", "T", "写明理由，办理期限不停"),
    Act.OBJECT: ("back", "O", "收到之日起 5 个工作日内"),
    Act.ASK_ASSIST: ("hand", "A", "主办单位统一答复"),
    Act.ANSWER_ASSIST: ("hand", "B", "反馈主办单位"),
    Act.RECORD_ENDS: ("scale", "", "逐项写明，不涉及的勾选"),
    Act.REPORT_PROGRESS: ("up", "", "不能按期办结的，向交办机关说明"),
    Act.REPORT_BACK: ("up", "W", "反馈交办机关"),
    Act.INSTRUCT: ("flag", "", "写明要求和报告的日子，法定期限不变"),
    Act.REPORT_INSTRUCTED: ("up", "", "告知批示的领导"),
    Act.SPONSOR: ("flag", "", "由一位领导包案化解，不影响期限"),
    Act.END_SPONSORING: ("flag", "", "写明化解、稳控的结论"),
    Act.ANSWER_REQUEST: ("chat", "", "补充材料、申请撤回、申请回避，5 个工作日内"),
    Act.SPLIT: ("merge", "", "不同途径的诉求各成一件"),
    Act.MERGE: ("merge", "", "并入正在办理的主件"),
    Act.UNMERGE: ("back", "", "期限从原起算日接着计算"),
    Act.RELATE: ("link", "", "归入同一事项组，各办各的"),
    Act.UNRELATE: ("out", "", "离开事项组"),
    Act.MARK_REPEAT: ("flag", "", "指明在先的一件"),
    Act.MARK_KEY: ("flag", "", "由信访部门核查处理意见"),
    Act.CORRECT: ("pen", "", "改前改后都留底，原话不改"),
    Act.AUTHORISE: ("users", "", "凭授权委托书、监护证明"),
    Act.DECEASE: ("user", "", "不再向其送达，期限不停"),
    Act.SUCCEED: ("user", "", "接替死亡的信访人"),
    Act.LEAVE: ("out", "", "几人中一人撤回，其余照常办"),
    Act.TAKE_DOWN: ("chat", "", "一问一答，打印后宣读、签名"),
    Act.REISSUE_CODE: ("print", "", "当面核对身份，另发回执，旧的作废"),
    Act.STUDY: ("bulb", "", "建议意见"),
    Act.TO_SUGGESTION: ("link", "", "本件照常答复，期限不变"),
    Act.REFER: ("lock", "", "检举控告，移交专岗"),
    Act.LEAD_IN: ("link", "", "第三十一条第一至五项"),
    Act.REDIRECT: ("info", "", "不属本机关职权的直接来件"),
    Act.DECLINE: ("back", "", "须逐级批准"),
    Act.NOT_AGAIN: ("back", "", "须逐级批准"),
    Act.FILE: ("folder", "", "无法告知、无实质内容的"),
    Act.NOTE: ("pen", "M", "不对外，不影响期限"),
    Act.AMEND: ("pen", "", "文字差错，另发更正告知书"),
    Act.REOPEN: ("back", "", "重新分类，告知期限重新起算"),
    Act.TERMINATE: ("out", "", "须逐级批准"),
    Act.ARCHIVE: ("folder", "", "归档后只可查阅"),
    Act.CLOSE_AGREED: ("ok", "", "达成协议的，不再出具处理意见书"),
    Act.AGREE: ("hand", "", "出具协议书，供各方签名"),
    Act.GIVE_UP: ("back", "", "依法调查，出具处理意见"),
    Act.MEDIATE: ("hand", "", "各方自愿；办理期限不停"),
    Act.HEAR: ("users", "", "重大、复杂、疑难的；办理期限不停"),
    Act.CONFIRM: ("scale", "", "协议生效 30 日内，各方共同申请"),
    Act.PERFORM: ("ok", "", "写明怎样落实，附凭证"),
    Act.REPLAN: ("clock", "", "期限届满以前改内容、单位、日子"),
    Act.REFUSE_EXECUTION: ("flag", "", "报信访部门督办"),
    Act.DECIDE_REVIEW: ("doc", "", "编号、冻结，送达申请人"),
    Act.ADMIT_REVIEW: ("ok", "", "30 日自收到请求起算"),
    Act.PROPOSE_REVIEW: ("pen", "", "维持、撤销、变更、责令重作"),
    Act.CALL_HEARING: ("users", "", "复核的听证时间不计入 30 日"),
    Act.CONCLUDE_HEARING: ("ok", "", "制作笔录，听证到今天为止"),
    Act.CANCEL_HEARING: ("out", "", "没有举行的不扣除"),
    Act.REFUSE_REVIEW: ("back", "", "书面告知理由"),
    Act.REQUEST_REVIEW: ("up", "", "收到处理意见书之日起 30 日内"),
    Act.REQUEST_RECHECK: ("up", "", "收到复查意见之日起 30 日内"),
    Act.WITHDRAW_REVIEW: ("out", "", "原意见继续有效"),
}
# what moves the case on; the first open one stands out
FORWARDS = (
    Act.DESIGNATE,
    Act.DECIDE_REVIEW,
    Act.CONCLUDE_HEARING,
    Act.ADMIT_REVIEW,
    Act.PASS,
    Act.SIGN,
    Act.SERVE,
    Act.CLOSE,
    Act.CLOSE_AGREED,
    Act.ANSWER_SIMPLY,
    Act.SUBMIT,
    Act.DRAFT,
    Act.ACCEPT,
    Act.UPHOLD,
    Act.ANSWER,
    Act.FORWARD,
    Act.CLASSIFY,
    Act.INQUIRE,
)


# said of a case that goes another way, not of something the clerk could put right
OF_OTHER_CASES = frozenset(
    test.because
    for test in (guards.is_simple, guards.has_an_agreement, guards.is_at_petition_office, instructing.one_waits)
)

# what is seldom wanted and moves no case on: folded under the others, so that the next step is seen at once
ASIDE = frozenset(
    {
        Act.RELATE,
        Act.UNRELATE,
        Act.MARK_REPEAT,
        Act.MARK_KEY,
        Act.SPONSOR,
        Act.END_SPONSORING,
        Act.CORRECT,
        Act.AUTHORISE,
        Act.DECEASE,
        Act.SUCCEED,
        Act.LEAVE,
        Act.TAKE_DOWN,
        Act.REISSUE_CODE,
        Act.AMEND,
        Act.TERMINATE,
        Act.MEDIATE,
        Act.HEAR,
        Act.REQUEST_DESIGNATION,
        Act.TO_SUGGESTION,
    }
)


@dataclass
class Panel:
    """Open acts, acts blocked by something that can be put right, and acts of other stages."""

    open: list[dict[str, Any]] = field(default_factory=list)
    blocked: list[dict[str, Any]] = field(default_factory=list)
    elsewhere: list[dict[str, Any]] = field(default_factory=list)

    @property
    def main(self) -> list[dict[str, Any]]:
        """The open acts that are always in sight; the seldom ones too where there are no others."""
        return [entry for entry in self.open if entry["act"] not in ASIDE] or self.open

    @property
    def aside(self) -> list[dict[str, Any]]:
        """The open acts that are folded away."""
        shown = self.main
        return [entry for entry in self.open if entry not in shown]


def of(petition, user) -> Panel:
    """The panel of the user for a petition loaded by dossier.load: no query."""
    panel = Panel()
    for act, noun, reasons in _offers(petition, user):
        entry = _entry(act, petition)
        if not reasons:
            panel.open.append(entry)
            continue
        entry["refusal"] = "；".join(reasons)
        away = act in ASIDE or _is_elsewhere(act, noun, reasons)
        (panel.elsewhere if away else panel.blocked).append(entry)
    first = _next_step(panel.open, petition)
    for entry in panel.open:
        entry["primary"] = entry["act"] is first
    panel.open.sort(key=lambda entry: (not entry["primary"], _rank(entry["act"])))
    return panel


def _next_step(entries, petition) -> Act | None:
    """The open act that moves the case on; serving does so only once the opinion has been issued."""
    offered = {entry["act"] for entry in entries}
    if petition.state != State.ISSUED:
        offered.discard(Act.SERVE)
    if petition.kind == Kind.APPEAL and not petition.path and not petition.organ.is_petition_office:
        offered.discard(Act.FORWARD)  # 有权办理的机关先定途径
    return next((act for act in FORWARDS if act in offered), None)


def _offers(petition, user):
    """(act, noun, reasons) for every act that has a page and that the user's posts reach."""
    for act in LOOKS:
        if act not in FORM_FOR or not may(user, act, petition):
            continue
        noun = subjects.of(act, petition, user)
        if noun is not None:
            yield act, noun, reasons_against(act, noun, petition)


def reasons_against(act: Act, noun, petition) -> list[str]:
    """Why the act is closed now, in sentences: its own guards, or a request for it that already waits."""
    waiting = next((row for row in petition.pending_acts.all() if row.state == "waiting" and row.act == act), None)
    if waiting is not None:
        return [f"已经报请，正在等待{waiting.step_label}"]
    return why_not(noun, getattr(type(noun), str(act)))


def _is_elsewhere(act: Act, noun, reasons) -> bool:
    """Whether the act belongs to another state or kind of case, so that nothing the clerk does now opens it."""
    return (
        not OF_OTHER_CASES.isdisjoint(reasons)
        or getattr(type(noun), str(act))._django_fsm.get_transition(noun.state) is None
    )


def _entry(act: Act, petition) -> dict[str, Any]:
    icon, key, hint = LOOKS[act]
    return {
        "act": act,
        "label": label_of(act),
        "url": f"/cases/{petition.number}/do/{act}/",
        "icon": icon,
        "key": key,
        "hint": _hint(act, petition) or hint,
        "refusal": "",
        "primary": False,
    }


def _hint(act: Act, petition) -> str:
    """The help with a day or a count in it, where there is one."""
    if act is Act.SERVE:
        if any(attempt.outcome == Outcome.REFUSED and not attempt.service.served_on for attempt in _attempts(petition)):
            return "信访人拒绝签收的，可以留置送达：见证人或者影像"
        waiting = sum(service.is_waiting for service in petition.services.all())
        return f"还有 {waiting} 份待送达；复查申请期自送达之日起算"
    if act is Act.OBJECT:
        leg = petition.current_leg
        due = next(
            (d.due_on for d in petition.deadlines.all() if d.term == "D04" and leg and d.scope_id == leg.pk), None
        )
        return f"{month_day(due)} 前，5 个工作日内" if due else ""
    return ""


def _attempts(petition):
    """Every failed attempt, pointing at the services as they were read with the petition."""
    for service in petition.services.all():
        for attempt in service.attempts.all():
            attempt.service = service
            yield attempt


def label_of(act: Act) -> str:
    """The word on the button: acts that wait for approval are 申请."""
    return f"申请{act.label}" if getattr(getattr(Petition, str(act), None), "needs_approval", False) else act.label


def _rank(act: Act) -> int:
    return list(LOOKS).index(act)
