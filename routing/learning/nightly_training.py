"""每夜重学：从已确认的件学出新的一版，在同一批留下的件上和在用的比，好的才启用；一键可以退回。"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import md5

from django.db import connection, transaction

from accounts.authority import require_holding
from accounts.privacy import mask_text
from petitions.act.decorator import Refused
from petitions.act.states import Kind
from petitions.models import Claim, Petition
from routing.destination.acts import text_of
from routing.destination.rule_books import LEVELS, Book, book
from routing.destination.rules import Facts, target_of, targets
from routing.learning.blend import Judged, best_first, combined
from routing.learning.models_in_use import Learnt
from routing.learning.scores import Scores, score
from routing.learning.training import Case, TooFew, held_back, train
from routing.models import Promotion, SorterVersion, Subject
from rulebook.acts import Act
from rulebook.timekeeping import now

LEAST = 100  # confirmed cases to learn from; below that the pack's categories, keywords and rules alone
LEAST_HELD_BACK = 20
NEWEST = 20_000  # cases read of each subject: what was long ago was said and sent otherwise
BATCH = 500
TRAINING = 0x4C4541524E  # 重学时的咨询锁：同时只有一个在学
REASON_LENGTH = 200


@dataclass(frozen=True)
class Confirmed:
    """A case a person decided: what was written, under which label, and the matter it belongs to."""

    key: str  # cases of one matter are held back together
    case: Case
    category: str


def retrain_all() -> dict[str, str]:
    """Train every subject anew; says for each what came of it. Run twice, the second finds nothing new."""
    return {subject.value: retrain(subject) for subject in Subject}


@transaction.atomic
def retrain(subject: str) -> str:
    """Train one subject on the confirmed cases and promote the result if it is better; a sentence on what happened."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [TRAINING])
        if not cursor.fetchone()[0]:
            return "另一处正在训练"
    held, confirmed = book(), confirmed_cases(subject)
    fingerprint = _fingerprint(confirmed)
    if SorterVersion.objects.filter(subject=subject, fingerprint=fingerprint).exists():
        return "没有新确认的件"
    learning = [row for row in confirmed if not held_back(row.key)]
    apart = [row for row in confirmed if held_back(row.key)]
    if len(learning) < LEAST or len(apart) < LEAST_HELD_BACK:
        return f"已确认 {len(confirmed)} 件，还不够学：只按分类表、关键词和规则"
    try:
        sorter = train([row.case for row in learning])
    except TooFew as short:
        return f"{short}：只按分类表、关键词和规则"
    rival = held.learnt.get(subject)
    new = _measured(subject, held, Learnt(0, len(learning), sorter), apart)
    old = _measured(subject, held, rival, apart)
    promoted = is_better(new, old)
    version = SorterVersion.objects.create(
        subject=subject,
        number=SorterVersion.objects.next_number(subject),
        made_at=now(),
        cases=len(learning),
        held_back=len(apart),
        fingerprint=fingerprint,
        scores=new.as_dict(),
        rival_id=rival.version_id if rival else None,
        rival_scores=old.as_dict(),
        stored=sorter.to_bytes() if promoted else b"",
    )
    told = f"首选命中 {new.top1}%，在用的 {old.top1}%（同一批 {len(apart)} 件）"
    if not promoted:
        return f"{version}没有启用：{told}"
    Promotion.objects.create(subject=subject, version=version, at=now(), reason=told)
    return f"{version}已启用：{told}"


def is_better(new: Scores, old: Scores) -> bool:
    """Right more often at the first place; where equally often, over the labels evenly (macro F1)."""
    return (new.top1, new.macro_f1) > (old.top1, old.macro_f1)


@transaction.atomic
def go_back(subject: str, seen: int, *, by, reason: str = "") -> Promotion:
    """Put the version before the one in use back into use – or the rules alone, where there was none.

    `seen` is the key of the promotion the person saw in use. Raises PermissionDenied, or Refused with a sentence.
    """
    require_holding(by, Act.CONFIGURE)
    reason = reason.strip() or "退回上一版"
    if len(reason) > REASON_LENGTH:
        raise Refused(f"理由不超过 {REASON_LENGTH} 字")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TRAINING])
    current = Promotion.objects.of(subject).first()
    if current is None or current.version_id is None:
        raise Refused("现在只按分类表、关键词和规则，没有可退回的版次")
    if current.pk != seen:
        raise Refused("您查看之后已换了版次，请看过现在的成绩再退回")
    earlier = SorterVersion.objects.filter(subject=subject, number__lt=current.version.number).exclude(stored=b"")
    before = earlier.order_by("-number").first()
    return Promotion.objects.create(subject=subject, version=before, at=now(), by=by, reason=reason)


