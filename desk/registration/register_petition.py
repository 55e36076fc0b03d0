"""登记办成：一件来件、材料、回执、分流建议与人的选择、并入原件，同一事务。"""

from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from desk.registration import register_choices, submitted_parties
from desk.registration.forms import RegistrationForm
from documents.letters.impediments import LetterRefused
from insight.duplicates.exact_keys import earlier
from petitions.act.decorator import Actor, Refused
from petitions.act.states import Kind
from petitions.intake import registration
from petitions.intake.late_entry import rules as backfilling
from petitions.intake.visit import rules as visiting
from petitions.joint import earlier_petition
from petitions.joint.earlier_petition import Tie
from petitions.letters import letter_content
from petitions.models import Petition
from routing.destination.acts import propose_for, settle
from routing.destination.rule_books import book
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
    petition = _register(form, by)
    backfilling.enter_list(petition.submission, told["roll"])
    if told["lateness"] is not None:
        backfilling.enter_late(petition.submission, told["lateness"], by=by)
    registration.attach(petition, attachments)
    if told["visit"] is not None:
        visiting.attend(told["visit"], petition.submission, by=by)
    try:
        letter_content.issue_owed(petition, Act.REGISTER, by=Actor.of(by), details={})
    except LetterRefused as refused:
        raise Refused("；".join(refused.sentences)) from refused
    saved = Saved(petition)
    propose_for(petition)
    if told["unit_organ"] is not None:
        _settle(petition, told["unit_organ"], by, told["why"])
    if told["earlier"] is not None:
        _tie(saved, told["tie"], told["earlier"], by)
    return saved


def _register(form: RegistrationForm, by) -> Petition:
    """The registration itself; a registered letter that a colleague took down at the same moment is refused."""
    told = form.cleaned_data
    late = told["lateness"]
    notes = [late.in_words if late else "", _history(told, by)]
    try:
        with transaction.atomic():
            return registration.register(
                _intake(form), by=by, note="；".join(filter(None, notes)), backfilled=late is not None
            )
    except IntegrityError as twice:
        if not told["mailno"]:
            raise
        raise Refused("这件挂号信刚被他人登记，请到信访件清单核对条码") from twice


def _history(told, by) -> str:
    """登记行上注明：与哪一件比对、选定了什么；12345 已办结同一人的事（rules E45）。"""
    said = []
    if (old := told["earlier"]) is not None:
        said.append(f"登记时与 {old.number} 比对，登记人选定：{told['tie'].label}")
    found = earlier(by, id_number=told.get("idno", ""), phone=told.get("tel", ""), name=told.get("nm", ""))
    numbers = [row.petition.number for row in found.seen if row.same_person and row.is_answered_by_hotline]
    if numbers:
        said.append(f"同一信访人此前经 12345 办结：{'、'.join(numbers)}")
    return "；".join(said)


def _settle(petition, chosen, by, reason) -> None:
    try:
        settle(petition, chosen, by=by, reason=reason)
    except Refused as refused:
        raise ReasonWanted(str(refused)) from refused


def _tie(saved: Saved, how: Tie, old, by) -> None:
    """What the clerk chose to do with the earlier petition; where it is refused, the page says what came instead."""
    if said := earlier_petition.tie(saved.petition, how, old, by=by):
        saved.notes.append(said)
    saved.petition = Petition.objects.select_related("submission", "organ", "rule_set").get(pk=saved.petition.pk)


def _intake(form: RegistrationForm) -> registration.Intake:
    told = form.cleaned_data
    place = _place(told["txt"], form.office)
    is_report = told["aim"] == Kind.REPORT
    return registration.Intake(
        organ=form.office,
        channel=told["channel"],
        original=told["txt"],
        received_on=told["day"],
        kind=told["aim"],
        claims=told["claims"],
        title=registration.summary_of(told["txt"]),
        parties=submitted_parties.parties(told, form.people),
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
            "mail_number": told["mailno"] if told["channel"] == "letter" else "",
            "people_count": told["ppl"],
            "anonymous": bool(told["anon"]),
            "public_consent": told["public"],
            "oral_consent": told["oral"],
            "truth_pledged": told["pledged"],
            "is_joint": told["channel"] != "visit" and bool(form.people or told["roll"]),
            "urgent": told["urgent"],
            "threat": told["threat"],
            "litigation": told["litigation"],
            "call_record": told["record"],
        },
    )


def _place(text: str, office) -> str:
    """The named place the text speaks of, preferring the desk's own district."""
    places = [place for place in book().places_in(text) if place.kind not in register_choices.AREA_KINDS]
    here = [place for place in places if place.territory.startswith(office.district_code)]
    found = next(iter(here or places), None)
    return found.name if found else ""
