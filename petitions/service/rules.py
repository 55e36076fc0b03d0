"""送达的规矩：怎样算送到了，谁可以代收，没有送到怎么办，何时才能公告（参照民事诉讼法第八十七条至第九十五条）。

The Regulation itself has no chapter on service; what is taken over here stands in rules §8.3 with the mark 参照.
"""

from datetime import timedelta

from django.db import models

from documents.models import Attachment
from petitions.act.states import FINAL
from petitions.review import rules as reviewing
from rulebook.books import settings_of
from rulebook.terms import OPINION
from rulebook.timekeeping import local_date, today

LONGEST_NUMBER = 40  # 字符


class Method(models.TextChoices):
    """The ways a letter reaches somebody."""

    DIRECT = "direct", "直接送达"
    WITNESS = "witness", "留置送达"
    POST = "post", "邮寄送达"
    ELECTRONIC = "electronic", "电子送达"
    NOTICE = "notice", "公告送达"


class Receiver(models.TextChoices):
    """Who took it in; anybody but the person addressed is named, and two of them show by what they may."""

    SELF = "self", "本人"
    FAMILY = "family", "同住成年家属"
    AGENT = "agent", "代理人"
    DESIGNATED = "designated", "指定代收人"
    OFFICE = "office", "单位法定代表人或者负责收件的人"


class Outcome(models.TextChoices):
    """Why it did not reach them. A letter the post brought back is told by the same words."""

    NOBODY = "nobody", "无人在家、无人签收"
    REFUSED = "refused", "拒绝签收"
    MOVED = "moved", "已搬离，新址不明"
    WRONG = "wrong", "地址有误、查无此人"
    DENIED = "denied", "本人否认提出过"
    FAILED = "failed", "未能到达对方系统"


# 可以先试的方式：留置以拒收为前提，公告是最后的办法
TRIED = (Method.DIRECT, Method.POST, Method.ELECTRONIC)
# 登记的姓名、住址可能有误，或者是化名、冒名：由登记岗位核对、更正（第十九条，rules E41）
DOUBTFUL = (Outcome.MOVED, Outcome.WRONG, Outcome.DENIED)
# 送达就起算申请期的：程序终结以后再送，期限没有人能用，也没有人管
REMEDIED = (OPINION, "F18")
WITH_AUTHORITY = (Receiver.AGENT, Receiver.DESIGNATED)


def _not_to_be_served(service, on) -> str | None:
    """What stands against any dealing with the letter on that day, however it is sent."""
    issued = service.letter.issued_at
    if issued is None:
        return "文书尚未出具，不能送达"
    if service.letter.kind in REMEDIED and service.petition.state in FINAL:
        ended, letter = service.petition.get_state_display(), service.letter.title.removeprefix("信访")
        return f"本件{ended}，{letter}不再送达；信访人仍有请求的，请登记新件"
    if reviewing.is_quashed(service):
        return "原处理意见已经退回重作，不再送达；重新作出的意见书出具后另行送达（第三十五条）"
    if service.recalled:
        return "这份文书已经收回，不再送达"
    if on > today():
        return "日期不能晚于今天"
    return "日期不能早于文书出具日" if on < local_date(issued) else None


def unlawful_service(
    service, *, by, means, on, tracking="", receiver="self", received_by="", proof=None, witness="", refusal="", **_
):
    """送达须有凭证：不早于出具、不晚于今天；留置要拒收和见证或者影像，邮寄要单号，电子要同意，公告要期满。"""
    if said := _not_to_be_served(service, on):
        return said
    if means not in Method.values:
        return "请选择送达方式：直接、留置、邮寄或者电子送达"
    if proof is not None and not service.petition.attachments.filter(attachment=proof).exists():
        return "凭证不在本件的材料里，请先收存"
    match means:
        case Method.WITNESS if said := _not_left(service, proof, witness, refusal):
            return said
        case Method.POST if not (tracking.strip() or service.tracking):
            return "邮寄送达须填写邮寄单号，以签收日为送达日"
        case Method.POST if service.posted_on and on < service.posted_on:
            return f"签收日不能早于交邮日 {service.posted_on:%Y-%m-%d}"
        case Method.ELECTRONIC if not service.party.e_delivery:
            return "信访人未同意电子送达，请改用其他方式"
        case Method.NOTICE if by.user is not None or on != service.notice_until:
            return "公告送达须先报请批准、记录公告，公告期满由系统记为送达；请先采用其他方式"
    return _not_received(service, means, receiver, received_by, proof)


def _not_left(service, proof, witness, refusal) -> str | None:
    """留置: left with somebody who refused it, before a witness or a camera."""
    filmed = proof is not None and proof.kind == Attachment.Kind.SERVICE
    if not witness.strip() and not filmed:
        return "留置送达须记明见证人，或者选定照片、录像（先存为送达凭证）"
    refused = service.attempts.filter(outcome=Outcome.REFUSED).exists()
    return None if refused or refusal.strip() else "留置送达以拒收为前提，请写明拒收理由"


