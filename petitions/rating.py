"""评价的规矩：谁可以评、评谁、到哪一天；窗口以外的、再一次的只收意见不计分（rules §1.15、E70）。"""

from collections.abc import Mapping
from datetime import date

from django.apps import apps
from django.db import models

from petitions.states import ActorKind
from rulebook import clock
from rulebook.acts import Act
from rulebook.books import calendar_in_force, terms_of
from rulebook.terms import OPINION
from rulebook.timekeeping import now, today

WINDOW = "D17"
MOST_WORDS = 5  # 同一份意见书最多留几次言：多了请打电话


class Standing(models.TextChoices):
    """评价状态（国家系统四态；不可评价的另列）。"""

    NONE = "none", "不评价"
    OPEN = "open", "待评价"
    RATED = "rated", "已评价"
    LAPSED = "lapsed", "超期未评价"


def is_rateable(service) -> bool:
    """首次登记受理、按信访程序办理的才评；匿名、不宜公开、重复信访的不评。"""
    petition = service.petition
    return (
        service.letter.kind == OPINION
        and not petition.secrecy
        and petition.repeat_of_id is None
        and not petition.submission.notice_exempt
    )


def bodies_of(service) -> dict:
    """Body → organ: the office that took the petition in, where it was one, and the organ that gave the opinion."""
    petition = service.petition
    office = {"office": petition.first_receiver} if petition.first_receiver.is_petition_office else {}
    return office | {"organ": petition.organ.office}


def last_day(service) -> date:
    """The last day of the window, counted from service (D17 of the rules the petition met)."""
    term = next(term for term in terms_of(service.petition.rule_set) if term.code == WINDOW)
    return clock.span(term, service.served_on, calendar_in_force()).due_on


def standing_of(service) -> Standing:
    """Where the rating of a served opinion stands today."""
    if service.served_on is None or not is_rateable(service):
        return Standing.NONE
    if service.ratings.all():
        return Standing.RATED
    return Standing.OPEN if today() <= last_day(service) else Standing.LAPSED


def unlawful_rating(service, *, by, scores: Mapping[str, tuple[str, str]], words="", **_):
    """本人、逐个对象、不满意的写原因；不在窗口里的，至少要有话。"""
    if by.kind != ActorKind.PETITIONER or by.party_id != service.party_id:
        return "只能由收到这份意见书的信访人本人评价"
    if standing_of(service) is not Standing.OPEN:
        return _unheard(service, words)
    rating = apps.get_model("petitions", "Rating")
    for body, organ in bodies_of(service).items():
        score, reason = scores.get(body, ("", ""))
        if score not in rating.Score.values:
            return f"请选择对{organ.short_name}的评价"
        if score == rating.Score.DISSATISFIED and reason not in rating.Reason.values:
            return f"对{organ.short_name}不满意的，请选择原因"
    return None


def _unheard(service, words) -> str | None:
    if not words.strip():
        return "评价已经结束，不再计分；有意见的请写在意见栏"
    said = sum(line.act == Act.RATE and line.scope.get("service") == service.pk for line in _lines(service))
    return "您已经多次留言，请打下面的电话说明" if said >= MOST_WORDS else None


def _lines(service):
    return service.petition.events.filter(act=Act.RATE)


def score(service, scores) -> dict:
    """Keep the scores where they count; the log facts of the rating."""
    if standing_of(service) is not Standing.OPEN:
        return {"details": {"counted": False}}
    model, given = apps.get_model("petitions", "Rating"), {}
    for body, organ in bodies_of(service).items():
        value, reason = scores[body]
        kept = reason if value == model.Score.DISSATISFIED else ""
        given[body] = [organ.pk, value, kept]
        model.objects.create(
            petition=service.petition,
            service=service,
            body=body,
            organ=organ,
            score=value,
            reason=kept,
            rated_at=now(),
        )
    return {"details": {"counted": True, "scores": given}}
