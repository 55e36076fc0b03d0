"""一份督办单的证据：谁在何时做了什么、收到和读过哪些提醒、说过哪些理由、许过什么承诺。只取当时，不作评价。

Everything is put into the words of the day it was gathered, so that nothing that changes later can change it. No
petitioner is named; identity and phone numbers inside free text are hidden.
"""

from datetime import datetime
from typing import Any

from django.db.models import Q

from accounts.models import Channel, Organ, Outbox, User
from accounts.privacy import mask_text
from petitions.act.states import ActorKind
from petitions.record.timeline import sentence
from rulebook.acts import Act
from rulebook.books import calendar_in_force
from rulebook.terms import BY_CODE
from rulebook.timekeeping import BEIJING, now, today
from supervision.custody import holding
from supervision.ladder.climb import ladders_on
from supervision.ladder.rungs import rung_called
from supervision.models import Commitment, Telling
from supervision.orders import order_list

VERSION = 1
ACTORS = {ActorKind.SYSTEM: "系统", ActorKind.PETITIONER: "信访人"}


def snapshot(order, *, by) -> dict[str, Any]:
    """What is known of the order at this moment: plain words, days and numbers, ready for canonical JSON."""
    lines = order_list.lines_of(order)
    return {
        "version": VERSION,
        "made_at": _moment(now()),
        "made_by": f"{by.office.name} {by.name}",
        "organ": order.issuer.name,
        "order": _facts(order),
        "timeline": _timeline(order.petition),
        "custody": custody_rows(order.petition),
        "messages": _messages(order),
        "reports": _reports(lines),
        "excuses": _excuses(order, lines),
        "commitments": _commitments(order),
        "measures": _measures(order),
        "letters": _letters(order),
    }


def _facts(order) -> list[list[str]]:
    petition = order.petition
    facts = [
        ("督办单", f"{order.number}（{order.get_card_display()}）"),
        ("信访事项", f"{petition.number} {mask_text(petition.title)}"),
        ("责任单位", order.to.name),
        ("督办单位", f"{order.issuer.name} {order.issued_by.name if order.issued_by else '系统'}"),
        ("下发", _moment(order.issued_at)),
        ("事由", f"{order.get_ground_display()}（{order.ground}）"),
        ("存在问题", mask_text(order.problem)),
        ("督办要求", mask_text(order.requirement)),
        ("签收", f"{_moment(order.signed_at)} {order.signed_by.name}" if order.signed_at else "没有签收"),
        ("反馈期限", f"{_day(order.due_on)}{f'（退回 {order.returns} 次）' if order.returns else ''}"),
        ("反馈", f"{_moment(order.answered_at)} {mask_text(order.answer)}" if order.answered_at else "没有反馈"),
        ("状态", order.get_state_display()),
        ("核查意见", mask_text(order.verdict)),
        ("办结", _moment(order.closed_at)),
    ]
    return [[label, words] for label, words in facts]


def _timeline(petition) -> list[list[str]]:
    events = petition.events.select_related("by", "by_organ").in_order()
    return [[_moment(event.at), _actor(event), sentence(event)] for event in events]


def _actor(event) -> str:
    if event.by and event.by_organ:
        return f"{event.by_organ.short_name} {event.by.name}"
    return ACTORS.get(event.actor_kind, "系统")


def _messages(order) -> list[list[str]]:
    """Reminders of the petition's deadlines, 催办, and word about the order: to whom, when sent, when read.

    A digest tells of other cases too, so a reminder is given in its own words, not in the message's.
    """
    petition, ladders = order.petition, ladders_on(today())
    rows = []
    told = Telling.objects.filter(reminder__deadline__petition=petition).select_related("reminder__deadline", "message")
    for one in told.select_related("person__organ__office", "message__notice"):
        reminder, term = one.reminder, one.reminder.deadline.term
        rung = rung_called(ladders.get(term, ()), reminder.rung, petition.category_code)
        words = f"{BY_CODE[term].label} {_day(reminder.due_on)} 届满：{rung.label if rung else '提醒'}"
        if reminder.withdrawn_at:
            words += "（已撤销）"
        rows.append((one.due_at, words, one.person, one.message))
    about = Q(dedupe_key__startswith=f"order:{order.pk}:") | Q(dedupe_key__startswith=f"urge:{petition.pk}:")
    sent = Outbox.objects.filter(about, channel=Channel.IN_APP).select_related("recipient__organ__office", "notice")
    rows += [(row.created_at, row.text, row.recipient, row) for row in sent]
    rows.sort(key=lambda row: (row[0], row[1], row[2].pk))
    return [
        [_moment(at), words, f"{person.office.short_name} {person.name}", *_reached(message)]
        for at, words, person, message in rows
    ]


def _reached(message) -> tuple[str, str]:
    """When a message left and when it was read or acknowledged."""
    notice = getattr(message, "notice", None)
    seen = (notice.acknowledged_at or notice.read_at) if notice else None
    return (_moment(message.sent_at) if message else "") or "未发出", _moment(seen) or "未读"


def _reports(lines) -> list[list[str]]:
    """Each period with its report and its words; reports beyond those asked for follow with no period."""
    made = {}
    for line in lines:
        if line.act == Act.REPORT_ORDER:
            made.setdefault(line.at.astimezone(BEIJING).date(), []).append(order_list.said(line))
    rows, told = [], set()
    for period in order_list.reports(lines, today(), calendar_in_force()):
        day = period["made_on"]
        how = ("迟报" if period["late"] else "按时") if day else ("逾期未报" if period["late"] else "未到期")
        words = "" if day is None or day in told else "\n".join(made[day])
        told.add(day)
        rows.append([_day(period["due_on"]), _day(day), how, words])
    rows += [["", _day(day), "期外报告", "\n".join(words)] for day, words in sorted(made.items()) if day not in told]
    return rows


