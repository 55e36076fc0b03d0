"""两人各评各的：交表以前谁也看不见谁的。两份都交了才比，不同的项由主持人逐项定，写明理由。"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.authority import holds
from petitions.act.decorator import Refused, Stale
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.timekeeping import now
from supervision.models import Answer, Reading, SampledPetition, Settlement
from supervision.sampling.readers import SEATS


def readable(user):
    """The sheets the user is to fill or has filled, of petitions that may still be read."""
    seen = Petition.objects.visible_to(user, Act.SAMPLE)
    return Reading.objects.filter(reader=user, sampled__petition__in=seen.values("pk"))


@transaction.atomic
def save(reading: Reading, *, by, answers: Mapping[str, str], remark: str, version: int, hand_in: bool) -> Reading:
    """Keep a reader's sheet; with `hand_in` it is closed for good, and every item must be answered.

    `version` is how often the sheet had been saved when the page was drawn. PermissionDenied for anyone but its
    reader; Stale where it was saved elsewhere since; Refused where it is in already or lacks answers.
    """
    sheet = reading.sampled.plan.sheet
    held = Reading.objects.select_for_update().get(pk=reading.pk)
    if held.reader_id != by.pk or not holds(by, Act.SAMPLE):
        raise PermissionDenied("这份评查表由指定的评查人填写")
    if held.done_at:
        raise Refused("这份评查表已经交了，不能再改")
    if held.version != version:
        raise Stale("这份评查表刚在另一个页面保存过；下面是您这次填的，核对后再保存一次即以这次为准")
    held.answers = _fit(sheet, answers)
    if hand_in and (missing := [item["code"] for item in sheet.items if item["code"] not in held.answers]):
        raise Refused(f"还有 {len(missing)} 项没有评：{'、'.join(missing)}；没评完的可以先暂存")
    held.remark, held.version = remark.strip(), held.version + 1
    held.done_at = now() if hand_in else None
    held.save()
    if hand_in:
        _settle_if_alike(held.sampled_id)
    return held


def _fit(sheet, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that the sheet allows, in its order."""
    fit = {}
    for item in sheet.items:
        answer = answers.get(item["code"], "")
        if answer in (Answer.YES, Answer.NO) or (answer == Answer.NA and item["na"]):
            fit[item["code"]] = str(answer)
    return fit


def _settle_if_alike(key: int) -> None:
    """Where both sheets are in and say the same, that is the result; nobody need settle it."""
    sampled = SampledPetition.objects.select_for_update().get(pk=key)
    pair = Pair.of(sampled)
    if pair.both_in and not pair.differences and sampled.settled_at is None:
        sampled.answers, sampled.settled_at = dict(pair.first.answers), now()
        sampled.save(update_fields=["answers", "settled_at"])


@dataclass(frozen=True)
class Pair:
    """The two sheets of one petition, either of which may not be there or not in."""

    sheet: Any
    first: Reading | None
    second: Reading | None

    @classmethod
    def of(cls, sampled: SampledPetition) -> "Pair":
        found = {one.seat: one for one in sampled.readings.select_related("reader")}
        return cls(sampled.plan.sheet, *(found.get(seat) for seat in SEATS))

    @property
    def both_in(self) -> bool:
        return all(one is not None and one.done_at for one in (self.first, self.second))

    @property
    def differences(self) -> list[dict[str, Any]]:
        """The items on which the two differ, in the order of the sheet; none before both are in."""
        if not self.both_in:
            return []
        first, second = self.first.answers, self.second.answers
        return [item for item in self.sheet.items if first[item["code"]] != second[item["code"]]]


@transaction.atomic
def settle(sampled: SampledPetition, *, by, decided: Mapping[str, tuple[str, str]]) -> SampledPetition:
    """Settle the items on which the two differ: `decided` gives of each its answer and the reason.

    PermissionDenied for anyone but the plan's owner; Refused before both sheets are in, after it was settled, or
    where an item lacks an answer or a reason.
    """
    plan = sampled.plan
    if by.pk != plan.owner_id or not holds(by, Act.SAMPLE):
        raise PermissionDenied(f"两人不一致的，由方案的主持人（{plan.owner.name}）定")
    held = SampledPetition.objects.select_for_update().get(pk=sampled.pk)
    held.plan = plan
    if held.settled_at:
        raise Refused("这一件刚刚已经定分，请刷新后查看")
    pair = Pair.of(held)
    if not pair.both_in:
        raise Refused("两份评查表还没有都交来，不能定")
    answers = dict(pair.first.answers)
    made = []
    for item in pair.differences:
        code = item["code"]
        answer, reason = decided.get(code, ("", ""))
        if code not in _fit(plan.sheet, {code: answer}) or not reason.strip():
            raise Refused(f"{code} 两人不一致，请选定并写明理由")
        answers[code] = answer
        made.append(Settlement(sampled=held, item=code, answer=answer, reason=reason.strip(), by=by, at=now()))
    Settlement.objects.bulk_create(made)
    held.answers, held.settled_at = answers, now()
    held.save(update_fields=["answers", "settled_at"])
    return held
