"""复查、复核的规矩：谁是复查机关、什么时候可以申请、谁应当回避、重作不得雷同（rules §1.9）。"""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from accounts.models import Organ, OrganKind
from documents.text_overlap import likeness
from petitions.act.states import ActorKind, State
from rulebook.acts import Act
from rulebook.terms import OPINION
from rulebook.timekeeping import today

ALIKE = 0.9  # 内部管理要求：重作意见与原意见的文字相似到这一步，而结论逐项相同，即为雷同
REASON_WANTED = _("请写明逾期的正当理由，由复查（复核）机关决定是否准许（参照民事诉讼法第八十六条）")


def reviewers_of(organ) -> list[Organ]:
    """复查机关: the organ above; of a district bureau's opinion also the municipal bureau of its field, at choice."""
    first = organ.review_organ
    found = [first] if first else []
    if organ.kind == OrganKind.BUREAU and organ.level == "district" and organ.function:
        found += Organ.objects.in_force_on(today()).filter(kind=OrganKind.BUREAU, level="city", function=organ.function)
    return list(dict.fromkeys(found))


def recheckers_of(proceeding) -> list[Organ]:
    """复核机关: the organ above the one that reviewed; none above means the review was the last word."""
    above = proceeding.organ.review_organ
    return [above] if above else []


# what stands against a request


def unlawful_review(service, *, to, **told):
    """第三十五条：收到书面处理意见之日起三十日内，向上一级机关、单位申请复查。"""
    if service.letter.kind != "F12":
        return "只有信访处理意见书可以申请复查（第三十五条）"
    allowed = reviewers_of(_opinion_of(service).organ)
    return _not_the_organ_above(to, allowed, "复查") or _unlawful_request(service, "D08", **told)


def unlawful_recheck(service, *, to, **told):
    """第三十六条：收到复查意见之日起三十日内，向复查机关的上一级申请复核。"""
    reviewed = reviewed_by(service) if service.letter.kind == "F18" else None
    if reviewed is None:
        return "只有复查意见书可以申请复核（第三十六条）"
    allowed = recheckers_of(reviewed)
    if not allowed:
        return f"{reviewed.organ.short_name}没有上一级机关，该复查意见为终局，不再复核"
    return _not_the_organ_above(to, allowed, "复核") or _unlawful_request(service, "D10", **told)


def _not_the_organ_above(to, allowed, word) -> str | None:
    if to in allowed:
        return None
    names = "、".join(organ.short_name for organ in allowed)
    if not names:
        return f"承办单位没有登记{word}机关，请先在机构管理中补全（第三十五条）"
    return f"“{to.short_name}”不是{word}机关，应向{names}申请；错投的转由该机关办理，申请日不变"


def _unlawful_request(service, term, *, by, applied_on, grounds, posted_on=None, received_on=None, excuse="", **_):
    received = received_on or today()
    if by.kind == ActorKind.PETITIONER and by.party_id != service.party_id:
        return gettext("只能由收到这份意见书的信访人本人申请")
    if service.served_on is None:
        return gettext("意见书还没有送达，申请期没有起算（第三十五条）")
    if not grounds.strip():
        return gettext("请写明申请的理由")
    if applied_on > today() or received > today() or (posted_on and posted_on > received):
        return "申请日、收到日不能晚于今天，交邮日不能晚于收到日"
    if min(applied_on, posted_on or applied_on) < service.served_on or received < applied_on:
        return "申请日不能早于意见书送达日，收到日不能早于申请日"
    if service.proceedings.exclude(state__in=("refused", "withdrawn")).exists():
        return gettext("对这份意见已经申请过，选定的机关不能再换；撤回以后可以重新申请")
    due = _last_day(service.petition, service.pk, term)
    if due is None:
        return gettext("这份意见没有正在计算的申请期，请核对送达记录")
    if (posted_on or applied_on) > due and not excuse.strip():
        return gettext("申请期已于%(day)s届满；") % {"day": due.isoformat()} + gettext(REASON_WANTED)
    return None


def _last_day(petition, service_id, term):
    """The last day of the right that the service started, or None."""
    mine = (d for d in petition.deadlines.all() if d.term == term and d.scope_id == service_id)
    return next((deadline.due_on for deadline in mine), None)


def _opinion_of(service):
    """The version of the opinion that the served letter carries: the last one signed before it was issued."""
    issued = service.letter.issued_at
    signed = [one for one in service.petition.opinions.all() if one.passed and one.drafted_at <= issued]
    return max(signed, key=lambda one: one.version)


def is_quashed(service) -> bool:
    """Whether the served opinion was sent back to be made anew: nothing can be asked against it any more."""
    if service.letter.kind != OPINION:
        return False
    sent_back = {one.quashed_id for one in service.petition.proceedings.all()} - {None}
    return bool(sent_back) and _opinion_of(service).pk in sent_back


def sends_back(proceeding) -> bool:
    """Whether this decision is the one that sends the opinion back: where several applicants had it reviewed, the
    second order finds it being made anew, or made."""
    if proceeding.quashed_id is None:
        return False
    others = type(proceeding).objects.filter(petition=proceeding.petition, state="decided", outcome=proceeding.outcome)
    return not others.filter(opinion=proceeding.quashed_id).exclude(pk=proceeding.pk).exists()


