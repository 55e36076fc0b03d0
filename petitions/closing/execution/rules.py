"""落实的规矩：哪些诉求要落实、几日内、由谁；凭什么算做到（第三十二条第二款）。"""

from datetime import date, timedelta

from petitions.act import guards
from petitions.act.states import Finding
from rulebook.books import calendar_in_force, settings_of
from rulebook.terms import Unit
from rulebook.timekeeping import local_date, today

UNITS = (Unit.DAY, Unit.WORKING_DAY)
UNDONE = ("owed", "refused")
SUPPORTED = (Finding.SUPPORT, Finding.PARTIAL)
MOST_DAYS = 365


def last_day(days: int, unit: str) -> date:
    """The last day of so many 自然日 or 工作日 counted from today, today not counted; no organ's day is moved."""
    if unit == Unit.WORKING_DAY:
        return calendar_in_force().step(today(), days)
    return today() + timedelta(days=days)


def supported(petition) -> list:
    """The rows of the opinion that grant a claim wholly or in part."""
    opinion = petition.latest_opinion
    return [row for row in opinion.findings if row.get("finding") in SUPPORTED] if opinion else []


def draw_up(petition, *, by, days: int | None = None, unit: str = Unit.DAY) -> list:
    """One task for each claim the signed opinion supports, with a line and a clock of its own.

    `days` counts `unit`s; without it the city's default of 自然日 holds. Returns the tasks.
    """
    answers = {row["number"]: row["answer"] for row in supported(petition)}
    if days is None:
        days, unit = settings_of(petition.rule_set)["execution_days"], Unit.DAY
    claims = petition.claims.filter(number__in=answers).order_by("number")
    common = {"organ": petition.organ, "days": days, "unit": unit}
    return [_drawn(petition, by, claim=claim, promised=answers[claim.number], **common) for claim in claims]


def draw_anew(execution, *, by, promised: str, days: int, unit: str = Unit.DAY, to=None):
    """The task that takes the place of one just adjusted; another organ that is to do it is let in."""
    organ = to.office if to else execution.organ
    petition = execution.petition
    if organ.pk != petition.organ.office_id:
        petition.involve("co", organ)
    told = {"claim": execution.claim, "organ": organ, "promised": promised, "days": days, "unit": unit}
    return _drawn(petition, by, opinion=execution.opinion, replaces=execution, **told)


def _drawn(petition, by, *, days, unit, opinion=None, **told):
    execution = petition.executions.create(
        opinion=opinion or petition.latest_opinion,
        days=days,
        unit=str(unit),
        due_on=last_day(days, unit),
        **told,
    )
    execution.petition = petition
    execution.promise(by=by)
    return execution


def undone(petition) -> list:
    """The tasks still owed, refused ones among them; those of an opinion sent back to be made anew are owed no more."""
    return [one for one in petition.executions.all() if one.is_undone and guards.opinion_stands(one)]


def let_go(petition, organ, *, done) -> None:
    """An organ that helped is involved no longer once it owes neither a task nor an answer; `done` is what it has just
    finished."""
    tasks = [one for one in undone(petition) if one != done and one.organ.office_id == organ.office_id]
    asked = [leg for leg in petition.legs.all() if leg != done and leg.kind == "assist" and leg.ended_at is None]
    if not tasks and all(leg.receiver.office_id != organ.office_id for leg in asked):
        petition.end_involvement("co", organ)


# what stands against it


def unlawful_days(petition, *, days=None, unit=Unit.DAY, **_):
    """How long a promise may run, asked when the opinion is signed and when a task is adjusted."""
    if days is None:
        return None
    if unit not in [str(one) for one in UNITS]:
        return "落实天数请按自然日或者工作日计算"
    return None if 1 <= days <= MOST_DAYS else f"落实天数应为 1 至 {MOST_DAYS}"


def unlawful_replan(execution, *, promised, days, unit=Unit.DAY, to=None, **_):
    if not promised.strip():
        return "请写明落实内容"
    if to is not None and not execution.petition.involvements.filter(organ__office_id=to.office_id).exists():
        return f"{to.short_name}没有参与过本件，请先请求协办，再由其落实"
    return unlawful_days(execution.petition, days=days, unit=unit)


def unproven(execution, *, by, result, on, evidence, **_):
    """落实须有凭证；由落实单位或者承办单位登记。"""
    petition = execution.petition
    offices = {execution.organ.office_id, petition.organ.office_id}
    if by.user is not None and by.user.office.pk not in offices:
        return f"落实单位是{execution.organ.short_name}，请由该单位或者承办单位登记"
    if not result.strip():
        return "请写明怎样落实的"
    if on > today():
        return "落实日不能晚于今天"
    if petition.issued_at and on < local_date(petition.issued_at):
        return "落实日不能早于意见书出具日"
    if evidence is None:
        return "落实须有凭证，请先收存凭证材料，再登记落实"
    return None if evidence.petition_id == petition.pk else "凭证不是本件的材料，请在本件收存后再选"


def refusal_untold(execution, *, reason, **_):
    return None if reason.strip() else "请写明谁、以什么理由不落实，已经怎样督促"


def undone_before_archiving(petition, *, reason="", **_):
    """支持的诉求没有落实的，不归档了事；确需先归档的写明理由，落实任务继续。"""
    owed = undone(petition)
    if not owed or reason.strip():
        return None
    return f"还有 {len(owed)} 项落实任务没有完成，不能归档；确需先归档的，请写明理由（第三十二条第二款）"