@dataclass(frozen=True)
class Standing:
    """How one subject is judged now."""

    subject: str
    label: str
    promotion: Promotion | None  # the last line; its version is None where a person went back to the rules

    @property
    def version(self) -> SorterVersion | None:
        return self.promotion.version if self.promotion else None


def standings() -> list[Standing]:
    """Each subject with what is in use for it."""
    lines = Promotion.objects.in_use().select_related("version", "by").defer("version__stored")
    known = {line.subject: line for line in lines}
    return [Standing(subject.value, str(subject.label), known.get(subject.value)) for subject in Subject]


def confirmed_counts() -> dict[str, int]:
    """How many confirmed cases there are to learn from, for categories and for organs."""
    open_to_all = _open_to_all()
    return {
        "categories": open_to_all.exclude(category=None).count(),
        "organs": open_to_all.exclude(first_handler=None).count(),
    }


def _open_to_all():
    return Petition.objects.filter(secrecy=0, merged_into=None).exclude(kind=Kind.REPORT)


def confirmed_cases(subject: str) -> list[Confirmed]:
    """The newest cases a person decided, oldest first. Never reports, nor anything under secrecy."""
    undecided = {"first_handler": None} if subject == Subject.ORGAN else {"category": None}
    newest = list(_open_to_all().exclude(**undecided).order_by("-pk").values_list("pk", flat=True)[:NEWEST])[::-1]
    held, found = book(), []
    for at in range(0, len(newest), BATCH):
        batch = Petition.objects.filter(pk__in=newest[at : at + BATCH]).select_related("submission", "category")
        found += _read(list(batch.order_by("pk")), subject, held)
    return found


def _read(petitions: list[Petition], subject: str, held: Book) -> list[Confirmed]:
    claims: dict[int, list[tuple[str, str]]] = {}
    for pk, text, answer in Claim.objects.filter(petition__in=petitions).values_list("petition_id", "text", "answer"):
        claims.setdefault(pk, []).append((text, answer))
    found = []
    for petition in petitions:
        if not (label := _label(petition, subject, held)):
            continue
        told = claims.get(petition.pk, [])
        reply = "\n".join(answer for _, answer in told if answer) if petition.issued_at else ""
        text = mask_text(text_of(petition, [text for text, _ in told]))
        case = Case(text, label, mask_text(petition.title), mask_text(reply))
        matter = f"matter {petition.matter_id}" if petition.matter_id else petition.submission.number
        found.append(Confirmed(matter, case, petition.category.code if petition.category_id else ""))
    return found


def _label(petition: Petition, subject: str, held: Book) -> str:
    """What a person decided; empty where no rule could name the organ, or the category is no longer in force."""
    if subject == Subject.ORGAN:
        desk = held.organs.get(petition.first_handler_id)
        return target_of(desk, held.desks) if desk else ""
    levels = held.levels.get(petition.category.code)
    return levels[LEVELS.index(subject)] if levels else ""


def _fingerprint(confirmed: Sequence[Confirmed]) -> str:
    told = "\n".join(f"{row.key} {row.case.label}" for row in confirmed)
    return md5(told.encode(), usedforsecurity=False).hexdigest()


def _measured(subject: str, held: Book, learnt: Learnt | None, apart: Sequence[Confirmed]) -> Scores:
    """How the desk's proposals would have done on the held-back cases: the rules together with what was learnt."""
    ranked = []
    for row in apart:
        judged = learnt.judge(row.case.text, row.case.title) if learnt else None
        ranked.append(_proposed(subject, held, row, judged))
    return score([row.case.label for row in apart], ranked)


def _proposed(subject: str, held: Book, row: Confirmed, judged: Judged | None) -> list[str]:
    words = held.words_in(row.case.text)
    if subject != Subject.ORGAN:
        return best_first(combined(held.ruled(subject, words), judged))
    facts = Facts(words=words, category=row.category, alike=held.alike_in(row.case.text))
    return targets(facts, held.rules, judged)
