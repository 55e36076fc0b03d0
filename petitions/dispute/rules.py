"""受理争议的规矩：什么算踢皮球、谁是共同的上一级、裁定稿怎么起、能指定给谁（第二十四条，rules §1.5）。"""

from accounts.models import Organ, OrganKind
from documents.letters.letter_dates import in_words
from petitions.act import objections
from petitions.act.states import State
from rulebook.acts import Act
from rulebook.books import settings_of
from rulebook.timekeeping import local_date, now, today

# acts after which a circle may have closed
LOOPING = (Act.UPHOLD, Act.FORWARD, Act.ASSIGN)
# 垂直管理的、党委和政法、纪检机关不受本级人民政府领导：同政府部门没有共同的上一级，由联席会议协调
OUTSIDE = (OrganKind.VERTICAL, OrganKind.PARTY, OrganKind.POLITICAL_LEGAL, OrganKind.DISCIPLINE)
SENT_ON = ("returned", "passed_on")
TAKEN_UP = "taken_up"  # 争议的缘由：受理以后才发现不属本单位职权


# what is a dispute


def chain(petition) -> list:
    """The hand-overs in a row that nobody has taken up yet, oldest first; what was ruled on is not counted again."""
    return _unsettled(_lead(petition))


def _lead(petition) -> list:
    return sorted((leg for leg in petition.legs.all() if leg.is_lead), key=lambda leg: leg.number)


def _unsettled(legs) -> list:
    found: list = []
    for leg in reversed(legs):
        on_its_way = leg.ended_how in SENT_ON or (not found and leg.ended_at is None)
        if not on_its_way or leg.is_designated:
            break
        found.append(leg)
    return found[::-1]


def cause_of(petition) -> str | None:
    """Why the petition must go before the common superior now: `returned`, `loop`, or None."""
    legs = chain(petition)
    if not legs:
        return None
    *earlier, last = legs
    if last.ended_at is None:
        held = {leg.sender_id for leg in earlier} | {leg.receiver_id for leg in earlier}
        return "loop" if last.receiver_id in held else None
    returned = sum(leg.ended_how == "returned" for leg in legs)
    limit = settings_of(petition.rule_set)["dispute_returns"]
    return "returned" if petition.state == State.REGISTERED and returned >= limit else None


def parties_of(petition, suggested: Organ | None = None) -> list[Organ]:
    """The organs between which the petition goes to and fro; petition offices only where nobody else is left.

    Of a petition that was taken up: the organ that has it, and the one it takes to be competent (`suggested`).
    """
    dispute = petition.open_dispute
    if petition.state == State.ACCEPTED or (dispute and dispute.cause == TAKEN_UP):
        other = suggested or (dispute.suggested if dispute else None)
        return [organ for organ in (petition.organ, other) if organ is not None]
    return _between(chain(petition))


def heard_by_the_ruling(petition) -> list[Organ]:
    """The same of a dispute just ruled on: the hand-overs before the one that the ruling made."""
    dispute = petition.disputes.select_related("requester", "suggested").latest("number")
    if dispute.cause == TAKEN_UP:
        return [dispute.requester, dispute.suggested]
    return _between(_unsettled(_lead(petition)[:-1]))


def _between(legs) -> list[Organ]:
    all_of_them = list(dict.fromkeys(organ for leg in legs for organ in (leg.sender, leg.receiver)))
    competent = [organ for organ in all_of_them if not organ.is_petition_office]
    return competent if len(competent) > 1 else all_of_them


def ruler_of(parties) -> tuple[Organ, str] | None:
    """Who rules between the organs, and by which title; None where the organ tree knows nobody.

    The nearest organ above all of them; where there is none, the petition office of the smallest area around all of
    them, where the joint conference has its office (第二十四条；联席会议办公室设在信访部门，第十三条).
    """
    lines = [_above(organ) for organ in parties]
    shared = set.intersection(*map(set, lines)) if lines else set()
    if common := next((key for key in lines[0] if key in shared), None) if shared else None:
        return Organ.objects.select_related("office").get(pk=common), "superior"
    office = joint_office_of(parties)
    return (office, "joint") if office else None


