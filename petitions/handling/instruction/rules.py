"""批示的规矩：谁、在哪天以前报告落实情况；法定期限一天也不因批示变动（rules E63）。"""

from datetime import timedelta

from petitions.act.guards import guard
from rulebook.acts import Act
from rulebook.timekeeping import today

TERM = "I07"
MOST_DAYS = 365
# 现在经手本件的单位：承办、转出、协办。别的单位看不到本件，报告不了
AT_HAND = ("handles", "forwards", "co")


def waiting(petition):
    """The clock of the instruction not yet reported on, or None; its `owed_by_organ` is who reports."""
    return next((row for row in petition.deadlines.all() if row.term == TERM and row.is_running), None)


def words(petition):
    """The log line of the instruction last given, with its words, or None; the lines as they were read."""
    return next((line for line in reversed(petition.events.all()) if line.act == Act.INSTRUCT), None)


def offices(petition) -> dict[int, str]:
    """Who may be asked to report: key → short name of the offices that have the petition in hand now."""
    rows = [row for row in petition.current_involvements() if row.kind in AT_HAND and not row.organ.is_section]
    return {petition.organ.office_id: petition.organ.office.short_name} | {
        row.organ_id: row.organ.short_name for row in rows
    }


@guard("本件还有一件批示没有报告落实情况，请先请有关单位报告，再作新的批示", article="内部管理要求")
def none_waits(petition) -> bool:
    return waiting(petition) is None


@guard("本件没有等待报告落实情况的批示", article="内部管理要求")
def one_waits(petition) -> bool:
    return waiting(petition) is not None


@guard("领导批示还没有报告落实情况，不能归档；请先报告", article="内部管理要求")
def no_instruction_is_open(petition) -> bool:
    return waiting(petition) is None


def unlawful(petition, *, instruction, due_on, to=None, **_):
    """What is to be done, by a day to come, and who reports: an office that has the petition in hand."""
    if not instruction.strip():
        return "请写明批示内容"
    if due_on <= today():
        return "报告日应当晚于今天"
    if due_on > today() + timedelta(days=MOST_DAYS):
        return f"报告日应当在 {MOST_DAYS} 日以内"
    if to is not None and to.office_id not in offices(petition):
        return f"{to.short_name}现在没有经手本件，请批示承办单位；需要它办的，由承办单位请求协办"
    return None


def not_the_one_asked(petition, *, by, report, **_):
    """The office that was asked reports; where the petition has gone to another since, that one may."""
    asked = waiting(petition).owed_by_organ
    if by.user is not None and by.user.office.pk not in (asked.office_id, petition.organ.office_id):
        return f"批示由{asked.short_name}报告落实情况，请由该单位或者承办单位报告"
    return None if report.strip() else "请写明怎样落实的；没有落实的，写明原因和下一步"