def _not_received(service, means, receiver, received_by, proof) -> str | None:
    """代收: who may take it in for the person addressed."""
    if receiver not in Receiver.values:
        return "请选择签收人与受送达人的关系"
    if receiver == Receiver.SELF:
        return None
    if means not in (Method.DIRECT, Method.POST):
        return "只有直接送达、邮寄送达才有代收人"
    if not received_by.strip():
        return "由他人代收的，须写明代收人姓名"
    is_natural = service.party.person.kind == "natural"
    if is_natural == (receiver == Receiver.OFFICE):
        whom = "本人、同住成年家属、代理人或者指定代收人" if is_natural else "法定代表人或者负责收件的人"
        return f"受送达人是{service.party.person.get_kind_display()}，由{whom}签收"
    if receiver == Receiver.FAMILY or receiver == Receiver.OFFICE:
        return None
    known = service.party.submission.parties.filter(role="agent", standing="present", name=received_by.strip()).exists()
    if known or (proof is not None and proof.kind == Attachment.Kind.AUTHORITY):
        return None
    return "代理人、指定代收人须有授权委托书或者送达地址确认书：请先收存为“授权委托书”，再选作凭证"


def unlawful_attempt(service, *, means, on, outcome, reason="", tracking="", **_):
    """没有送到也要记明：哪一天、什么方式、为什么；什么期限都不起算。"""
    if said := _not_to_be_served(service, on):
        return said
    if means not in TRIED:
        return "请选择当时采用的方式：直接、邮寄或者电子送达"
    if outcome not in Outcome.values:
        return "请选择未送达的原因"
    if (means == Method.ELECTRONIC) != (outcome == Outcome.FAILED):
        return "电子送达没有送到的，原因是未能到达对方系统；其他方式请选择当时的情形"
    if means == Method.ELECTRONIC and not service.party.e_delivery:
        return "信访人未同意电子送达，请改用其他方式"
    if means == Method.POST and not (tracking.strip() or service.tracking):
        return "邮件退回的，须填写邮寄单号"
    if means == Method.POST and service.posted_on and on < service.posted_on:
        return f"退回日不能早于交邮日 {service.posted_on:%Y-%m-%d}"
    if outcome == Outcome.REFUSED and not reason.strip():
        return "拒绝签收的，须写明拒收理由（没有说的，写“未说明理由”）"
    return None


def unlawful_posting(service, *, on, tracking, **_):
    """交邮要有地址和单号；一个单号只寄一个人，签收才算送达。"""
    if said := _not_to_be_served(service, on):
        return said
    if not service.party.posts_to:
        return f"{service.party.shown_name}没有登记住址和送达地址，不能邮寄，请改用其他方式"
    number = tracking.strip()
    if not number.isascii() or not number.replace("-", "").isalnum() or not 6 <= len(number) <= LONGEST_NUMBER:
        return f"邮寄单号“{number}”写法不对：六位以上的数字、字母" if number else "请填写邮寄单号"
    others = type(service).objects.filter(tracking=number).exclude(party__person=service.party.person_id)
    return f"邮寄单号 {number} 已用于另一位受送达人，请核对" if others.exists() else None


def unlawful_notice(petition, *, by, service, reason, **_):
    """公告是最后的办法：别的方式试过而人找不到；拒收的用留置（民事诉讼法第八十九条、第九十五条，参照）。

    谁出的文书谁报请、谁批准：处理意见由承办单位，复查（复核）意见由复查（复核）机关。
    """
    if service is None or service.petition_id != petition.pk or service.served_on:
        return "请选择本件还没有送达的文书"
    if service.notice_allowed_at:
        return "这份文书已准予公告送达，请记录公告"
    if by.user is not None and by.user.office.pk != service.letter.organ_id:
        return f"这份文书由{service.letter.organ.short_name}出具，公告送达须由该单位报请、批准"
    tried = list(service.attempts.all())
    if not tried:
        return "请先采用其他方式送达，并记录未送达的经过"
    if all(attempt.outcome == Outcome.REFUSED for attempt in tried):
        return "拒绝签收的，应当留置送达，不能公告"
    return None if reason.strip() else "请写明为什么其他方式都送达不到"


def unlawful_publication(service, *, on, place, **_):
    """批准以后才公告，写明在哪里公告。"""
    if on > today():
        return "公告日不能晚于今天"
    if on < local_date(service.notice_allowed_at):
        return f"公告不能早于批准之日 {local_date(service.notice_allowed_at):%Y-%m-%d}"
    return None if place.strip() else "请写明在哪里公告（公告栏、报纸、网站）"


def notice_days(petition) -> int:
    """自然日 a notice must stand before the letter counts as served: the city's choice, 30 unless told (参照)."""
    return settings_of(petition.rule_set)["notice_service_days"]


def notice_ends(petition, on):
    """The last day of a notice published on that day; the first day is not counted."""
    return on + timedelta(days=notice_days(petition))
