"""提交：和登记台同一个登记动作，同一本登记簿。提交两次，还是那一件、那一张回执。"""

import hashlib
import json
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Organ
from documents.letters.impediments import LetterRefused
from documents.models import Attachment
from petitions.act.decorator import Actor, Refused
from petitions.act.states import ActorKind, Channel, Kind
from petitions.intake import registration
from petitions.intake.registration import Intake, PartyFacts
from petitions.letters import letter_content
from petitions.models import Party
from petitions.parties.identity import examine
from public.models import OnlineDraft
from public.submission import forms, place_choices, question_steps, web_drafts, web_files
from public.submission.limits import Limits
from public.submission.question_steps import Told
from routing.destination.acts import propose_for
from rulebook.acts import Act
from rulebook.timekeeping import now, today

PAPERS = {"agent": "授权委托书", "guardian": "监护证明"}


class Changed(Exception):
    """Another tab changed the draft since the page that asks to submit it was drawn."""


class Unfinished(Exception):
    """A page is missing or wrong; `step` is the one to go back to."""

    def __init__(self, step: question_steps.Step):
        super().__init__(step.key)
        self.step = step


def seal_of(draft: OnlineDraft) -> str:
    """Says whether two pages were drawn from the same words and the same files; tells nothing of them."""
    lying = list(web_files.of(draft).values_list("pk", flat=True))
    return hashlib.sha256(json.dumps([draft.mark, draft.body, lying]).encode()).hexdigest()[:24]


@transaction.atomic
def submit(draft: OnlineDraft, seal: str, limits: Limits) -> OnlineDraft:
    """Register what the draft holds, today. Whoever asks twice gets what came of the first time.

    Raises Changed, Unfinished, Refused or RulesMissing; then nothing stands.
    """
    held = OnlineDraft.objects.select_for_update().get(pk=draft.pk)
    if held.submission_id is not None:
        return held
    told = web_drafts.told(held)
    if wrong := question_steps.first_unanswered(told):
        raise Unfinished(wrong)
    if seal != seal_of(held):
        raise Changed
    petition = _register(told, limits)
    held.party = _set_powers(petition.submission, told)
    attachments = [file.attachment for file in web_files.of(held)]
    Attachment.objects.filter(pk__in=[one.pk for one in attachments]).update(kind=Attachment.Kind.EVIDENCE)
    registration.attach(petition, attachments)
    try:
        letter_content.issue_owed(petition, Act.REGISTER, by=_petitioner(), details={})
    except LetterRefused as refused:
        raise Refused("；".join(refused.sentences)) from refused
    propose_for(petition)
    held.submission, held.body, held.saved_at = petition.submission, "", now()
    held.save()
    return held


def _petitioner() -> Actor:
    return Actor(ActorKind.PETITIONER)


def _register(told: Told, limits: Limits):
    area = place_choices.area_of(told.get("place", "loc"))
    organ = place_choices.registrar_of(area, told.kind, limits.receiver)
    if organ is None:
        raise Refused(_("网上提交暂时没有单位接收，请到登记窗口或者打电话"))
    try:
        return registration.register(_intake(told, area, organ), by=_petitioner())
    except PermissionDenied as denied:  # 信访人不凭岗位，不应走到这里
        raise Refused(str(denied)) from denied


def _intake(told: Told, area: str, organ: Organ) -> Intake:
    page = {step.key: told.form(step) for step in question_steps.asked(told)}
    said = {key: form.cleaned_data for key, form in page.items() if form.is_valid()}
    is_report = told.kind == Kind.REPORT
    story = said["story"]["txt"]
    claims = [said["claims"].get(f"claim{n}", "") for n in range(1, forms.CLAIMS_MOST + 1)]
    people = 1 if told.who != forms.GROUP else said["others"]["ppl"]
    accused = said.get("accused", {})
    return Intake(
        organ=organ,
        channel=Channel.WEB,
        original=story,
        received_on=today(),
        kind=told.kind,
        claims=[claim for claim in claims if claim],
        title=registration.summary_of(story),
        parties=parties(told, said),
        place=said["place"]["spot"],
        territory=area,
        about_organ=_organ_named(said.get("about", {}).get("tgt", "")),
        about_text=said.get("about", {}).get("tgt", ""),
        accused_organ=_organ_named(accused.get("accused_unit", "")) if is_report else None,
        accused_text="；".join(filter(None, (accused.get("accused"), accused.get("accused_unit")))),
        facts={
            "petition_date": today(),
            "people_count": people,
            "anonymous": told.who == forms.NAMELESS,
            "truth_pledged": True,
            "is_joint": told.who == forms.GROUP,
            "litigation": said.get("court", {}).get("court", ""),
        },
    )


def parties(told: Told, said: dict) -> list[PartyFacts]:
    """Everybody in the letter, whoever's matter it is first; none where no name is left."""
    if told.who == forms.NAMELESS:
        return []
    withheld = said["secret"]["withheld"] == "yes"
    name, contact = said["name"], said["contact"]
    me = _person(name["nm"], name["idno"], contact["tel"], contact["addr"], withheld)
    if told.who == forms.OTHER:
        behalf, power = said["behalf"], said["power"]
        whose = _person(behalf["p_nm"], behalf["p_idno"], behalf["p_tel"], behalf["p_addr"], withheld)
        me.role, me.authority = power["role"], _authority(power)
        return [whose, me]
    if told.who != forms.GROUP:
        return [me]
    rows = said["others"]
    rest = [
        _person(rows[f"rep{n}_nm"], "", rows[f"rep{n}_tel"], "", withheld)
        for n in forms.REPRESENTATIVES
        if rows[f"rep{n}_nm"]
    ]
    for one in rest:
        one.role = Party.Role.REPRESENTATIVE
    return [me, *rest]


def _person(name: str, number: str, phone: str, address: str, withheld: bool) -> PartyFacts:
    identity = examine(number, today())
    return PartyFacts(
        name=name,
        sex=identity.sex,
        birth_year=identity.born.year if identity.born else None,
        id_number=identity.number,
        id_status=Party.IdStatus.STATED if identity.number else Party.IdStatus.NONE,
        phone=phone,
        address=address,
        name_withheld=withheld,
    )


def _authority(power: dict) -> str:
    paper = PAPERS[power["role"]]
    return paper if power["paper"] == "attached" else f"{paper}（自述有待补交）"


def _set_powers(submission, told: Told) -> Party | None:
    """Who acts for whom, and how far; returns the party who submitted."""
    lead = submission.parties.order_by("position").first()
    if told.who != forms.OTHER:
        return lead
    power = told.form(question_steps.BY_KEY["power"])
    power.is_valid()
    agent = submission.parties.get(role=power.cleaned_data["role"])
    until: date | None = power.cleaned_data["until"]
    agent.acts_for, agent.special_powers, agent.authority_until = lead, power.cleaned_data["special"], until
    agent.save()
    return agent


def _organ_named(name: str) -> Organ | None:
    """The organ in force of exactly this name; anything else stays the petitioner's words."""
    found = Organ.objects.in_force_on(today())
    return (found.filter(name=name).first() or found.filter(short_name=name).first()) if name else None
