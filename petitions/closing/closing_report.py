"""四个到位和办结报告的规矩：逐项写明，不涉及的说不涉及；报告交回交办的机关（第二十二条、第二十七条）。"""

from documents.letters.letter_dates import in_words
from petitions.act.states import Finding
from petitions.closing.models import End
from rulebook.books import settings_of
from rulebook.timekeeping import now


def kinds() -> dict[str, str]:
    """The four ends: code → words."""
    return dict(End.Kind.choices)


def ends_of(petition) -> dict:
    """The ends recorded for the opinion that stands now, by kind."""
    opinion = petition.latest_opinion
    key = opinion.pk if opinion else None
    return {end.kind: end for end in petition.ends.all() if end.opinion_id == key}


def are_recorded(petition) -> bool:
    return set(ends_of(petition)) == set(kinds())


def must_be_recorded(petition) -> bool:
    """Whether closing waits for the ends: where a 办结报告 was asked for; of every petition where the city says so."""
    asked = any(
        leg.kind == "assign" and leg.report_required and leg.ended_how != "returned" for leg in petition.legs.all()
    )
    return asked or settings_of(petition.rule_set)["four_ends"] == "all"


def record(petition, by, ends: dict[str, str]) -> None:
    """Write the four rows anew; an empty text means 不涉及."""
    opinion = petition.latest_opinion
    petition.ends.filter(opinion=opinion).delete()
    End.objects.bulk_create(
        End(
            petition=petition,
            opinion=opinion,
            kind=kind,
            applies=bool(ends[kind].strip()),
            words=ends[kind].strip(),
            recorded_by=by.user,
            recorded_at=now(),
        )
        for kind in kinds()
    )


def ends_left_open(petition, *, ends, **_):
    """每一项都要有话：涉及的写情况，不涉及的说不涉及；支持了诉求的，解决问题不能说不涉及。"""
    if missing := [label for kind, label in kinds().items() if kind not in ends]:
        return f"四个到位须逐项填写，还缺：{'；'.join(missing)}"
    opinion = petition.latest_opinion
    found = {row.get("finding") for row in opinion.findings} if opinion else set()
    if found & {Finding.SUPPORT, Finding.PARTIAL} and not ends["solved"].strip():
        return "处理意见支持了诉求，“解决问题到位”不能填不涉及，请写明怎样解决（第二十七条）"
    if Finding.REJECT in found and not ends["explained"].strip():
        return "处理意见没有支持诉求，“思想教育到位”不能填不涉及，请写明怎样疏导教育（第二十七条、第三十二条）"
    return None


def report_left_open(petition, *, facts, handling, execution, **_):
    told = {"调查情况": facts, "处理情况": handling, "落实情况": execution}
    missing = [name for name, words in told.items() if not words.strip()]
    return f"办结报告须写明{'、'.join(missing)}" if missing else None


def progress_untold(petition, *, report, **_):
    return None if report.strip() else "请写明办到哪一步、为什么不能按期办结、拟何时办结"


def owing(petition):
    """The assignment whose 办结报告 is still owed, the last of them."""
    return max((leg for leg in petition.legs.all() if leg.owes_report), key=lambda leg: leg.number)


# what the report says of itself: words to start from, put right by whoever reports


def handling_in_words(petition) -> str:
    """How the matter ended: the opinion with its number and findings, or the end it came to otherwise."""
    opinion = petition.latest_opinion
    letters = petition.petition_letters.filter(letter__kind="F12").select_related("letter").order_by("pk")
    letter = letters.last()
    if opinion is None or letter is None:
        return f"本件{petition.get_state_display()}。"
    labels = dict(Finding.choices)
    found = sorted(opinion.findings, key=lambda row: row["number"])
    said = "，".join(f"第{row['number']}项{labels.get(row.get('finding'), '')}" for row in found)
    return f"出具信访处理意见书（{letter.letter.number}），{said}。"


def execution_in_words(petition) -> str:
    """Each task of execution and how far it has come."""
    tasks = petition.executions.exclude(state="replaced").select_related("claim", "organ").order_by("claim__number")
    lines = []
    for one in tasks:
        done = f"已于{in_words(one.done_on)}落实，{one.result}" if one.done_on else _still_owed(one)
        lines.append(f"第{one.claim.number}项：{one.promised}——{done}")
    return "\n".join(lines) or "没有须落实的事项。"


def _still_owed(one) -> str:
    if one.refusal:
        return f"{one.organ.short_name}拒不落实：{one.refusal}"
    return f"尚未落实，期限为{in_words(one.due_on)}"


def delivered_in_words(petition) -> str:
    """How many of the opinions were served and when the last of them; nobody is named."""
    services = list(petition.services.filter(letter__kind="F12"))
    if not services:
        return "没有须送达的处理意见书"
    served = [service for service in services if service.served_on]
    if len(served) < len(services):
        return f"应送达{len(services)}份，已送达{len(served)}份"
    last = max(service.served_on for service in served)
    ways = "、".join(dict.fromkeys(service.get_method_display() for service in served))
    return f"{len(services)}份，{in_words(last)}全部送达（{ways}），有送达回证"
