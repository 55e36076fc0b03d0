"""清单的一行：一次查询取齐要显示的，姓名该遮的遮。"""

from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from desk.lists import lamps
from petitions.act.states import STAGE, Stage, State
from petitions.models import Party, Petition, PetitionEvent

TONES = {Stage.RECEPTION: "", Stage.HANDLING: "bl", Stage.CHECK: "am", Stage.CONCLUSION: "gr"}
CLOSED_PARTY = "检举控告人（保密）"


def shown(petitions: QuerySet) -> QuerySet:
    """What a row shows, the leading party and the last line of the log included: still one query, never the body."""
    here = Party.objects.filter(submission_id=OuterRef("submission_id"), standing=Party.Standing.PRESENT)
    parties = here.order_by("position")
    lines = PetitionEvent.objects.filter(petition_id=OuterRef("pk"), seq=OuterRef("seq"))
    return (
        petitions.select_related("submission", "organ", "section", "category", "handler")
        .defer(
            "submission__original",
            "excerpt",
            "path_record",
            "accused_text",
            *(f"category__{name}" for name in ("keywords",)),
        )
        .annotate(
            lead=Subquery(parties.values(told=JSONObject(name="name", name_withheld="name_withheld"))[:1]),
            updated_at=Subquery(lines.values("recorded_at")[:1]),
        )
    )


def row(petition: Petition, day: date) -> dict:
    """One petition, annotated by `shown`, as the table draws it."""
    lamp = lamps.of_row(petition, day)
    state = State(petition.state)
    return {
        "number": petition.number,
        "title": petition.title,
        "lamp": lamp[0] if lamp else "",
        "days_left": lamp[1] if lamp else None,
        "due_on": petition.next_due_on,
        "state": state.label,
        "tone": TONES[STAGE[state]],
        "party": party_of(petition),
        "channel": petition.submission.get_channel_display(),
        "group": petition.submission.is_group,
        "category": category_of(petition),
        "organ": (petition.section or petition.organ).short_name,
        "handler": petition.handler.name if petition.handler else "",
        "updated_at": petition.updated_at,
        "under_order": petition.under_order,
        "confidential": petition.secrecy > 0,
    }


def party_of(petition) -> str:
    """Who petitions, as a list may say it: withheld names masked, informers not named at all (第三十条)."""
    submission = petition.submission
    if petition.secrecy > 0:
        return CLOSED_PARTY
    if submission.anonymous or not petition.lead:
        return "匿名"
    name = Party(**petition.lead).shown_name
    return name if submission.people_count < 2 else f"{name} 等 {submission.people_count} 人"


def category_of(petition) -> str:
    category = petition.category
    if category is None:
        return ""
    return " › ".join(part for part in (category.level1, category.level2) if part)