def _excuses(order, lines) -> list[list[str]]:
    """Why it was not done, in the words of whoever said so: objections, extensions asked for, answers sent back."""
    petition = order.petition
    rows = []
    for leg in petition.legs.exclude(objected_at=None).select_related("receiver"):
        outcome = {None: "没有答复", True: "异议成立", False: "异议不成立"}[leg.upheld]
        rows.append((leg.objected_at, leg.receiver.short_name, "职权异议", leg.objection, outcome))
    for asked in petition.pending_acts.filter(act=Act.EXTEND).select_related("asked_by__organ__office"):
        words = f"申请延长 {asked.arguments.get('days')} 日：{asked.note}"
        rows.append((asked.asked_at, asked.asked_by.office.short_name, "延期", words, asked.get_state_display()))
    answered = None
    for line in lines:
        if line.act == Act.ANSWER_ORDER:
            answered = line
        elif line.act == Act.RETURN_ORDER and answered is not None:
            said = f"退回：{order_list.said(line)}"
            rows.append((answered.at, order.to.short_name, "被退回的反馈", order_list.said(answered), said))
    return [
        [_moment(at), who, kind, mask_text(words), mask_text(outcome)]
        for at, who, kind, words, outcome in sorted(rows, key=lambda row: row[0])
    ]


def _commitments(order) -> list[list[str]]:
    """What was promised and by when: in interviews about the order, in extensions granted, in tasks of the opinion."""
    rows = []
    for one in Commitment.objects.filter(call_in__orders=order).select_related("call_in").order_by("pk"):
        held = f"{one.call_in.held_at.astimezone(BEIJING):%Y-%m-%d} 约谈"
        rows.append((one.due_on, held, one.text, _kept(one.done_on, one.is_late(today()))))
    for task in order.petition.executions.exclude(due_on=None).select_related("organ").order_by("pk"):
        rows.append((task.due_on, f"处理意见（{task.organ.short_name}）", task.promised, task.get_state_display()))
    for clock in order.petition.deadlines.filter(term__in=("D06", "D07"), extended_days__gt=0):
        what = f"延长 {clock.extended_days} 日以后办结"
        rows.append((clock.due_on, "延期", what, clock.get_ended_how_display() or "还在计时"))
    return [[_day(due_on), source, mask_text(words), how] for due_on, source, words, how in sorted(rows)]


def _kept(done_on, late: bool) -> str:
    if done_on:
        return f"{_day(done_on)} 履行{'（迟）' if late else ''}"
    return "逾期未履行" if late else "未到期"


def _measures(order) -> list[list[str]]:
    """Cards, interviews and circulars, as they came."""
    rows = [
        (given.given_at, given.get_card_display(), given.letter.number, given.reason or "下发时即是")
        for given in order.cards.select_related("letter")
    ]
    rows += [(one.held_at, "约谈", str(one), one.topic) for one in order.call_ins.select_related("organ")]
    rows += [(one.made_at, "通报", one.number, one.title) for one in order.circulars.all()]
    return [[_moment(at), what, number, mask_text(words)] for at, what, number, words in sorted(rows)]


def _letters(order) -> list[list[str]]:
    """Every letter of the petition by number, with the hash of its words and of its PDF where one was made."""
    links = order.petition.petition_letters.select_related("letter__template", "letter__organ").order_by("pk")
    return [
        [
            link.letter.number or "（不编号）",
            f"{link.letter.title}\n{link.letter.organ.short_name}",
            _moment(link.letter.issued_at),
            link.letter.text_hash,
            link.letter.pdf_hash or "尚未打印",
        ]
        for link in links
        if link.letter.issued_at
    ]


def custody_rows(petition) -> dict[str, list]:
    """责任持有时长: `bar` (seconds, kind) and `rows` in words, oldest first; `late` the late days where they arose."""
    life = holding.stretches(petition)
    named = Organ.objects.in_bulk({pk for one in life for pk in (one.organ, one.waits_on) if pk})
    people = User.objects.in_bulk({one.user for one in life if one.user})
    rows = [
        [
            _moment(one.since),
            _moment(one.until),
            holding.in_words(one.length),
            " ".join(
                filter(
                    None,
                    (
                        named[one.organ].short_name if one.organ else "无",
                        people[one.user].name if one.user else "",
                        f"（等{named[one.waits_on].short_name}）" if one.waits_on else "",
                    ),
                )
            ),
            one.kind.label,
            one.waiting_for,
        ]
        for one in life
    ]
    late = []
    for found in holding.lateness(petition):
        offices = Organ.objects.in_bulk([pk for pk in found.by_organ if pk])
        shares = [f"{offices[pk].short_name if pk else '无'} {days} 日" for pk, days in found.by_organ.items()]
        shares += [f"停机期间 {found.down} 日"] if found.down else []
        clock = found.deadline
        late.append([BY_CODE[clock.term].label, _day(clock.due_on), f"{found.days} 日", "、".join(shares)])
    return {"bar": [[one.length.total_seconds(), one.kind.value] for one in life], "rows": rows, "late": late}


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}" if at else ""


def _day(on) -> str:
    return f"{on:%Y-%m-%d}" if on else ""