def ends_the_redo(proceeding) -> bool:
    """Whether this recheck takes back the order to decide anew while the organ is still at it: its word is the last."""
    review = proceeding.earlier
    if review is None or review.quashed_id is None or proceeding.outcome not in ("revoke", "change"):
        return False
    others = type(proceeding).objects.filter(petition=proceeding.petition, state="decided", outcome=review.outcome)
    if others.filter(opinion=review.quashed_id).exclude(pk=review.pk).exists():
        return False  # 另有申请人的复查也责令重作，没有被撤销
    return proceeding.state == "decided" and proceeding.petition.state in (State.ACCEPTED, State.SUBMITTED)


def reviewed_by(service):
    """The proceeding whose opinion the served letter is, or None."""
    return next((one for one in service.petition.proceedings.all() if one.letter_id == service.letter_id), None)


def start(service, kind: str, by, *, to, applied_on, grounds, posted_on=None, received_on=None, excuse=""):
    """A new proceeding of the served opinion; the log facts of the request. Called by Service's acts only."""
    petition, earlier = service.petition, reviewed_by(service)
    proceeding = petition.proceedings.create(
        number=petition.proceedings.count() + 1,
        kind=kind,
        party=service.party,
        service=service,
        opinion=earlier.opinion if earlier else _opinion_of(service),
        earlier=earlier,
        organ=to,
        applied_on=applied_on,
        posted_on=posted_on,
        received_on=received_on or today(),
        grounds=grounds,
        excuse=excuse,
    )
    petition.involve("reviews", to)
    return {
        "scope": {"proceeding": proceeding.pk},
        "happened_on": proceeding.received_on,
        "details": {
            "owed_by_organ": to.pk,
            "kind": kind,
            # 错投、邮寄的：申请人的期限看申请（交邮）之日，机关的期限看收到之日（rules E28、E31）
            "posted_on": (posted_on or applied_on).isoformat(),
        },
    }


# what stands against the organ's own acts


def handled_it_before(noun, *, by, **_):
    """第二十八条第三款：办理过原意见的人回避。"""
    if by.user is None:
        return None
    earlier = (Act.DRAFT, Act.PASS, Act.SIGN)
    if any(line.act in earlier and line.by_id == by.user.pk for line in noun.petition.events.all()):
        return "您办理过原处理意见，应当回避，请由其他人员办理（第二十八条）"
    return None


def no_ground_to_refuse(proceeding, *, ground, reason, **_):
    if ground == "late" and not proceeding_is_late(proceeding):
        return "本次申请没有超过申请期限，不能以逾期为由不予受理（第三十五条、第三十六条）"
    return None if reason.strip() else "不予受理须写明理由，书面告知申请人"


def proceeding_is_late(proceeding) -> bool:
    """Whether the request came after the petitioner's last day."""
    term = "D08" if proceeding.kind == "review" else "D10"
    due = _last_day(proceeding.petition, proceeding.service_id, term)
    return due is not None and (proceeding.posted_on or proceeding.applied_on) > due


def incomplete_proposal(proceeding, *, outcome, facts, basis, decision, redo_due_on=None, **_):
    if not (facts.strip() and basis.strip() and decision.strip()):
        return "复查（复核）意见须写明认定的事实、依据和意见"
    if outcome not in dict(proceeding._meta.get_field("outcome").choices):
        return "请选择结论：维持、撤销、变更，或者责令限期重新作出"
    if outcome == "redo" and (redo_due_on is None or redo_due_on <= today()):
        return "责令重新作出须写明今天以后的期限"
    if outcome == "redo" and (redo_due_on - today()).days > 60:
        return "重新作出的期限不超过 60 日（第三十四条）"
    return None


def drafted_it_oneself(proceeding, *, by, **_):
    if by.user is not None and proceeding.proposed_by_id == by.user.pk:
        return "起草人不能签发自己起草的意见，请由复查复核委员会负责人签发"
    return None


# the redo


def quashed(petition):
    """The opinion a review sent back and nobody has replaced yet, or None."""
    sent_back = {one.quashed_id for one in petition.proceedings.all()} - {None}
    return max(
        (opinion for opinion in petition.opinions.all() if opinion.pk in sent_back),
        key=lambda opinion: opinion.version,
        default=None,
    )


def sent_back_by(petition):
    """The first decision that sent back the opinion now being made anew."""
    old = quashed(petition)
    return min((one for one in petition.proceedings.all() if one.quashed_id == old.pk), key=lambda one: one.decided_at)


def repeats_the_quashed(petition, *, facts, findings, difference="", **_):
    """重新作出的，不得以同一事实和理由作出相同或者基本相同的意见（rules §1.9.3）。"""
    old = quashed(petition)
    if old is None:
        return "本件没有退回重作的原意见，请把“与原意见的差异”留空（第三十五条）" if difference.strip() else None
    alike = likeness(_text(old.facts, old.findings), _text(facts, findings))
    same = {row["number"]: row.get("finding") for row in old.findings} == {
        row["number"]: row.get("finding") for row in findings
    }
    if same and alike >= ALIKE:
        return f"与被撤销的原意见结论相同、文字相似 {alike:.0%}：不得以同一事实和理由作出基本相同的意见（第三十五条）"
    return None if difference.strip() else f"请写明与被撤销的原意见的差异（文字相似 {alike:.0%}）"


def _text(facts: str, findings) -> str:
    return facts + "".join(row.get("answer", "") for row in sorted(findings, key=lambda row: row["number"]))
