"""What must hold before a petition is closed, settled, terminated or archived; why and when a resting one is over."""

from petitions.acceptance.simple import rules as simple
from petitions.act.guards import guard, is_registered
from petitions.act.states import FINAL
from petitions.closing import closing_report
from petitions.mediation import rules as mediating
from rulebook.acts import Act

# 答复的文书：没有复查权，却是信访人等的那一份
REPLIES = ("F13", "F14", "F37")

# 程序终结的几种情形
SETTLED_BECAUSE = {
    "lapsed": "复查、复核申请期满未申请",
    "final": "复核（终局）意见已经送达",
    "simple": "已经简易答复，没有转为普通程序",
    "agreed": "已经依协议办结，没有处理意见可以申请复查",
    "answered": "已经答复，不适用复查、复核",
    "untold": "处理意见书无人可以送达，没有复查申请期",
}


@guard("还有信访人未收到处理意见书，请逐人记录送达", article="第三十五条")
def everyone_is_served(petition) -> bool:
    owed = [one for one in petition.services.all() if one.required and one.party.is_present]
    return not any(one.is_waiting for one in owed)


@guard("答复的文书还没有送达，请逐人记录送达", article="第二十九条、第三十一条")
def replies_have_arrived(petition) -> bool:
    owed = [one for one in petition.services.select_related("letter", "party") if one.letter.kind in REPLIES]
    return not any(one.is_waiting and one.party.is_present for one in owed)


@guard("复查、复核申请期未满，尚不能终结", article="第三十五条、第三十六条")
def remedy_has_lapsed(petition) -> bool:
    return not _remedy_runs(petition)


@guard("简易答复的件，自简易受理之日起 60 日内还可以转为普通程序，尚不能终结", article=simple.MEASURE)
def is_past_conversion(petition) -> bool:
    return not simple.may_still_be_converted(petition)


@guard("调解协议还在共同申请司法确认的期间内，尚不能终结", article="《人民调解法》第三十三条")
def is_past_confirmation(petition) -> bool:
    return not any(mediating.may_still_be_confirmed(one) for one in petition.mediations.all())


@guard("处理意见书已经送达，复查申请期正在计算，不能终止；请逐人送达后办结", article="第三十五条")
def no_remedy_runs(petition) -> bool:
    return not _remedy_runs(petition)


@guard("复查、复核尚未办完，尚不能终结", article="第三十五条、第三十六条")
def no_review_is_open(petition) -> bool:
    return not any(proceeding.is_open for proceeding in petition.proceedings.all())


@guard("复查、复核正在进行，不能终止；请等复查（复核）意见，申请人撤回的先记录撤回", article="第三十五条、第三十六条")
def no_review_goes_on(petition) -> bool:
    return no_review_is_open(petition)


@guard("复核正在进行，请等复核意见；申请人撤回的先记录撤回", article="第三十六条")
def no_recheck_goes_on(petition) -> bool:
    """复查责令重新作出的，对它的复核没有办完以前，本件不走别的路。"""
    return no_review_is_open(petition)


@guard("督办单尚未办结，不能归档", article="第四十条")
def no_order_is_open(petition) -> bool:
    return not petition.under_order


@guard("主件尚未终结，并案件随主件归档", article="内部管理要求")
def main_case_is_over(petition) -> bool:
    return petition.merged_into is None or petition.merged_into.state in FINAL


@guard("四个到位还没有逐项记录，要反馈办结报告的件记录以后才能办结", article="第二十二条、第二十七条")
def ends_do_not_hold_it_up(petition) -> bool:
    return not closing_report.must_be_recorded(petition) or closing_report.are_recorded(petition)


def _remedy_runs(petition) -> bool:
    return any(d.term in ("D08", "D10") and not d.ended_how for d in petition.deadlines.all())


def settled_because(petition) -> str:
    """Which of the cases of SETTLED_BECAUSE it is: by the act that closed it, and by what was asked since."""
    how = max((line for line in petition.events.all() if line.act in _CLOSED_BY), key=lambda line: line.seq)
    if how.act != Act.CLOSE:
        return _CLOSED_BY[how.act]
    if any(one.state == "decided" and one.is_final for one in petition.proceedings.all()):
        return "final"
    return "lapsed" if any(d.term == "D08" for d in petition.deadlines.all()) else "untold"


_CLOSED_BY = {
    Act.CLOSE: "lapsed",
    Act.CLOSE_AGREED: "agreed",
    Act.DROP_REDO: "final",
    Act.ANSWER_SIMPLY: "simple",
    Act.ANSWER: "answered",
}
TO_SETTLE = [
    remedy_has_lapsed,
    no_review_is_open,
    everyone_is_served,
    replies_have_arrived,
    is_past_conversion,
    is_past_confirmation,
]
TO_TERMINATE = [is_registered, no_remedy_runs, no_review_goes_on]
