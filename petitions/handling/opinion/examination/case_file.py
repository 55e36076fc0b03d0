"""审核要核对的卷宗：从信访件、名录和本单位其他意见里取齐。"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db.models import F, TextField, Value
from django.db.models.functions import Length

from accounts.models import Organ
from petitions.handling.opinion.examination import examine
from petitions.handling.opinion.examination.examination_sheet import (
    Answer,
    CaseFile,
    Earlier,
    Limits,
    Other,
    Remark,
    Sheet,
    Who,
)
from petitions.handling.opinion.examination.review_verdict import Verdict
from petitions.handling.opinion.models import Opinion
from petitions.parties.models import Party
from petitions.review import rules as reviewing
from rulebook.books import settings_of
from rulebook.models import Statute
from rulebook.statute.statutes import StatuteBook
from rulebook.timekeeping import local_date, now, today

LOOKS_BACK = 730  # 自然日：更早的意见不再比
MOST = 60  # 只与长短相近的最近这些份比
LEAST_NAME = 2


def remarks_on(petition, draft: Mapping[str, Any] | None = None) -> list[Remark]:
    """What the examiner finds in the petition's last draft, or in one just typed (facts, basis, findings, difference).

    Empty where there is no draft. Five queries beside those for the petition's own children.
    """
    opinion = petition.latest_opinion
    if draft is None and opinion is None:
        return []
    sheet = sheet_of(draft) if draft else sheet_of_opinion(opinion)
    return examine(sheet, file_of(petition, sheet, None if draft else opinion))


def remarks_on_review(proceeding, draft: Mapping[str, Any] | None = None) -> list[Remark]:
    """The same of a 复查（复核）意见: the last draft kept, or one just typed (outcome, facts, basis, decision)."""
    told = draft or {name: getattr(proceeding, name) for name in ("outcome", "facts", "basis", "decision")}
    if not (told["outcome"] and told["decision"]):
        return []
    words = {name: told[name] for name in ("facts", "basis", "outcome", "decision")}
    sheet = Verdict(answers={}, is_last=proceeding.is_final, **words)
    return examine(sheet, _file_of_review(proceeding, sheet))


def _file_of_review(proceeding, sheet: Verdict) -> CaseFile:
    """The petition's own file, asked with the applicant's requests; the opinion contested is the earlier one."""
    file = file_of(proceeding.petition, sheet)
    asked = [line.strip() for line in proceeding.grounds.splitlines() if line.strip()]
    above = [name for organ in reviewing.recheckers_of(proceeding) for name in (organ.name, organ.short_name)]
    contested = proceeding.opinion
    return replace(
        file,
        claims=dict(enumerate(asked, 1)),
        told=proceeding.grounds,
        reviewers=() if proceeding.is_final else tuple(above),
        earlier=(Earlier(contested.version, sheet_of_opinion(contested), quashed=False),),
        others=(),
    )


def sheet_of(told: Mapping[str, Any]) -> Sheet:
    """A draft as the act 起草处理意见 takes it."""
    answers = {row["number"]: Answer(row.get("finding") or "", row.get("answer") or "") for row in told["findings"]}
    return Sheet(told["facts"], told["basis"], answers, told.get("difference") or "")


def sheet_of_opinion(opinion) -> Sheet:
    names = ("facts", "basis", "findings", "difference")
    return sheet_of({name: getattr(opinion, name) for name in names})


def file_of(petition, sheet: Sheet, opinion=None) -> CaseFile:
    """All that the draft must agree with; `opinion` is the stored draft that the sheet is of, if it is one."""
    values = settings_of(petition.rule_set)
    claims = {claim.number: claim.text for claim in petition.claims.all()}
    said = petition.submission.original if petition.shows_original else petition.excerpt
    return CaseFile(
        number=petition.number,
        path=petition.path,
        claims=claims,
        told=said,
        received_on=petition.received_on,
        accepted_on=local_date(petition.accepted_at) if petition.accepted_at else None,
        today=today(),
        reviewers=_reviewers(petition.organ),
        statutes=StatuteBook(Statute.objects.all()),
        parties=tuple(_parties(petition)),
        strangers=tuple(_strangers(petition, sheet)),
        linked=tuple(_linked(petition)),
        earlier=tuple(_earlier(petition, opinion)),
        others=tuple(_others(petition, sheet)),
        limits=Limits(**{name: values[name] for name in Limits.__dataclass_fields__}),
    )


def _reviewers(organ: Organ) -> tuple[str, ...]:
    found = reviewing.reviewers_of(organ)
    return tuple(dict.fromkeys(name for one in found for name in (one.name, one.short_name)))


def _parties(petition):
    submissions = [petition.submission, *(one.submission for one in petition.merged.select_related("submission"))]
    for submission in submissions:
        for party in submission.parties.all():
            yield Who(party.name, party.id_number, party.phone, party.name_withheld)


def _strangers(petition, sheet: Sheet) -> list[str]:
    """Names of those in other files of this organ that the draft contains."""
    parties = Party.objects.alias(
        length=Length("name"), paper=Value(sheet.substance + sheet.basis, output_field=TextField())
    )
    of_the_organ = {"submission__petitions__organ__office": petition.organ.office_id, "length__gte": LEAST_NAME}
    found = parties.filter(**of_the_organ, paper__contains=F("name")).exclude(submission=petition.submission_id)
    return list(found.values_list("name", flat=True).distinct().order_by("name")[:MOST])


def _linked(petition) -> list[str]:
    known = [petition.merged_into, petition.repeat_of]
    siblings = petition.submission.petitions.values_list("number", flat=True)
    merged = petition.merged.values_list("number", flat=True)
    return [*(one.number for one in known if one), *siblings.union(merged)]


def _earlier(petition, opinion):
    """Those sent back by a review and not yet replaced, and those the check returned."""
    old = reviewing.quashed(petition)
    if old is not None and old != opinion:
        yield Earlier(old.version, sheet_of_opinion(old), quashed=True)
    for one in petition.opinions.all():
        if one.passed is False and one != opinion:
            yield Earlier(one.version, sheet_of_opinion(one), quashed=False)
        elif one == opinion and one.passed is None and one.checked_by_id:
            yield Earlier(one.version, sheet_of_opinion(one), quashed=False, same=True)


def _others(petition, sheet: Sheet) -> list[Other]:
    """Checked opinions of the organ on other matters, of about the same length."""
    opinions = Opinion.objects.filter(
        organ__office=petition.organ.office_id,
        passed=True,
        petition__secrecy=0,
        drafted_at__gte=now() - timedelta(days=LOOKS_BACK),
    )
    size = len(sheet.facts)
    near = opinions.alias(size=Length("facts")).filter(size__gte=size * 0.8, size__lte=size * 1.25)
    near = near.exclude(petition__submission=petition.submission_id).exclude(petition=petition.pk)
    if petition.matter_id:
        near = near.exclude(petition__matter=petition.matter_id)
    rows = near.select_related("petition").only("facts", "findings", "basis", "petition__number", "difference")
    return [Other(one.petition.number, sheet_of_opinion(one).substance) for one in rows.order_by("-pk")[:MOST]]
