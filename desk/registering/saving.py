"""登记办成：一件来件、材料、回执、分流建议与人的选择、并入原件，同一事务。"""

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction

from desk.registering import choices, people, uploads
from desk.registering.forms import RegistrationForm
from documents.refusals import LetterRefused
from insight.keys import earlier
from petitions import intake, letters
from petitions.acting import Actor, Refused
from petitions.actions import carry_out
from petitions.models import Petition
from petitions.states import Kind
from routing.actions import propose_for, settle
from routing.books import book
from rulebook.acts import Act


@dataclass
class Saved:
    """The petition registered, and sentences about what could not be done along with it."""

    petition: Petition
    notes: list[str] = field(default_factory=list)


class ReasonWanted(Refused):
    """The clerk chose another organ than proposed, and must say why."""


@transaction.atomic
def save(form: RegistrationForm, attachments, *, by) -> Saved:
    """Register what a valid form says. Raises Refused or PermissionDenied with a sentence; then nothing stands."""
    told = form.cleaned_data
    petition = intake.register(_intake(form), by=by, note=_history(told, by))
    uploads.attach(petition, attachments)
    try:
        letters.issue_owed(petition, Act.REGISTER, by=Actor.of(by), details={})
    except LetterRefused as refused:
        raise Refused("；".join(refused.sentences)) from refused
    saved = Saved(petition)
    propose_for(petition)
    if told["earlier"] is not None:
        _merge(saved, told["earlier"], by)
    elif told["unit_organ"] is not None:
        _settle(petition, told["unit_organ"], by, told["why"])
    return saved


def _history(told, by) -> str:
    """12345 已办结同一人的事，照常登记，登记行上注明（rules E45）。"""
    found = earlier(by, id_number=told.get("idno", ""), phone=told.get("tel", ""), name=told.get("nm", ""))
    numbers = [row.petition.number for row in found.seen if row.same_person and row.is_answered_by_hotline]
    return f"同一信访人此前经 12345 办结：{'、'.join(numbers)}" if numbers else ""


def _settle(petition, chosen, by, reason) -> None:
    try:
        settle(petition, chosen, by=by, reason=reason)
    except Refused as refused:
        raise ReasonWanted(str(refused)) from refused


def _merge(saved: Saved, into, by) -> None:
    """并入原件; where it is not open the registration stands, and the page says why."""
    try:
        with transaction.atomic():
            carry_out(saved.petition, Act.MERGE, by=by, into=into)
    except (Refused, PermissionDenied) as refused:
        saved.petition = Petition.objects.select_related("submission", "organ", "rule_set").get(pk=saved.petition.pk)
        saved.notes.append(_marked(saved.petition, into, by, refused))


def _marked(petition, into, by, refused) -> str:
    """What could be done instead of merging, as a sentence."""
    try:
        with transaction.atomic():
            carry_out(petition, Act.MARK_REPEAT, by=by, earlier=into)
    except (Refused, PermissionDenied) as unmarked:
        return f"未能并入 {into.number}：{refused}；也未能标注为它的重复件：{unmarked}"
    return f"已登记为 {into.number} 的重复件，但未能并入：{refused}"


def _intake(form: RegistrationForm) -> intake.Intake:
    told = form.cleaned_data
    place = _place(told["txt"], form.office)
    is_report = told["aim"] == Kind.REPORT
    return intake.Intake(
        organ=form.office,
        channel=told["channel"],
        original=told["txt"],
        received_on=told["day"],
        kind=told["aim"],
        claims=told["claims"],
        title=intake.summary_of(told["txt"]),
        parties=people.parties(told, form.people),
        category=told["category"],
        place=place,
        territory=told["loc"],
        about_organ=told["about_organ"],
        about_text=told["tgt"],
        accused_organ=told["accused_organ"] if is_report else None,
        accused_text="；".join(part for part in (told["accused"], told["accused_unit"]) if part) if is_report else "",
        facts={
            "petition_date": told.get("wrote"),
            "posted_on": told.get("posted"),
            "addressee": told["addressee"],
            "people_count": told["ppl"],
            "anonymous": bool(told["anon"]),
            "public_consent": told["public"],
            "oral_consent": told["oral"],
            "truth_pledged": told["pledged"],
            "is_joint": told["channel"] != "visit" and bool(form.people),
            "urgent": told["urgent"],
            "threat": told["threat"],
            "litigation": told["litigation"],
            "call_record": told["record"],
        },
    )


def _place(text: str, office) -> str:
    """The named place the text speaks of, preferring the desk's own district."""
    places = [place for place in book().places_in(text) if place.kind not in choices.AREA_KINDS]
    here = [place for place in places if place.territory.startswith(office.district_code)]
    found = next(iter(here or places), None)
    return found.name if found else ""
