"""约谈责任单位、登记承诺履行、通报：一笔记录管一份或几份督办单，每份督办单的信访件日志里各留一行。"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from accounts.authority import require_holding
from accounts.messages.notices import tell
from accounts.privacy import mask_text
from documents.models import LetterCounter
from petitions.act.decorator import Refused
from rulebook.acts import Act
from rulebook.timekeeping import BEIJING, now, today
from supervision.ladder import step_decision
from supervision.ladder.addressees import holding_in
from supervision.ladder.rungs import Opens
from supervision.models import CallIn, Circular, Commitment, Order
from supervision.orders.acts import answering

SERIES = "通报"


@transaction.atomic
def call_in(
    orders: Sequence[Order],
    *,
    by,
    basis: str,
    approved: str,
    called: str,
    held_at: datetime,
    place: str,
    topic: str,
    minutes: str,
    commitments: Sequence[tuple[str, date]] = (),
) -> CallIn:
    """Record an interview of the organ that the orders were sent to, with what it promised: (words, last day) each.

    Raises PermissionDenied where a post reaches not all of the petitions, Refused with a sentence; then nothing was
    written.
    """
    require_holding(by, Act.CALL_IN)
    _one_organ(orders)
    if held_at > now():
        raise Refused("约谈时间不能晚于现在；约谈以后再来记录")
    if basis == CallIn.Basis.CONFERENCE and not approved.strip():
        raise Refused("联席会议约谈的，请写明谁在哪天批准（第三十九条第三款）")
    for words, label in ((place, "地点"), (topic, "事由"), (minutes, "谈话要点")):
        if not words.strip():
            raise Refused(f"请写明{label}")
    held_on = held_at.astimezone(BEIJING).date()
    if any(due_on < held_on for _, due_on in commitments):
        raise Refused("承诺的完成期限不能早于约谈那天")
    record = CallIn.objects.create(
        basis=basis,
        approved=approved.strip(),
        office=by.office,
        organ=orders[0].to.office,
        called=called,
        held_at=held_at,
        place=place.strip(),
        topic=topic.strip(),
        minutes=minutes.strip(),
        made_by=by,
        made_at=now(),
    )
    record.orders.set(orders)
    Commitment.objects.bulk_create(
        Commitment(call_in=record, text=words.strip(), due_on=due_on) for words, due_on in commitments
    )
    for order in _sharing_petitions(orders):
        order.call_in(by=by, note=topic, record=record)
        step_decision.taken(order.petition, [Opens.CALL_IN], by=by, to=record.organ)
    whom = f"{record.office.short_name}约谈本单位{record.get_called_display()}"
    tell(
        [person for person in answering(orders[0]) if all(person in answering(order) for order in orders[1:])],
        text=f"{whom}，承诺 {len(commitments)} 项，请按期履行",
        url=address(record),
        dedupe_key=f"call_in:{record.pk}",
    )
    return record


@transaction.atomic
def keep(commitment: Commitment, *, by, done_on: date, how: str) -> Commitment:
    """登记承诺履行: a line for every order the interview was about. Raises Refused, PermissionDenied."""
    held = Commitment.objects.select_for_update().select_related("call_in").get(pk=commitment.pk)
    if held.done_on:
        raise Refused(f"这一项已登记于 {held.done_on:%m-%d} 履行")
    if not held.call_in.held_at.astimezone(BEIJING).date() <= done_on <= today():
        raise Refused("履行的日子应在约谈之后、今天以前")
    if not how.strip():
        raise Refused("请写明怎样履行、凭什么认定")
    held.done_on, held.how, held.recorded_by = done_on, how.strip(), by
    held.save(update_fields=["done_on", "how", "recorded_by"])
    orders = held.call_in.orders.select_related("to__office", "petition__organ__office", "petition__submission")
    for order in _sharing_petitions(orders.select_related("petition__rule_set").order_by("pk")):
        order.keep_commitment(by=by, note=how, on=done_on, record=held)
    return held


@transaction.atomic
def circulate(orders: Sequence[Order], *, by, approved: str, told, title: str, text: str) -> Circular:
    """通报 to the organs `told`, numbered by the office. Raises as `call_in` does."""
    require_holding(by, Act.CIRCULATE)
    if not orders:
        raise Refused("请选择通报所依据的督办单")
    if not approved.strip():
        raise Refused("请写明谁在哪天批准通报（第三十九条第三款）")
    if not told:
        raise Refused("请选择通报范围")
    if not title.strip() or not text.strip():
        raise Refused("请写明通报的标题和正文")
    _nobody_named(orders, f"{title}\n{text}")
    record = Circular.objects.create(
        number=_number(by.office),
        approved=approved.strip(),
        office=by.office,
        title=title.strip(),
        text=text.strip(),
        made_by=by,
        made_at=now(),
    )
    record.orders.set(orders)
    record.told.set(told)
    for order in _sharing_petitions(orders):
        order.circulate(by=by, note=title, record=record)
    tell(
        holding_in(told, Act.ANSWER_ORDER),
        text=f"{record.office.short_name}发出{record.number}通报：{title.strip()}",
        url=f"/supervision/circulars/{record.pk}/",
        dedupe_key=f"circular:{record.pk}",
    )
    return record


def address(record: CallIn) -> str:
    return f"/supervision/call-ins/{record.pk}/"


def _one_organ(orders) -> None:
    if not orders:
        raise Refused("请选择约谈所依据的督办单")
    if len({order.to.office_id for order in orders}) > 1:
        raise Refused("所选督办单下给了不同的单位，请分开约谈")


def _sharing_petitions(orders) -> list[Order]:
    """The orders, those of one petition with one copy of it: each act is to know of the line before."""
    petitions = {}
    for order in orders:
        order.petition = petitions.setdefault(order.petition_id, order.petition)
    return list(orders)


def _nobody_named(orders, words: str) -> None:
    """A circular is read by many: it tells of organs, not of petitioners (第三十条；信访人的信息依法保密)."""
    if mask_text(words) != words:
        raise Refused("通报里有证件号或者电话，请去掉")
    for order in orders:
        petition = order.petition
        if petition.secrecy or petition.accused_organ_id:
            raise Refused("检举控告件、保密件不得通报（第三十条）")
        if any(party.name and party.name in words for party in petition.submission.parties.all()):
            raise Refused(f"通报里有 {petition.number} 信访人的姓名，请去掉")


def _number(office) -> str:
    year = today().year
    serial = LetterCounter.objects.take(office, SERIES, year)
    return f"{office.letter_code}{SERIES}〔{year}〕{serial}号"