def joint_office_of(parties) -> Organ | None:
    """The petition office of the smallest area around all of them that is none of them itself, or None."""
    offices = Organ.objects.petition_offices().in_force_on(today()).exclude(territory="").select_related("office")
    around = [
        office
        for office in offices
        if office not in parties and all(organ.territory.startswith(office.territory) for organ in parties)
    ]
    return max(around, key=lambda office: len(office.territory), default=None)


def _above(organ) -> list[int]:
    """Keys of the organs that lead it, nearest first; what is led from outside the government ends with its own."""
    above, at = [], organ
    while at.parent_id and not (at.kind in OUTSIDE and at.parent.kind != at.kind):
        at = at.parent
        above.append(at.pk)
    return above


# what stands against asking and ruling


def cannot_be_raised(petition, *, by, grounds, suggested=None, **_):
    leg = petition.current_leg
    if not grounds.strip():
        return "请写明争议情况和本单位意见，附职责依据"
    if petition.state == State.ACCEPTED and (said := _nobody_else(petition, suggested)):
        return said
    if (
        by.user is not None
        and leg is not None
        and petition.state != State.OBJECTED
        and _may_still_object(petition, leg)
    ):
        return "还在异议期内，请先提出异议；异议未获同意或者逾期的，再报请指定管辖（第二十三条、第二十四条）"
    if ruler_of(parties_of(petition, suggested)) is None:
        return "没有找到共同的上一级机关，也没有管得到各方的联席会议办公室，请先在机构管理中补全（第二十四条）"
    return None


def _nobody_else(petition, suggested) -> str | None:
    """E14: what was taken up goes to a certain other organ, asked before, or nowhere."""
    if suggested is None:
        return "受理以后不能再提出异议：请写明建议由哪个机关、单位承接，先与其协商，再报共同的上一级决定（第二十四条）"
    if suggested.office_id == petition.organ.office_id:
        return "建议承接的就是本单位，不必报请，请继续办理"
    if suggested.is_petition_office or suggested.kind == OrganKind.GOVERNMENT:
        return f"“{suggested.short_name}”不直接承办信访事项，请建议有权处理的机关、单位（第二十四条）"
    return None


def _may_still_object(petition, leg) -> bool:
    if any(one.objected_at for one in petition.legs.all() if one.receiver_id == leg.receiver_id):
        return False
    return any(d.term == "D04" and d.scope_id == leg.pk and d.due_on >= today() for d in petition.deadlines.all())


def not_the_requester(petition, *, by, reason, **_):
    """撤回由报请的单位；系统因循环退回报请的，只能裁定。"""
    dispute = petition.open_dispute
    if dispute is None:
        return "没有待裁定的受理争议"
    if dispute.requester_id is None:
        return "本件因多次退回、循环流转由系统报请，不能撤回；协商一致的，由裁定机关照此指定（第二十四条）"
    if by.user is not None and by.user.office.pk != dispute.requester.office_id:
        return f"指定管辖由{dispute.requester.short_name}报请，须由该单位撤回"
    return None if reason.strip() else "请写明协商结果"


def unlawful_ruling(petition, *, to, positions, decisions, host, **_):
    """第二十四条：指定的须是裁定机关管得到的、有权处理的机关；裁定须写明各方意见和议定事项。"""
    dispute = petition.open_dispute
    if dispute is None:
        return "没有待裁定的受理争议"
    if not (positions.strip() and decisions.strip() and host.strip()):
        return "请写明主持人、各方意见和议定事项"
    if to.is_petition_office or to.kind == OrganKind.GOVERNMENT:
        return f"“{to.short_name}”不直接承办信访事项，请指定有权处理的机关、单位（第二十四条）"
    if not _is_under(dispute, to):
        return f"“{to.short_name}”不在{dispute.organ.short_name}的管辖之内，请指定管辖之内的机关、单位（第二十四条）"
    if to.name not in decisions and to.short_name not in decisions:
        return f"议定事项里没有写明由{to.short_name}受理，请核对指定的单位和文字是否一致"
    return objections.unfit_receiver(petition, to=to, reason=decisions)


