"""回访：评价不满意的，由上一级信访部门打电话核实；打了几次、结果怎样、属不属实，都留着（rules §1.15、SV09）。

Kept on the call-back itself and not as lines of the petition's log: the organ that was rated reads that log, and a
line of a call-back would tell it before the window ends that it was rated not satisfied.
"""

from collections.abc import Collection

from django.db import transaction

from accounts.authority import require, standing
from accounts.models import Organ
from accounts.models.organ import Level
from petitions.act.decorator import Refused
from petitions.parties.models import Reveal
from petitions.service.callback.models import DONE, DROPPED, FAILED, OPEN, REACHED, CallBack, Finding, Outcome, Try
from rulebook import clock
from rulebook.acts import Act
from rulebook.books import calendar_in_force, settings_of, terms_of
from rulebook.timekeeping import BEIJING, now, today

TERM = "I09"
LONGEST = 1000  # 字


# 谁来回访


def office_above(organ: Organ) -> Organ:
    """The petition office of the level above the rated organ: of a street the district's, of a district organ and of
    the city's own the city's. Raises Refused where the city has none, which is a fault of its pack."""
    office = organ.office
    offices = Organ.objects.petition_offices().in_force_on(today())
    wanted = [offices.filter(level=Level.CITY)]
    if office.level not in (Level.CITY, Level.DISTRICT) and office.district_code:
        wanted.insert(0, offices.filter(level=Level.DISTRICT, territory=office.district_code))
    for found in wanted:
        if one := found.order_by("pk").first():
            return one
    raise Refused(f"没有可以回访{office.short_name}的上一级信访部门，请系统管理员在机构里登记")


def offices_of(user) -> set[int]:
    """Keys of the offices for which the user calls back."""
    return {claim.seat.organ.office_id for claim in standing(user).of(Act.CALL_BACK)}


# 随评价开启、撤下


def keep_up(ratings: Collection) -> None:
    """Open a call-back for every rating that is not satisfied, take back one still open where it no longer is; called
    by the act of rating, within its transaction. Once per rating: what was concluded stays concluded."""
    known = {one.rating_id: one for one in CallBack.objects.filter(rating__in=ratings)}
    for rating in ratings:
        found = known.get(rating.pk)
        if found is None and rating.is_poor:
            CallBack.objects.create(rating=rating, office=office_above(rating.organ), **_due(rating.petition))
        elif found is not None and found.state == OPEN and not rating.is_poor:
            found.state = DROPPED
            found.save(update_fields=["state"])
        elif found is not None and found.state == DROPPED and rating.is_poor:
            for name, value in (_due(rating.petition) | {"state": OPEN}).items():
                setattr(found, name, value)
            found.save(update_fields=["state", "opened_at", "due_on"])


def _due(petition) -> dict:
    term = next(term for term in terms_of(petition.rule_set) if term.code == TERM)
    return {"opened_at": now(), "due_on": clock.span(term, today(), calendar_in_force()).due_on}


# 打电话


def most_tries(petition) -> int:
    """How many calls must have failed before the petitioner counts as 联系不上: the city's number."""
    return settings_of(petition.rule_set)["call_back_tries"]


@transaction.atomic
def attempt(call_back, *, by, result: str, seen: int, again_on=None, words: str = ""):
    """记一次联系. `seen`: how many tries the page was drawn with; whoever comes second is told by whom and when.

    Raises Refused with a sentence, PermissionDenied.
    """
    held = _held(call_back, by)
    _same_tries(held, seen)
    if result not in Try.values:
        raise Refused("请选择这次联系怎样")
    if result == Try.APPOINTED and (again_on is None or again_on < today()):
        raise Refused("约定时间再打的，请写明约在哪一天，不早于今天")
    return _tried(held, by, result, again_on if result == Try.APPOINTED else None, words)


@transaction.atomic
def conclude(call_back, *, by, outcome: str, seen: int, finding: str = "", words: str = ""):
    """记结果, once: `finding` where the petitioner answered. Raises Refused with a sentence, PermissionDenied."""
    held = _held(call_back, by)
    _same_tries(held, seen)
    if outcome not in Outcome.values:
        raise Refused("请选择回访的结果")
    if outcome in REACHED and finding not in Finding.values:
        raise Refused("信访人回答了的，请选择不满意的情况属实还是不属实")
    if not words.strip():
        raise Refused("请写明信访人怎么说、怎样核实的；没有联系上的，写明怎样联系过")
    petition = held.rating.petition
    if outcome == Outcome.UNREACHED:
        failed, least = held.tries.filter(result__in=FAILED).count(), most_tries(petition)
        if failed < least:
            raise Refused(f"打满 {least} 次没有打通的，才可以按联系不上了结；现在记了 {failed} 次")
    else:
        _tried(held, by, Try.REACHED, None, "")
    held.state, held.outcome = DONE, outcome
    held.finding = finding if outcome in REACHED else ""
    held.words, held.concluded_by, held.concluded_at = words.strip(), by, now()
    held.save(update_fields=["state", "outcome", "finding", "words", "concluded_by", "concluded_at"])
    return held


@transaction.atomic
def reveal_phone(call_back, *, by) -> str:
    """The petitioner's number in full, noted as looked at by whom and for which call-back. Raises Refused where the
    petitioner asked for secrecy or left no number, PermissionDenied."""
    held = _held(call_back, by)
    party = held.rating.service.party
    if party.name_withheld:
        raise Refused("信访人要求保密，电话只有登记单位看得到，请登记单位转达")
    if not party.phone:
        raise Refused("信访人没有留电话，请按通信地址联系，或者记为联系不上")
    Reveal.objects.create(
        party=party, petition=held.rating.petition, by=by, field="电话", reason="回访", call_back=held, at=now()
    )
    return party.phone


def _held(call_back, by):
    """The row of its own office's caller, locked and still open."""
    found = CallBack.objects.select_for_update(of=("self",)).select_related("concluded_by", "office")
    held = found.select_related("rating__petition__rule_set", "rating__service__party").get(pk=call_back.pk)
    require(by, Act.CALL_BACK, held.rating.petition)
    if held.office_id not in offices_of(by):
        raise Refused(f"这件由{held.office.short_name}回访")
    if not CallBack.objects.of_caller(by).filter(pk=held.pk).exists():
        raise Refused("您承办过本件，或者在被评价的单位任职，请由别人回访")
    if held.state == DONE:
        raise Refused(
            f"{_who(held.concluded_by, held.concluded_at)}记下结果“{held.get_outcome_display()}”，没有再记一次"
        )
    if held.state == DROPPED:
        raise Refused("信访人已经改了评价，不用再回访")
    return held


def _same_tries(held, seen: int) -> None:
    if held.tries.count() != seen:
        last = held.tries.select_related("by").latest("pk")
        raise Refused(f"{_who(last.by, last.at)}记了一次联系（{last.get_result_display()}），请看过以后再记")


def _tried(held, by, result, again_on, words):
    return held.tries.create(by=by, at=now(), result=result, again_on=again_on, words=words.strip())


def _who(user, at) -> str:
    return f"{user.name}已于 {at.astimezone(BEIJING):%m-%d %H:%M} "
