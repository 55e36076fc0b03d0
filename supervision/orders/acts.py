"""催办、下发和核查督办单：行为之外还欠的文书与消息，与行为同一事务。"""

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.authority import may, require, require_holding
from accounts.messages.notices import tell
from documents.letters import issuance as documents
from documents.letters.impediments import LetterRefused
from petitions.act.decorator import SYSTEM, Actor, Refused
from petitions.act.notifications import NEXT_ACT, concerned
from petitions.act.states import OPEN, State
from petitions.models import Petition, PetitionLetter
from rulebook.acts import Act
from rulebook.books import settings_of
from rulebook.timekeeping import today
from supervision.ladder import step_decision
from supervision.ladder.addressees import holding
from supervision.ladder.rungs import Opens
from supervision.models import CardGiven, Order

REPORT_BACK = "落实情况、处理结果、责任人员和下一步安排，附佐证材料。"


@dataclass
class Urged:
    """What became of a round of 催办: numbers urged, and (number, sentence) of those that could not be."""

    done: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


# 催办


def to_be_urged(petition) -> list:
    """Who would read an 催办 of the petition now: its handler, else those of the holding organ who owe the next act."""
    return concerned(petition, NEXT_ACT.get(State(petition.state)))


def urge(petitions, text: str, *, by) -> Urged:
    """催办: one log line each, word to whoever holds the matter. Petitions that cannot be urged are named, not fatal.

    `petitions` is a queryset or list; raises Refused without words to send, PermissionDenied where no post of the
    user carries 催办 at all.
    """
    require_holding(by, Act.URGE)
    if not text.strip():
        raise Refused("请写明催办内容")
    result = Urged()
    for pk in sorted(petition.pk for petition in petitions):
        try:
            result.done.append(_urge_one(pk, text.strip(), by))
        except (Refused, PermissionDenied) as said:
            result.refused.append((Petition.objects.values_list("number", flat=True).get(pk=pk), str(said)))
    return result


@transaction.atomic
def _urge_one(pk: int, text: str, by) -> str:
    petition = (
        Petition.objects.select_related("organ__office", "holder_organ", "holder_user", "submission")
        .select_for_update(of=("self",))
        .get(pk=pk)
    )
    seat = require(by, Act.URGE, petition)
    if petition.state not in OPEN:
        raise Refused(f"本件{petition.get_state_display()}，没有待办事项可催")
    people = to_be_urged(petition)
    petition.log(Act.URGE, by=Actor.of(by), seat=seat, note=text, details={"told": len(people)})
    petition.save(update_fields=["seq", "last_hash"])
    step_decision.taken(petition, [Opens.URGE], by=by)
    tell(
        people,
        text=f"{petition.number} 催办：请尽快{petition.waiting_for or '办理'}（{by.office.short_name}）",
        url=f"/cases/{petition.number}/",
        dedupe_key=f"urge:{petition.pk}:{petition.seq}",
    )
    return petition.number


# 督办单


@transaction.atomic
def open_order(petition, *, by, **told) -> Order:
    """下发督办单: the act, the numbered letter F23, the SV clock, word to the organ.

    `told`: to, ground, problem, requirement, due_on (the day the answer is due), card, every (工作日 between progress
    reports, 0 for none; left out, as the city has it for the card). Raises Refused or PermissionDenied, and then
    nothing was written.
    """
    seat = require(by, Act.ORDER, petition)
    return _issued(petition, by, issuer=seat.organ.office, **told)


@transaction.atomic
def open_by_system(petition, *, issuer, **told) -> Order:
    """The same by itself, in the name of a petition office: what the law wants supervised needs nobody's leave."""
    return _issued(petition, None, issuer=issuer, **told)


def _issued(
    petition, by, *, issuer, to, ground, problem, requirement, due_on, card=Order.Card.PLAIN, every=None
) -> Order:
    order = Order(
        petition=petition,
        issuer=issuer,
        issued_by=by,
        to=to.office,
        ground=ground,
        card=card,
        problem=problem.strip(),
        requirement=requirement.strip(),
        due_on=due_on,
        report_every=_every(petition, card) if every is None else every,
    )
    order.save()  # 有了键，日志行才能说是哪一份
    order.order(by=by or SYSTEM)
    order.letter = _letter(order, by)
    order.number = order.letter.number or ""
    order.save(update_fields=["letter", "number"])
    if order.card != Order.Card.PLAIN:
        CardGiven.objects.create(order=order, card=order.card, given_by=by, letter=order.letter)
    step_decision.taken(petition, step_decision.CARDS, by=by, to=order.to)
    tell(
        answering(order),
        text=f"{petition.number} 收到{order.get_card_display()}单 {order.number}，请于 {due_on:%m-%d} 前反馈",
        url=address(order),
        dedupe_key=f"order:{order.pk}:{petition.seq}",
    )
    return order


def _every(petition, card: str) -> int:
    """工作日 between progress reports as the city has it; an unknown card asks for none and is refused by the act."""
    return settings_of(petition.rule_set)["order_report_days"].get(card, 0)


@transaction.atomic
def sign(order, *, by) -> Order:
    """签收督办单. Raises Refused, PermissionDenied."""
    return order.sign_order(by=by)