def _is_under(dispute, organ) -> bool:
    if dispute.basis == "superior":
        return organ.is_within(dispute.organ)
    return organ.territory.startswith(dispute.organ.territory)


# book-keeping, called by the petition's acts only


def raise_dispute(petition, by, *, grounds, suggested, cause) -> dict:
    """A new dispute before whoever rules. The log facts: the duty to tell the petitioner runs on from its first day,
    now owed by the ruling organ."""
    legs, (organ, basis) = chain(petition), ruler_of(parties_of(petition, suggested))
    first = next((leg for leg in legs if leg.arrived_at and not leg.receiver.is_petition_office), None)
    petition.disputes.create(
        number=petition.disputes.count() + 1,
        cause=cause,
        grounds=grounds,
        requester=by.user.office if by.user else None,
        suggested=suggested,
        raised_at=now(),
        raised_by=by.user,
        organ=organ,
        basis=basis,
        counted_from=local_date(first.arrived_at) if first else None,
    )
    petition.involve("designates", organ)
    scope = {"leg": legs[-1].pk} if legs else {}
    return {"scope": scope, "details": {"cause": cause} | _runs_on(first, organ.pk)}


def rule(petition, by, to, **words) -> dict:
    """The petition goes to the organ that was named, on a hand-over that cannot be objected to.

    What was taken up before stays taken up: the organ named takes it over, and owes what the first one owed.
    """
    dispute, was, holder = petition.open_dispute, petition.current_leg, petition.organ
    if was:
        was.finish("passed_on")
        if was.receiver_id != to.pk:
            petition.involve("handled", was.receiver)
    sender = was.sender if was else holder
    kind = "take_over" if dispute.cause == TAKEN_UP else "designate"
    leg = petition.add_leg(
        kind, by, to, sender=dispute.organ if sender.pk == to.pk else sender, counted_from=dispute.counted_from
    )
    petition.transferred_at = now()
    petition.end_involvement("handles", holder)
    if holder.pk != to.pk and was is None:
        petition.involve("forwards", holder)
    petition.involve("handles", to)
    petition.organ, petition.handler, petition.section = to, None, None
    if kind == "take_over":
        leg.finish("accepted")
    dispute.end("ruled", by, to=to, leg=leg, **words)
    return {"scope": {"leg": leg.pk}, "details": leg.log_facts()}


def withdraw(petition, by) -> dict:
    """Back to where it was; a receiver's own duty to tell runs on from the day it had the petition."""
    dispute, leg = petition.open_dispute, petition.current_leg
    dispute.end("withdrawn", by)
    petition.end_involvement("designates", dispute.organ)
    told = leg if leg and not leg.receiver.is_petition_office else None
    return {"scope": {"leg": leg.pk} if leg else {}, "details": _runs_on(told, leg.receiver_id if leg else None)}


def state_ruled(petition, **_):
    """A ruling leaves a petition that was taken up taken up; any other is still to be."""
    dispute = petition.disputes.latest("number")
    return State.ACCEPTED if dispute.cause == TAKEN_UP else State.FORWARDED


def end_with(petition, by) -> None:
    """The petition has ended some other way: nothing is left to rule on."""
    if dispute := petition.open_dispute:
        dispute.end("withdrawn", by)


def state_before(petition, **_):
    """The state a withdrawn request falls back to."""
    leg = petition.current_leg
    if petition.disputes.latest("number").cause == TAKEN_UP:
        return State.ACCEPTED
    if leg is None:
        return State.REGISTERED
    return State.OBJECTED if leg.objected_at and leg.answered_at is None else petition.state_of_leg()


