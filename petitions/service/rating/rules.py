"""评价的规矩：谁可以评、评谁、到哪一天；期满以前可以改，期满以后只收意见不计分（rules §1.15、E70）。"""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from accounts.authority import organs_of
from petitions.act.states import ActorKind
from rulebook import clock
from rulebook.acts import Act
from rulebook.books import calendar_in_force, terms_of
from rulebook.terms import OPINION
from rulebook.timekeeping import now, today

WINDOW = "D17"
MOST_WORDS = 5  # 同一份意见书最多留几次言：多了请打电话
MOST_CHANGES = 10  # 同一份意见书的评价最多改几次

NOT_BY_THE_RATED = "信访人评价的有您单位或者您承办的件，您不能代录；请信访人凭查询码评价，或者由上一级信访部门代录"


class Standing(models.TextChoices):
    """评价状态（国家系统四态；不可评价的另列）。"""

    NONE = "none", _("不评价")
    OPEN = "open", _("待评价")
    RATED = "rated", _("已评价")
    LAPSED = "lapsed", _("超期未评价")


def is_rateable(service) -> bool:
    """首次登记受理、按信访程序办理的才评；匿名、不宜公开、重复信访的不评。"""
    return service.letter.kind == OPINION and _is_counted(service.petition)


def _is_counted(petition) -> bool:
    return not petition.secrecy and petition.repeat_of_id is None and not petition.submission.notice_exempt


def bodies_of(service) -> dict:
    """Body → organ: the office that took the petition in, where it was one, and the organ that gave the opinion."""
    petition = service.petition
    office = {"office": petition.first_receiver} if petition.first_receiver.is_petition_office else {}
    return office | {"organ": petition.organ.office}


def _window(petition):
    """D17 of the rules the petition met."""
    return next(term for term in terms_of(petition.rule_set) if term.code == WINDOW)


def last_day(service) -> date:
    """The last day of the window, counted from service."""
    return clock.span(_window(service.petition), service.served_on, calendar_in_force()).due_on


def in_opinion(petition) -> dict:
    """What the opinion says of rating it: where, and for how many days; nothing where it will not be rated. One letter
    goes to all petitioners, so the code of none of them is in it: each has their own on the receipt."""
    if not _is_counted(petition):
        return {}
    return {"query_url": settings.PUBLIC_QUERY_URL, "rating_days": str(_window(petition).length)}


def standing_of(service) -> Standing:
    """Where the rating of a served opinion stands today."""
    if service.served_on is None or not is_rateable(service):
        return Standing.NONE
    if service.ratings.all():
        return Standing.RATED
    return Standing.OPEN if today() <= last_day(service) else Standing.LAPSED


def is_open(service) -> bool:
    """Whether scores count today: given for the first time, or changed."""
    return standing_of(service) in (Standing.OPEN, Standing.RATED) and today() <= last_day(service)


def is_rated_side(user, service) -> bool:
    """Whether the user sits in one of the bodies rated, or below it, or handles the petition."""
    mine = organs_of(user)
    return service.petition.handler_id == user.pk or any(organ.pk in mine for organ in bodies_of(service).values())


def unlawful_rating(service, *, by, scores: Mapping[str, tuple[str, str]], words="", checked=False, **_):
    """本人、逐个对象、不满意的写原因；不在窗口里的，至少要有话。电话代录的，另有规矩。"""
    if by.kind == ActorKind.USER:
        if said := _not_for_them(service, by.user, checked):
            return said
    elif by.kind != ActorKind.PETITIONER or by.party_id != service.party_id:
        return gettext("只能由收到这份意见书的信访人本人评价")
    if not is_open(service):
        return (
            _unheard(service, words)
            if by.kind == ActorKind.PETITIONER
            else "没有可以评价的，或者评价期已经结束，不能代录"
        )
    rating = service.ratings.model
    for body, organ in bodies_of(service).items():
        score, reason = scores.get(body, ("", ""))
        if score not in rating.Score.values:
            return gettext("请选择对%(organ)s的评价") % {"organ": organ.short_name}
        if score == rating.Score.DISSATISFIED and reason not in rating.Reason.values:
            return gettext("对%(organ)s不满意的，请选择原因") % {"organ": organ.short_name}
    if _said(service, counted=True) > MOST_CHANGES:
        return gettext("评价已经改了 %(n)d 次，请打下面的电话说明") % {"n": MOST_CHANGES}
    return None


def _not_for_them(service, user, checked: bool) -> str | None:
    if is_rated_side(user, service):
        return NOT_BY_THE_RATED
    return None if checked else "请先核对打电话的是信访人本人，再代录"


def _unheard(service, words) -> str | None:
    if not words.strip():
        return gettext("评价已经结束，不再计分；有意见的请写在意见栏")
    return gettext("您已经多次留言，请打下面的电话说明") if _said(service, counted=False) >= MOST_WORDS else None


def _said(service, *, counted: bool) -> int:
    """How often scores (or only words) were given for this service."""
    lines = service.petition.events.filter(act=Act.RATE)
    return sum(line.scope.get("service") == service.pk and line.details.get("counted") is counted for line in lines)


def score(service, scores, *, by) -> dict:
    """Keep the scores where they count, in the place of those given before; the log facts of the rating.
    What was given before stays in the log."""
    if not is_open(service):
        return {"details": {"counted": False}}
    poor, until, given = service.ratings.model.Score.DISSATISFIED, last_day(service), {}
    changed = standing_of(service) is Standing.RATED
    for body, organ in bodies_of(service).items():
        value, reason = scores[body]
        why = reason if value == poor else ""
        given[body] = [organ.pk, value, why]
        service.ratings.update_or_create(
            body=body,
            defaults={
                "petition": service.petition,
                "organ": organ,
                "score": value,
                "reason": why,
                "rated_at": now(),
                "until": until,
                "entered_by": by.user,
            },
        )
    service.__dict__.get("_prefetched_objects_cache", {}).pop("ratings", None)
    told = {"counted": True, "until": until.isoformat(), "scores": given}
    return {"details": told | {"changed": changed, "by_phone": by.user is not None, "party": service.party_id}}
