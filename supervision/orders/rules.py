"""督办单不能这样下发、反馈、退回、办结的理由：取决于填了什么，一句话说清。"""

from petitions.act.states import State
from petitions.models import CallBack
from rulebook.timekeeping import local_date, today

BEYOND_RECALL = (State.ARCHIVED, State.MERGED)
UNEXECUTED, POORLY_RATED = "SV06", "SV09"
CONCERNED = ("handles", "handled")


def unlawful_order(order, **_):
    """第四十条：督办向有处理责任的机关、单位提出，写明问题、要求和期限。"""
    petition = order.petition
    unexecuted = petition.state == State.ARCHIVED and order.ground == UNEXECUTED  # 先归档的，落实任务继续
    if petition.state in BEYOND_RECALL and not unexecuted:
        return f"本件{petition.get_state_display()}，不能再下发督办单；请对主件或新件督办"
    if order.issuer_id == order.to.office_id:
        return "不能向本单位下发督办单，请选择承办单位"
    if not petition.involvements.filter(kind__in=CONCERNED, organ__office_id=order.to.office_id).exists():
        return f"{order.to.short_name}没有承办过本件，只能向承办或曾承办的单位下发督办单"
    if order.ground == POORLY_RATED and not _is_confirmed(petition):
        return "没有回访认定属实、评价期已满的不满意评价；期满以前不能让责任单位知道评价，确要先督办的请选其他事由"
    if not order.problem.strip() or not order.requirement.strip():
        return "督办单须写明存在问题和督办要求（第四十条）"
    if petition.orders.open().filter(to=order.to, ground=order.ground).exclude(pk=order.pk).exists():
        return f"{order.to.short_name}已有同一事由的督办单尚未办结，请先核查其反馈"
    return _past(order.due_on)


def _is_confirmed(petition) -> bool:
    return CallBack.objects.confirmed(today()).filter(rating__petition=petition).exists()


def empty_answer(order, *, answer="", **_):
    return None if answer.strip() else "请写明落实情况、处理结果和下一步安排"


def empty_report(order, *, report="", **_):
    return None if report.strip() else "请写明办到哪一步、下一步何时办什么、还有什么困难"


def unlawful_raise(order, *, card="", reason="", every=0, **_):
    """只升不降；升了仍没有反馈的，凭次数和理由说话。"""
    cards = [value for value, _ in order.Card.choices]
    if card not in cards or cards.index(card) <= cards.index(order.card):
        return f"现为{order.get_card_display()}，只能往上升"
    if not reason.strip():
        return "请写明升级的理由，例如“逾期五日未反馈，两次未报告进展”"
    return None if every > 0 else "黄牌、红牌督办单须指定每几个工作日报告一次进展"


def unlawful_return(order, *, reason="", due_on=None, **_):
    if not reason.strip():
        return "退回反馈须写明理由和仍要补充的内容"
    return _past(due_on) if due_on else "请指定重新反馈的期限"


def unlawful_close(order, *, opinion="", **_):
    """An answered order is closed with the checker's verdict; one without an answer needs a reason."""
    if opinion.strip():
        return None
    if order.is_answered:
        return "请写明核查结论，例如“问题已整改，予以核销”"
    return "责任单位尚未反馈；确需直接办结的，请写明理由"


def _past(day):
    return "反馈期限不能早于今天" if day < today() else None


def unlawful_listing(item, **_):
    """What goes before the joint conference says why and for which day; what is over does not."""
    if item.petition.state in BEYOND_RECALL:
        return f"本件{item.petition.get_state_display()}，不列入联席会议；请列主件或者新件"
    if not item.reason.strip():
        return "请写明为什么要由联席会议议"
    return None if item.on >= today() else "拟上会日不能早于今天"


def unlawful_decision(item, *, on, decision, to, due_on, **_):
    """The words of the minutes, the day they were settled, who is to do it and by when."""
    if not decision.strip():
        return "请照会议纪要写明议定事项"
    if not local_date(item.listed_at) <= on <= today():
        return f"议定日应在列入日（{local_date(item.listed_at):%m-%d}）至今天之间"
    if item.petition.accused_organ_id in to.ancestor_ids and item.petition.accused_organ_id is not None:
        return f"{to.short_name}是被反映的单位，不能由它落实，请另选责任单位（第三十条）"
    return None if due_on > on else "落实期限应当晚于议定日"
