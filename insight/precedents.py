"""类案推送：说的事相像、已经办结、本人看得到的件，连同结论、依据和答复。供参考，不作结论。"""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.privacy import mask_text
from documents.models import Letter
from insight.duplicates.similar_petitions import similar
from petitions.act.states import Kind, State
from petitions.models import Claim, Opinion, Petition, PetitionLetter, Proceeding

ENDED = (State.CLOSED, State.SETTLED, State.ARCHIVED)
SHOWN = 3
LEAST = 15  # 百分比：再低只是用词碰巧相同
COMPARED = 30  # 相像的前几件里挑有答复可看的
OVERTURNED = ("revoke", "change", "redo")


@dataclass(frozen=True)
class Reply:
    """What was answered to one demand; without a number it answers the petition as a whole."""

    number: int | None
    claim: str
    finding: str
    answer: str


@dataclass(frozen=True)
class Precedent:
    """One closed petition and how it was answered; identity and phone numbers inside the words are hidden.

    `percent` and `shared` say how alike, as insight.duplicates.similar_petitions does; None and empty where
    it was asked for by number.
    """

    petition: Petition
    facts: str
    basis: str
    replies: tuple[Reply, ...]
    reviewed: str = ""  # 复查、复核的结论
    is_overturned: bool = False
    percent: int | None = None
    shared: tuple[str, ...] = ()

    @property
    def may_be_carried(self) -> bool:
        """A reply that a review revoked, changed or sent back is shown, but is nobody's pattern."""
        return not self.is_overturned


def precedents(user, petition: Petition, *, shown: int = SHOWN) -> list[Precedent]:
    """The closed petitions most like this one that the user may see and that were answered, the most alike first.

    None for a confidential petition. Nine queries, whatever is found.
    """
    if petition.secrecy:
        return []
    said = petition.submission.original if petition.shows_original else petition.excerpt
    near = similar(user, said, except_for=petition, shown=COMPARED, among=_ended())
    # 类案看说的事像不像；是不是同一件事、同一地点，在这里不算
    alike = sorted((row for row in near if row.percent >= LEAST), key=lambda row: -row.percent)
    told = {row.petition.pk: (row.percent, row.shared) for row in alike}
    found = _read([row.petition for row in alike], told)
    return found[:shown]


def precedent(user, petition: Petition, number: str) -> Precedent | None:
    """The one of that number, on the same terms; None where there is none or the user may not see it."""
    if petition.secrecy:
        return None
    rows = _ended().visible_to(user).exclude(submission=petition.submission_id).filter(number=number).for_lists()
    return next(iter(_read(rows, {})), None)


def _ended():
    return Petition.objects.filter(state__in=ENDED, secrecy=0, accused_organ=None).exclude(kind=Kind.REPORT)


def _read(petitions: Iterable[Petition], told: dict[int, tuple[int, tuple[str, ...]]]) -> list[Precedent]:
    rows = {petition.pk: petition for petition in petitions}
    if not rows:
        return []
    opinions = {
        one.petition_id: one for one in Opinion.objects.filter(petition__in=rows, passed=True).order_by("version")
    }
    claims: dict[int, list[Claim]] = {}
    for claim in Claim.objects.filter(petition__in=rows).order_by("number"):
        claims.setdefault(claim.petition_id, []).append(claim)
    decided = Proceeding.objects.filter(petition__in=rows, state="decided").order_by("pk")
    last = {one.petition_id: one for one in decided}
    answers = _answers(rows)
    found = []
    for pk, petition in rows.items():
        facts, basis, replies = _words(opinions.get(pk), claims.get(pk, []), answers.get(pk))
        if not replies:
            continue
        review = last.get(pk)
        stands = review is None or review.outcome not in OVERTURNED or review.opinion_id != opinions[pk].pk
        percent, shared = told.get(pk, (None, ()))
        found.append(
            Precedent(
                petition=petition,
                facts=mask_text(facts),
                basis=mask_text(basis),
                replies=replies,
                reviewed=f"{review.get_kind_display()}{review.get_outcome_display()}" if review else "",
                is_overturned=not stands,
                percent=percent,
                shared=shared,
            )
        )
    return found


def _answers(rows: dict[int, Petition]) -> dict[int, dict]:
    """The fields of the answers that were given by a letter without an opinion: F13 to a claim, F14 to a suggestion."""
    letters = PetitionLetter.objects.filter(
        petition__in=rows, letter__kind__in=("F13", "F14"), letter__status=Letter.Status.ISSUED
    )
    return dict(letters.order_by("pk").values_list("petition_id", "letter__fields"))


def _words(opinion: Opinion | None, claims: list[Claim], letter: dict | None) -> tuple[str, str, tuple[Reply, ...]]:
    """(facts, basis, replies) from the signed opinion, else from the letter that answered, else from the claims."""
    by_claim = tuple(
        Reply(one.number, mask_text(one.text), one.get_finding_display(), mask_text(one.answer))
        for one in claims
        if one.answer
    )
    if opinion is not None and by_claim:
        return opinion.facts, opinion.basis, by_claim
    if letter is None:
        return "", "", by_claim
    said = letter.get("answer") or letter.get("reason") or ""
    whole = Reply(None, "、".join(mask_text(one.text) for one in claims), "", mask_text(said))
    return letter.get("facts", ""), "\n".join(letter.get("basis", [])), (whole,) if said else ()
