"""征集活动怎样发布、结束；特邀建议人怎样登记、邀请。"""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.authority import may_for, organs_reached
from accounts.models import Organ
from petitions.act.decorator import Refused
from routing.models import Campaign, Contributor, Invitation
from routing.suggestions.suggestion_log import said
from rulebook.acts import Act
from rulebook.timekeeping import now, today


def seen_by(user):
    """The campaigns of the organs the user collects or studies suggestions for, and those whose area holds them."""
    reached = organs_reached(user, Act.COLLECT) | organs_reached(user, Act.STUDY_SUGGESTION)
    return Campaign.objects.filter(organ__in=reached.values("pk")) | _above(user)


def _above(user):
    territory = user.organ.territory if user.organ else ""
    return Campaign.objects.filter(organ__territory__in=[territory[:n] for n in range(1, len(territory) + 1)])


@transaction.atomic
def start(
    by,
    *,
    organ: Organ,
    theme: str,
    words: str,
    channels: Sequence[str],
    opens_on: date,
    closes_on: date | None = None,
) -> Campaign:
    """发布征集活动；`closes_on` 不写的是常年征集。

    PermissionDenied without the post for the organ; Refused with a sentence.
    """
    if not may_for(by, Act.COLLECT, organ):
        raise PermissionDenied(f"您的岗位不能以{organ.short_name}的名义发布征集活动，请联系本单位负责人")
    if not channels or set(channels) - set(Campaign.Channel.values):
        raise Refused("请选择征集渠道")
    if closes_on and closes_on < max(opens_on, today()):
        raise Refused("截止日不能早于开始日和今天")
    return Campaign.objects.create(
        organ=organ,
        theme=said(theme, "请写明征集主题"),
        words=said(words, "请写明征集说明"),
        channels=[code for code in Campaign.Channel.values if code in channels],
        opens_on=opens_on,
        closes_on=closes_on,
        made_by=by,
        made_at=now(),
    )


@transaction.atomic
def end(campaign: Campaign, by, *, reason: str) -> Campaign:
    """提前结束；已经收到的照常研究、回复。PermissionDenied; Refused a second time or without a reason."""
    held = Campaign.objects.select_for_update(of=("self",)).select_related("organ__office").get(pk=campaign.pk)
    if not may_for(by, Act.COLLECT, held.organ):
        raise PermissionDenied(f"征集活动由{held.organ.short_name}结束")
    if held.ended_at is not None:
        raise Refused(f"征集活动已由{held.ended_by.name}结束")
    if not held.is_open_on(today()) and held.opens_on <= today():
        raise Refused("征集活动已经到了截止日")
    held.ended_by, held.ended_at, held.end_reason = by, now(), said(reason, "请写明结束原因")
    held.save(update_fields=["ended_by", "ended_at", "end_reason"])
    return held


@transaction.atomic
def engage(
    by, *, organ: Organ, name: str, phone: str, field: str, since: date, until: date | None = None
) -> Contributor:
    """聘请特邀建议人，登记姓名、电话（加密）、专长、聘期。PermissionDenied; Refused with a sentence."""
    if not may_for(by, Act.COLLECT, organ):
        raise PermissionDenied(f"特邀建议人由{organ.short_name}登记")
    if until and until < since:
        raise Refused("聘期的截止日不能早于开始日")
    return Contributor.objects.create(
        organ=organ,
        name=said(name, "请写明姓名"),
        phone=phone.strip(),
        field=said(field, "请写明专长或行业"),
        since=since,
        until=until,
        added_by=by,
        added_at=now(),
    )


@transaction.atomic
def dismiss(contributor: Contributor, by, *, on: date) -> Contributor:
    """解聘：聘期到那一天为止，登记留着。Refused where it has ended already."""
    held = Contributor.objects.select_for_update(of=("self",)).select_related("organ__office").get(pk=contributor.pk)
    if not may_for(by, Act.COLLECT, held.organ):
        raise PermissionDenied(f"特邀建议人由{held.organ.short_name}登记")
    if held.until is not None and held.until <= on:
        raise Refused("聘期已经结束")
    if on < held.since:
        raise Refused("解聘日不能早于聘期开始日")
    held.until = on
    held.save(update_fields=["until"])
    return held


def invite(campaign: Campaign, contributor: Contributor, by) -> Invitation:
    """邀请特邀建议人参加一次征集；一次征集只邀请一回。PermissionDenied; Refused with a sentence."""
    if not may_for(by, Act.COLLECT, campaign.organ) or not may_for(by, Act.COLLECT, contributor.organ):
        raise PermissionDenied(f"由{campaign.organ.short_name}邀请本单位聘请的特邀建议人")
    if not contributor.serves_on(today()):
        raise Refused("这位特邀建议人不在聘期内")
    if campaign.ended_at is not None or (campaign.closes_on and campaign.closes_on < today()):
        raise Refused("征集活动已经结束，不能再邀请")
    try:
        with transaction.atomic():
            return Invitation.objects.create(
                campaign=campaign, contributor=contributor, invited_by=by, invited_at=now()
            )
    except IntegrityError as twice:
        raise Refused("已经邀请过这位特邀建议人") from twice