@transaction.atomic
def report(order, *, by, report: str) -> Order:
    """报告督办进展: the words stand in the log; the one who issued it is told. Raises Refused, PermissionDenied."""
    order.report_order(by=by, note=report, report=report)
    _tell_issuer(order, "已报告进展")
    return order


@transaction.atomic
def raise_card(order, *, by, card: str, reason: str, every: int | None = None) -> Order:
    """升为黄牌、红牌: a numbered letter of its own; the day of the answer stays. Raises Refused, PermissionDenied.

    `every`: 工作日 between progress reports from today on; None, as the city has it for the card.
    """
    every = _every(order.petition, card) if every is None else every
    order.raise_order(by=by, note=reason, card=card, reason=reason, every=every)
    letter = _letter(order, by, **_raised_in_words(order, reason))
    CardGiven.objects.create(order=order, card=card, given_by=by, reason=reason, letter=letter)
    step_decision.taken(order.petition, step_decision.CARDS, by=by, to=order.to)
    _tell_owing(order, f"升为{order.get_card_display()}，见 {letter.number}")
    return order


def _raised_in_words(order, reason: str) -> dict:
    """What F23 says of it. A day that has passed is no day to answer by: then the first report is asked for."""
    late = order.due_on < today()
    by_then = order.next_report_on if late else order.due_on
    kept = f"原定反馈期限 {order.due_on:%Y-%m-%d} 不变{'，已经逾期' if late else ''}。"
    return {
        "problem": f"{order.number}督办单自即日起升为{order.get_card_display()}。{reason}",
        "requirements": f"{kept}请每 {order.report_every} 个工作日报告一次进展。{order.requirement}",
        "due_on": by_then,
    }


@transaction.atomic
def answer(order, *, by, answer: str) -> Order:
    """反馈督办; the one who issued it is told. Raises Refused, PermissionDenied."""
    order.answer_order(by=by, note=answer, answer=answer)
    _tell_issuer(order, "已反馈，请核查")
    return order


@transaction.atomic
def send_back(order, *, by, reason: str, due_on) -> Order:
    """退回反馈 with a new day. Raises Refused, PermissionDenied."""
    order.return_order(by=by, note=reason, reason=reason, due_on=due_on)
    _tell_owing(order, f"反馈被退回，请于 {due_on:%m-%d} 前重新反馈")
    return order


@transaction.atomic
def close(order, *, by, opinion: str) -> Order:
    """办结督办单 with the verdict. Raises Refused, PermissionDenied."""
    order.close_order(by=by, note=opinion, opinion=opinion)
    _tell_owing(order, "已核查办结")
    return order


DOORS = {
    Act.SIGN_ORDER: sign,
    Act.REPORT_ORDER: report,
    Act.ANSWER_ORDER: answer,
    Act.RETURN_ORDER: send_back,
    Act.RAISE_ORDER: raise_card,
    Act.CLOSE_ORDER: close,
}


def orders_on(petition, user) -> list[tuple[Order, list[dict]]]:
    """The petition's open orders, newest first, each with what the user may do to it: one query for all of them."""
    orders = list(petition.orders.open().select_related("to__office", "issuer", "issued_by", "letter").newest_first())
    for order in orders:
        order.petition = petition
    return [(order, order.open_acts(user)) for order in orders]


def address(order) -> str:
    return f"/supervision/orders/{order.pk}/"


def answering(order) -> list:
    """Who may answer for the organ; of a report only those who may read it."""
    people, petition = holding(order.to, Act.ANSWER_ORDER), order.petition
    if petition.secrecy or petition.accused_organ_id:
        people = [person for person in people if may(person, Act.VIEW, petition)]
    return people


def _letter(order, by, **said):
    """F23 about the order; `said` replaces what a letter about something else says otherwise."""
    petition = order.petition
    fields = {
        "to_organ": order.to.name,
        "subject": petition.title,
        "trigger": order.get_ground_display(),
        "problem": order.problem,
        "requirements": order.requirement,
        "due_on": order.due_on,
        "report_back": REPORT_BACK,
        "contact": by.name if by else "督查督办工作人员",
        "contact_phone": (by.phone if by else "") or order.issuer.phone,
    } | said
    try:
        letter = documents.issue_at_once(
            "F23",
            organ=order.issuer,
            fields=fields,
            about=petition.number,
            addressee=order.to.name,
            by=by,
            secrecy=petition.secrecy,
            accused=[petition.accused_organ.name] if petition.accused_organ else (),
        )
    except LetterRefused as refused:
        raise Refused("；".join(refused.sentences)) from refused
    PetitionLetter.objects.create(petition=petition, letter=letter, seq=petition.seq)
    return letter


def _tell_issuer(order, words) -> None:
    by = order.issued_by
    people = [by] if by and by.is_active else holding(order.issuer, Act.CLOSE_ORDER)
    _tell(order, people, words)


def _tell_owing(order, words) -> None:
    _tell(order, answering(order), words)


def _tell(order, people, words) -> None:
    tell(
        people,
        text=f"{order.petition.number} 督办单 {order.number} {words}",
        url=address(order),
        dedupe_key=f"order:{order.pk}:{order.petition.seq}",
    )