def _runs_on(leg, owed_by) -> dict:
    """What the clock of 第二十三条第三款 reads: from which day on, and whose duty it is now."""
    if leg is None:
        return {"leg_kind": "", "leg_role": "lead", "organ_kind": "other"}
    return {
        "leg_kind": "designate",
        "leg_role": "lead",
        "organ_kind": "other",
        "owed_by_organ": owed_by,
        "counted_from": local_date(leg.arrived_at).isoformat(),
    }


# the drafted words


def grounds_of(petition, cause) -> str:
    """Why the system asks, in one sentence."""
    names = "、".join(dict.fromkeys(leg.receiver.short_name for leg in chain(petition) if leg.ended_how == "returned"))
    if cause == "loop":
        return f"本件转给了先前已经收到过的{petition.organ.short_name}，形成循环流转，依照第二十四条报请指定管辖。"
    return f"本件先后经{names}异议退回，依照第二十四条报请指定管辖。"


def course(petition) -> list[str]:
    """Who sent it to whom and when, what each said against it and what it was answered: one line each."""
    lines = []
    dispute = petition.open_dispute
    if dispute and dispute.cause == TAKEN_UP:
        taken = in_words(local_date(petition.accepted_at))
        lines.append(
            f"{taken}，{petition.organ.short_name}受理；受理以后认为不属本单位职权，建议由{dispute.suggested.short_name}承接。"
        )
    for leg in chain(petition):
        way = f"{leg.sender.short_name}{leg.get_kind_display()}{leg.receiver.short_name}"
        lines.append(f"{in_words(local_date(leg.sent_at))}，{way}。")
        if leg.objected_at:
            towards = f"，建议转{leg.suggested_organ.short_name}" if leg.suggested_organ_id else ""
            lines.append(
                f"{in_words(local_date(leg.objected_at))}，{leg.receiver.short_name}提出异议：{leg.objection}{towards}"
            )
        if leg.answered_at:
            verdict = "同意退回" if leg.upheld else "不同意"
            lines.append(f"{in_words(local_date(leg.answered_at))}，{leg.sender.short_name}{verdict}：{leg.answer}")
    return lines


def drafted_decisions(petition, to: Organ | None) -> str:
    """The draft of the ruling, to be edited: who takes it up, by when, and that nobody may object any more."""
    dispute = petition.open_dispute
    name = to.name if to else "（指定的机关、单位）"
    if dispute.cause == TAKEN_UP:
        return "\n".join(_taken_over(petition, name, to))
    lines = [f"依照《信访工作条例》第二十四条，指定{name}受理办理本件，不得再提出异议。"]
    if dispute.counted_from:
        due = next((d.due_on for d in petition.deadlines.all() if d.term == "D03d" and d.is_running), None)
        if due:
            lines.append(
                f"书面告知信访人的期限不因争议重新起算，于{in_words(due)}届满"
                + ("，已经届满的应当当日告知。" if due < today() else "。")
            )
    return "\n".join([*lines, *_others_help(petition, to)])


def _taken_over(petition, name: str, to: Organ | None) -> list[str]:
    """The ruling on what was taken up already: the acceptance stands, and so do its days."""
    lines = [f"依照《信访工作条例》第二十四条，指定{name}承接办理本件，不得再提出异议；原受理仍然有效。"]
    due = next((d.due_on for d in petition.deadlines.all() if d.term == "D06" and d.is_running), None)
    if due:
        lines.append(f"办理期限从原受理之日接着计算，于{in_words(due)}届满，不因承接重新起算。")
    return [*lines, *_others_help(petition, to)]


def _others_help(petition, to: Organ | None) -> list[str]:
    others = [organ.name for organ in parties_of(petition) if to is None or organ.pk != to.pk]
    return [f"{'、'.join(others)}依职责配合，及时移交材料。"] if others else []
