"""把办结的件读成 ClosedCase：一批一起读，查询多少与件数无关。检举控告、保密的件不读。"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from documents.models import Letter
from insight.duplicates.judgement import judgement
from insight.duplicates.matter_account import Rarity, Telling
from insight.duplicates.pair_comparison import Asking
from insight.models import BigramCount
from petitions.act.states import OPEN, Finding, Kind, State
from petitions.intake.registration import summary_of
from petitions.models import (
    Claim,
    Deadline,
    Execution,
    Mediation,
    Opinion,
    Party,
    Petition,
    PetitionEvent,
    PetitionLetter,
    Rating,
    Withdrawal,
)
from rulebook.acts import Act
from rulebook.timekeeping import local_date, today
from supervision.hollow.closed_case import PROCEDURAL as PROCEDURAL_ENDINGS
from supervision.hollow.closed_case import Answer, ClosedCase, Ending, Habits, Later, Rated, Reply, Share, counted

LATELY = timedelta(days=60)  # 按收到、登记日
BEFORE = timedelta(days=365)
REPLIES = 40  # 同一单位最近多少份答复
WITHIN = 90  # 自然日
ENDED_BY = {
    Act.CLOSE: Ending.OPINION,
    Act.ANSWER: Ending.SIMPLE,
    Act.ANSWER_SIMPLY: Ending.SIMPLE,
    Act.CLOSE_AGREED: Ending.SETTLED,
    Act.LEAD_IN: Ending.LED_IN,
    Act.REDIRECT: Ending.REDIRECTED,
    Act.DECLINE: Ending.DECLINED,
    Act.NOT_AGAIN: Ending.DECLINED,
    Act.TERMINATE: Ending.TERMINATED,
}
PROCEDURAL = (State.LED_IN, State.REDIRECTED, State.DECLINED, State.NOT_AGAIN, State.TERMINATED)
# 办结以外、办理中记下的调查和落实
FOLLOWED_UP = (Act.INQUIRE, Act.TAKE_DOWN, Act.ANSWER_ASSIST, Act.CONCLUDE_HEARING, Act.PERFORM)
SAID = ("facts", "reason", "answer", "sameness", "procedure", "way")  # what a letter that ends a case says of it


class Closing(NamedTuple):
    """The line of the log that closed a petition, and the case as the detector sees it."""

    petition: Petition
    seq: int
    case: ClosedCase


def watched():
    """Appeals (申诉求决) that are over and may be looked at: no report, nothing confidential (第三十条); suggestions
    and inquiries have no claims to be met."""
    over = Petition.objects.exclude(state__in=(*OPEN, State.MERGED, State.FILED))
    return over.filter(kind=Kind.APPEAL, secrecy=0, accused_organ=None)


class OrganHabits:
    """What each organ writes and how it ends its cases; read once for a whole sweep, an organ when first met."""

    def __init__(self, today: date):
        self._today = today
        self._known: dict[int, tuple[tuple[Reply, ...], Counter[str]]] = {}
        self._shares: dict[int, tuple[Share, Share]] | None = None

    def meet(self, organs: set[int]) -> None:
        """Read the organs not yet known: three queries, and one more the first time."""
        if self._shares is None:
            self._shares = self._read_shares()
        fresh = organs - self._known.keys()
        if not fresh:
            return
        since = self._today - BEFORE
        replies: dict[int, dict[int, str]] = defaultdict(dict)
        newest = Window(RowNumber(), partition_by=F("petition__organ"), order_by=F("pk").desc())
        opinions = Opinion.objects.filter(petition__organ__in=fresh, passed=True, petition__secrecy=0)
        opinions = opinions.filter(drafted_at__date__gte=since).annotate(place=newest).filter(place__lte=REPLIES)
        for organ, petition, facts, findings in opinions.values_list(
            "petition__organ", "petition", "facts", "findings"
        ):
            replies[organ][petition] = "\n".join([facts, *(row.get("answer") or "" for row in findings)])
        simple = Claim.objects.filter(petition__organ__in=fresh, petition__issued_at=None, petition__secrecy=0)
        simple = simple.filter(petition__closed_at__date__gte=since).exclude(answer="")
        simple = simple.annotate(place=newest).filter(place__lte=REPLIES)
        for organ, petition, answer in simple.values_list("petition__organ", "petition", "answer"):
            replies[organ][petition] = f"{replies[organ].get(petition, '')}\n{answer}"
        claims: dict[int, list[str]] = defaultdict(list)
        answered = [key for told in replies.values() for key in told]
        for petition, text in Claim.objects.filter(petition__in=answered).values_list("petition", "text"):
            claims[petition].append(text)
        for organ in fresh:
            known = tuple(Reply.of(key, claims.get(key, ()), reply) for key, reply in replies[organ].items())
            self._known[organ] = known, counted(known)

    def of(self, petition: Petition) -> Habits:
        replies, counts = self._known[petition.organ_id]
        before, lately = (self._shares or {}).get(petition.organ_id, (Share(), Share()))
        return Habits(
            replies=replies,
            counts=counts,
            own=petition.pk,
            before=before,
            lately=lately,
        )

    def _read_shares(self) -> dict[int, tuple[Share, Share]]:
        """Of the petitions registered in the last year and in the last sixty days, by organ: ended so, and all."""
        recent, ended = Q(registered_on__gt=self._today - LATELY), Q(state__in=PROCEDURAL)
        rows = (
            Petition.objects.filter(registered_on__gt=self._today - BEFORE, secrecy=0, accused_organ=None)
            .values("organ")
            .annotate(
                new=Count("pk", filter=recent),
                new_ended=Count("pk", filter=recent & ended),
                old=Count("pk", filter=~recent),
                old_ended=Count("pk", filter=~recent & ended),
            )
        )
        return {
            row["organ"]: (Share(row["old_ended"], row["old"]), Share(row["new_ended"], row["new"])) for row in rows
        }


def closings(petitions: Iterable[int], habits: OrganHabits) -> list[Closing]:
    """The petitions of these keys that are watched and were closed, each with its last closing; a dozen queries."""
    found = {one.pk: one for one in watched().filter(pk__in=list(petitions)).select_related("organ", "submission")}
    read = _Reading(found)
    habits.meet({one.organ_id for one in found.values()})
    return [
        Closing(one, read.line[pk].seq, read.case(one, habits.of(one))) for pk, one in found.items() if pk in read.line
    ]


class _Reading:
    """All that a batch of petitions is read from."""

    def __init__(self, petitions: Mapping[int, Petition]):
        keys = list(petitions)
        self.line: dict[int, PetitionEvent] = {}
        self._followups: dict[int, list[str]] = defaultdict(list)
        lines = PetitionEvent.objects.filter(petition__in=keys, act__in=[*ENDED_BY, *FOLLOWED_UP])
        for line in lines.select_related("text").order_by("seq"):
            if line.act in ENDED_BY:
                self.line[line.petition_id] = line
            else:
                self._followups[line.petition_id].append(_dated(line))
        self._claims = _grouped(Claim.objects.filter(petition__in=keys).order_by("number"))
        passed = Opinion.objects.filter(petition__in=keys, passed=True).order_by("version")
        self._opinions = {one.petition_id: one for one in passed}
        self._letters = self._read_letters(keys)
        self._ratings = _grouped(Rating.objects.filter(petition__in=keys).closed(today()).order_by("pk"))
        self._tasks = _grouped(Execution.objects.filter(petition__in=keys).exclude(state="replaced"))
        handled = Deadline.objects.filter(petition__in=keys, term="D06").exclude(ended_how="void")
        self._due = dict(handled.order_by("started_by").values_list("petition", "due_on"))
        self._later = _later_of(petitions, self.line)
        agreed = Mediation.objects.filter(petition__in=keys, state="agreed").values_list("petition", flat=True)
        withdrawn = Withdrawal.objects.filter(petition__in=keys).values_list("petition", flat=True)
        self._on_paper = {*agreed.union(withdrawn)}
        self._today = today()

    def _read_letters(self, keys: list[int]) -> dict[int, Letter]:
        """The letter that went out with the closing line, if one did."""
        sent = PetitionLetter.objects.filter(petition__in=keys, letter__status=Letter.Status.ISSUED)
        sent = sent.select_related("letter").order_by("-pk")
        return {
            one.petition_id: one.letter
            for one in sent
            if one.petition_id in self.line and one.seq == self.line[one.petition_id].seq
        }

    def case(self, petition: Petition, habits: Habits) -> ClosedCase:
        """The case of one petition of the batch that has a closing line."""
        pk, line = petition.pk, self.line[petition.pk]
        ending = ENDED_BY[Act(line.act)]
        facts, basis, answers = self._words(petition, ending)
        letter = self._letters.get(pk)
        tasks = self._tasks.get(pk, [])
        return ClosedCase(
            ending=ending,
            received_on=petition.received_on,
            closed_on=local_date(line.at),
            due_on=self._due.get(pk) if ending in (Ending.OPINION, Ending.SIMPLE) else None,
            claims=tuple(one.text for one in self._claims.get(pk, ())),
            facts=facts,
            basis=basis,
            answers=answers,
            ratings=tuple(
                Rated(one.score == Rating.Score.DISSATISFIED, one.get_reason_display())
                for one in self._ratings.get(pk, ())
            ),
            followups=tuple(self._followups.get(pk, ())),
            executed=not any(_is_owed(one, self._today) for one in tasks) if tasks else None,
            on_paper=pk in self._on_paper or (letter is not None and ending in PROCEDURAL_ENDINGS),
            later=tuple(self._later.get(pk, ())),
            habits=habits,
        )

    def _words(self, petition: Petition, ending: Ending) -> tuple[str, str, tuple[Answer, ...]]:
        """Facts, basis and answers: of the opinion, of the short answers, or of the letter that went out."""
        opinion, claims = self._opinions.get(petition.pk), self._claims.get(petition.pk, [])
        if ending == Ending.OPINION and opinion is not None:
            rows = sorted(opinion.findings, key=lambda row: row["number"])
            told = tuple(Answer(_finding(row.get("finding")), row.get("answer") or "") for row in rows)
            return opinion.facts, opinion.basis, told
        letter = self._letters.get(petition.pk)
        fields: dict[str, Any] = letter.fields if letter else {}
        paper = "\n".join(one.get("text", "") for one in (letter.text if letter else {}).get("paragraphs", []))
        said = "\n".join(str(fields[name]) for name in SAID if fields.get(name))
        if any(one.answer for one in claims):
            return said, paper, tuple(Answer(_finding(one.finding), one.answer) for one in claims)
        words = said or _text(self.line[petition.pk])
        return words, paper, (Answer(None, words),) if ending == Ending.SIMPLE and words else ()


def _later_of(petitions: Mapping[int, Petition], line: Mapping[int, PetitionEvent]) -> dict[int, list[Later]]:
    """What was registered within ninety days of each closing by the same people, or as the same matter."""
    closed = {pk: local_date(one.at) for pk, one in line.items()}
    if not closed:
        return {}
    mine: dict[int, set[int]] = defaultdict(set)
    for submission, person in Party.objects.filter(
        submission__in={one.submission_id for one in petitions.values()}
    ).values_list("submission", "person"):
        mine[submission].add(person)
    people = set().union(*mine.values())
    matters = {one.matter_id for one in petitions.values() if one.matter_id}
    after = (
        Petition.objects.filter(registered_on__gte=min(closed.values()), secrecy=0, accused_organ=None)
        .exclude(kind=Kind.REPORT)
        .select_related("submission")
    )
    ours = list(after.filter(submission__parties__person__in=people).annotate(who=F("submission__parties__person")))
    linked = list(after.filter(Q(matter__in=matters) | Q(repeat_of__in=list(petitions))))
    if not ours and not linked:
        return {}
    asked = {pk: _telling(one) for pk, one in petitions.items() if pk in closed}
    frequencies = BigramCount.objects.of(set().union(*(one.grams for one in asked.values())))
    rarity = Rarity(frequencies, max(petitions))
    found: dict[int, list[Later]] = defaultdict(list)
    for pk, petition in petitions.items():
        if pk not in closed:
            continue
        own = {one.pk: one for one in ours if one.who in mine[petition.submission_id]}
        same = {
            one.pk: one
            for one in linked
            if one.repeat_of_id == pk or (petition.matter_id and one.matter_id == petition.matter_id)
        }
        asking = Asking(asked[pk], rarity)
        for key, one in (same | own).items():
            days = (one.registered_on - closed[pk]).days
            if key == pk or one.submission_id == petition.submission_id or not 0 <= days <= WITHIN:
                continue
            # 有人认定为同一事项的，不再比文字
            scores = {} if key in same else asking.against(_telling(one), same_person=True).scores
            sure = 1.0 if key in same else judgement().probability(scores)
            told = one.submission.original if one.shows_original else one.excerpt
            found[pk].append(Later(days, key in own, sure, told, key))
    return found


def _telling(petition: Petition) -> Telling:
    told = petition.submission.original if petition.shows_original else petition.excerpt
    return Telling.of(petition.title or summary_of(told), told, petition.received_on, petition.place)


def _grouped(rows) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.petition_id].append(row)
    return found


def _is_owed(task: Execution, day: date) -> bool:
    """Late or refused; what is not yet due is not owed."""
    return task.is_undone and (task.due_on < day or task.state == "refused")


def _finding(word: str | None) -> Finding | None:
    return Finding(word) if word in Finding.values else None


def _text(line: PetitionEvent) -> str:
    return line.text.body if hasattr(line, "text") else ""


def _dated(line: PetitionEvent) -> str:
    return f"{local_date(line.at):%Y-%m-%d} {Act(line.act).label} {_text(line)}"
