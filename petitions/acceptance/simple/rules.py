"""简易办理的规矩：哪些件可以、哪些不可以、转为普通程序的最后一天（《信访事项简易办理办法（试行）》，rules §3）。"""

from petitions.act.states import Kind, Procedure, State
from rulebook.acts import Act
from rulebook.books import settings_of
from rulebook.city.options import SIMPLE_BARS
from rulebook.timekeeping import local_date, today

MEASURE = "《信访事项简易办理办法（试行）》"

GROUNDS = {
    "plain": "事实清楚、责任明确、争议不大、易于解决",
    "instant": "咨询、意见建议、表达感谢，可以即时反馈",
    "daily": "涉及群众日常生产生活、时效性强，应当即时处理",
    "promised": "行政机关已有明确承诺或者结论",
    "other": "其他可以简易办理的情形",
}
MEANS = {"face": "当面口头", "phone": "电话", "sms": "短信", "web": "网络"}


def unfit(petition, *, ground, bars=(), means="", **_):
    """What the clerk ticked against the list of the measure; the city may shorten the list (待核)."""
    if ground not in GROUNDS:
        return f"简易办理须选定适用情形（{MEASURE}）"
    counted = settings_of(petition.rule_set)["simple_bars"]
    standing = [SIMPLE_BARS[code] for code in bars if code in counted]
    if standing:
        return f"{'、'.join(standing)}的，不适用简易办理，请按普通程序受理（{MEASURE}）"
    return None


def nobody_told(petition, *, means="", paper=False, **_):
    """快捷告知也要写明怎样告知的；要纸质的出纸质，姓名住址不清的豁免（第二十三条第二款）。"""
    if paper or petition.submission.notice_exempt or means in MEANS:
        return None
    return "请选择告知信访人的方式：当面口头、电话、短信、网络；信访人要求纸质的，出具纸质文书"


def not_a_simple_answer(petition, *, outcome, reply, **_):
    """可能不支持其诉求的不适用简易办理：须有完整的事实、依据和复查的权利（第三十二条、第三十五条）。"""
    if outcome == "not_support":
        return "不支持诉求的不适用简易答复：请申请转为普通程序，出具处理意见书"
    return None if reply.strip() else "请写明答复内容"


def too_late_to_convert(petition, **_):
    """转为普通程序有最后一天：没有答复的看简易期限（城市可放宽到 60 日），已经答复的看 60 日。"""
    answered = petition.state == State.CLOSED
    within = settings_of(petition.rule_set)["simple_convert_within"]
    last = last_day(petition, "D06" if answered or within == "ordinary" else "D16c")
    if last is None or today() <= last:
        return None
    if answered:
        return f"自简易受理之日起的 60 日已于{last:%Y-%m-%d}届满，不再转为普通程序；信访人仍有请求的，请登记新件"
    return f"已于{last:%Y-%m-%d}届满，不再转为普通程序，也不能延期；请在 60 日内起草并出具处理意见书（第三十四条）"


def was_answered(petition) -> bool:
    """Whether a short answer ended it: the appeal has no opinion that could be reviewed."""
    return petition.procedure == Procedure.SIMPLE and petition.kind == Kind.APPEAL and petition.issued_at is None


def may_still_be_converted(petition) -> bool:
    """Whether a petitioner not content with the short answer can still be given a full opinion (rules §3)."""
    last = last_day(petition, "D06")
    return was_answered(petition) and last is not None and today() <= last


def last_day(petition, term):
    """The last day of the petition's newest clock of that number, however it ended, or None."""
    rows = [row for row in petition.deadlines.all() if row.term == term and row.ended_how != "void"]
    return max((row.due_on for row in rows), default=None)


def suggested(petition):
    """The facts of 建议简易办理: the three working days run from the receipt, whenever it is said."""
    leg = petition.current_leg
    received = local_date(leg.arrived_at) if leg else petition.received_on
    petition.procedure = Procedure.SUGGESTED
    return {"details": {"simple": True, "since": received.isoformat(), **petition.log_facts()}}


def converted(petition):
    """The facts of 转为普通程序: a period that runs goes on; one met, or that the city restarts, begins anew."""
    answered = petition.closed_at is not None
    clock = settings_of(petition.rule_set)["simple_to_normal_clock"]
    facts = {"path": petition.path, "owed_by_organ": petition.organ_id}
    if clock == "converted":
        facts["since"] = today().isoformat()
    elif answered:
        facts["since"] = local_date(petition.accepted_at).isoformat()
    return {"details": facts}


def wants_paper(petition) -> bool:
    """Whether the petitioner asked for paper when the case was taken up."""
    taken = [line for line in petition.events.all() if line.act == Act.ACCEPT_SIMPLY]
    return bool(taken and taken[-1].details.get("paper"))


def path_of(petition) -> str:
    """建议意见办理的途径不必判定；申诉求决已经逐项判定。"""
    return "29" if petition.kind == Kind.SUGGESTION else petition.path
