"""领导接访公告的三步：起草（可以改、可以删）、公布、取消。公布以后不改字，有变动的取消后另行公布。

Only those whose post announces for the office (发布接访公告) take a step. Raises Refused with a sentence,
PermissionDenied for everybody else.
"""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.authority import may_for
from petitions.act.decorator import Refused
from petitions.models import Reception
from rulebook.acts import Act
from rulebook.timekeeping import now, today


def require_announcing(by, organ) -> None:
    """Only who announces for the office."""
    if not may_for(by, Act.ANNOUNCE, organ):
        raise PermissionDenied(f"您的岗位不能以{organ.office.short_name}的名义发布领导接访公告")


def fault_of(told: dict[str, Any]) -> str:
    """What is wrong with the days and hours told, as a sentence; "" where nothing is."""
    if told["closes"] <= told["opens"]:
        return "结束时间应晚于开始时间"
    if not told["shown_from"] <= told["day"] <= told["shown_until"]:
        return "公布起始日不能晚于接待日期，公布截止日不能早于接待日期"
    return ""


@transaction.atomic
def draft(by, *, organ, **told) -> Reception:
    """A new draft of the office; nobody outside sees it."""
    require_announcing(by, organ)
    _require_sound(told)
    return Reception.objects.create(organ=organ.office, drafted_by=by, drafted_at=now(), **told)


@transaction.atomic
def redraft(one: Reception, by, *, version: int, **told) -> Reception:
    """The draft with other words. `version` is the one the words were written over."""
    held = _held(one, by, version)
    _require_sound(told)
    for name, value in told.items():
        setattr(held, name, value)
    held.version, held.drafted_by, held.drafted_at = held.version + 1, by, now()
    held.save()
    return held


@transaction.atomic
def discard(one: Reception, by, *, version: int) -> None:
    """The draft is gone; nobody outside has seen it."""
    _held(one, by, version).delete()


@transaction.atomic
def publish(one: Reception, by, *, version: int) -> Reception:
    """公布: from its first day on everybody reads it. Refused where the day of reception has passed."""
    held = _held(one, by, version)
    if held.day < today():
        raise Refused(f"接待日期 {_said(held.day)}已经过了，请先改日期再公布")
    held.state, held.published_by, held.published_at = Reception.State.PUBLISHED, by, now()
    held.save(update_fields=["state", "published_by", "published_at"])
    return held


@transaction.atomic
def cancel(one: Reception, by, *, reason: str) -> Reception:
    """取消: the announcement stays, with the reason before it. Refused for a draft, a second time, or once over."""
    held = Reception.objects.select_for_update(of=("self",)).select_related("organ__office").get(pk=one.pk)
    require_announcing(by, held.organ)
    if held.state != Reception.State.PUBLISHED:
        raise Refused(f"这份公告现为“{held.get_state_display()}”，不能取消")
    if held.day < today():
        raise Refused(f"接待日期 {_said(held.day)}已经过了，不用取消")
    if not reason.strip():
        raise Refused("请写明取消原因，群众看得到")
    held.state, held.cancelled_by, held.cancelled_at = Reception.State.CANCELLED, by, now()
    held.reason = reason.strip()
    held.save(update_fields=["state", "cancelled_by", "cancelled_at", "reason"])
    return held


def _held(one: Reception, by, version: int) -> Reception:
    held = Reception.objects.select_for_update(of=("self",)).select_related("organ__office", "drafted_by")
    found = held.filter(pk=one.pk).first()
    if found is None:
        raise Refused("这份草稿已经被同事删除")
    require_announcing(by, found.organ)
    if found.state != Reception.State.DRAFT:
        raise Refused(f"这份公告现为“{found.get_state_display()}”，不能再改；有变动的，取消后另行公布")
    if found.version != version:
        raise Refused(f"{found.drafted_by.name}刚改过这份草稿，请刷新看过再办；您填的还在本页上")
    return found


def _require_sound(told: dict[str, Any]) -> None:
    if fault := fault_of(told):
        raise Refused(fault)


def _said(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"
