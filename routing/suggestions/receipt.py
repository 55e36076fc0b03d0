"""收：群众自己提的、照来信来访登记的、由信访件转入的，进同一本登记，各有编号和查询码。"""

import secrets
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.authority import may_for
from accounts.messages.notices import tell
from accounts.models import Organ
from accounts.privacy import keyed_hash, mask_text
from insight.search.normal_form import bigrams, joined
from petitions.act.decorator import Refused
from petitions.models import NumberCounter, Petition
from petitions.parties.persons import fresh_code
from routing.models import Campaign, Contributor, Step, Suggestion
from routing.suggestions import levels, suggestion_log, suggestion_scope
from rulebook.acts import Act
from rulebook.timekeeping import today

STUDY_DAYS = 60  # 自然日，内部管理要求：条例没有写建议研究的天数
TITLE, BODY = 60, 4000  # 字


@transaction.atomic
def receive(
    *,
    campaign: Campaign,
    title: str,
    body: str,
    channel: str = Campaign.Channel.WEB,
    by=None,
    organ: Organ | None = None,
    name: str = "",
    phone: str = "",
    contributor: Contributor | None = None,
    received_on: date | None = None,
    once_key: UUID | None = None,
) -> Suggestion:
    """One suggestion, with or without a name. `by` is who writes it down for them; None where they wrote it themselves.

    `organ` studies it first: the campaign's own, or one within its area. `once_key` makes a form sent twice one
    suggestion. PermissionDenied for who does not study for the organ; Refused with a sentence.
    """
    if once_key and (known := Suggestion.objects.filter(once_key=once_key).first()):
        return known
    organ, day = organ or campaign.organ, received_on or today()
    if by is not None and not may_for(by, Act.STUDY_SUGGESTION, organ):
        raise PermissionDenied(f"您的岗位不能登记交给{organ.short_name}研究的建议")
    _require_open(campaign, day, channel, organ)
    if contributor and not contributor.invitations.filter(campaign=campaign).exists():
        raise Refused("这位特邀建议人没有受邀参加这次征集，请先邀请")
    code, number = fresh_code(), _number()
    if once_key and (known := Suggestion.objects.filter(once_key=once_key).first()):
        return known  # 同时点了两次：取号时已经排了队
    suggestion = _new(
        campaign,
        organ,
        number=number,
        title=suggestion_log.said(title, "请写一个题目"),
        body=suggestion_log.said(body, "请写下您的建议"),
        channel=channel,
        name=name.strip(),
        phone=phone.strip(),
        contributor=contributor,
        received_on=day,
        taken_by=by,
        once_key=once_key,
        query_code=code,
        query_hash=keyed_hash(code),
        pin=f"{secrets.randbelow(1_000_000):06d}",
    )
    suggestion_log.add(suggestion, Step.RECEIVED, by, due_on=suggestion.due_on)
    announce(suggestion, organ)
    return suggestion


@transaction.atomic
def turn(petition: Petition, *, by, campaign: Campaign, title: str, note: str = "") -> Suggestion:
    """转人民建议征集：the petition keeps its state, its clocks and its answer; both are pointed at each other.

    The words go over with numbers hidden; name and phone stay with the petition. Raises as the act does.
    """
    _require_open(campaign, today(), None, petition.organ.office)
    number = _number()
    petition.to_suggestion(by=by, note=note, number=number)
    words = petition.submission.original if petition.shows_original else petition.excerpt
    suggestion = _new(
        campaign,
        petition.organ.office,
        number=number,
        title=suggestion_log.said(title, "请写一个题目"),
        body=mask_text(words),
        channel=_CHANNELS.get(petition.submission.channel, Campaign.Channel.LETTER),
        petition=petition,
        received_on=petition.received_on,
        taken_by=by,
    )
    suggestion_log.add(suggestion, Step.TURNED, by, due_on=suggestion.due_on, words=note)
    announce(suggestion, suggestion.organ)
    return suggestion


_CHANNELS = {"visit": Campaign.Channel.VISIT, "web": Campaign.Channel.WEB, "call": Campaign.Channel.CALL}


def announce(suggestion: Suggestion, organ: Organ) -> None:
    """Tell those who study for the organ that it lies before them now."""
    tell(
        suggestion_scope.working_on(organ),
        text=f"收到人民建议 {suggestion.number}，请研究",
        url=f"/suggestions/{suggestion.number}/",
        dedupe_key=f"suggestion:{suggestion.pk}:{suggestion.seq}",
    )


def grams_of(title: str, body: str) -> list[str]:
    """What it is found by beside others: the bigrams of its words with numbers hidden."""
    return sorted(bigrams(joined([mask_text(title), mask_text(body)])))


def _new(campaign: Campaign, organ: Organ, **columns) -> Suggestion:
    return Suggestion.objects.create(
        campaign=campaign,
        organ=organ,
        due_on=today() + timedelta(days=STUDY_DAYS),
        tsv=grams_of(columns["title"], columns["body"]),
        **columns,
    )


def _number() -> str:
    year = today().year
    return f"JY{year}{NumberCounter.objects.take('suggestion', year):06d}"


def _require_open(campaign: Campaign, day: date, channel: str | None, organ: Organ) -> None:
    if day > today():
        raise Refused("收到日不能晚于今天")
    if not campaign.is_open_on(day):
        raise Refused(f"“{campaign.theme}”不在征集期内，请选择别的征集活动")
    if channel is not None and channel not in campaign.channels:
        raise Refused(f"这次征集只收{'、'.join(campaign.channels_in_words)}的建议")
    if not organ.territory.startswith(campaign.organ.territory):
        raise Refused(f"“{campaign.theme}”是{campaign.organ.short_name}的征集，只收本辖区的建议")
    if channel is not None and not levels.holders().filter(pk=organ.pk).exists():
        raise Refused(f"{organ.short_name}不研究人民建议，请另选单位")
