"""登记时比对到从前的一件：是同一件，是同一事项多人，是新事项，还是办结后又来——由人选；选以前先看后果。

What the desk shows before the choice is confirmed is read off the same clock that will read the log afterwards
(rules §1.11；并案不免除告知，第二十三条；办结以后的引导申请复查、复核或者不再受理，第三十五条、第三十六条).
"""

import re
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from accounts.authority import may_for
from petitions.act.consequences import carry_out
from petitions.act.decorator import Actor, Refused
from petitions.act.states import OPEN, Kind, State
from petitions.joint import matter_group
from petitions.joint import rules as joints
from petitions.models import Petition, Proceeding
from rulebook import books, clock
from rulebook.acts import Act
from rulebook.timekeeping import now, today


class Tie(models.TextChoices):
    """What a new petition is to an earlier one, as the person at the desk decides."""

    MERGE = "merge", "重复件，并入原件"
    GROUP = "group", "同一事项多人，归入事项组"
    FRESH = "fresh", "同一人新事项"
    FOLLOWS = "follows", "延续，原件已经办结"


# 办结以后同一人就同一事项又来的（rules §1.11）；期限内的引导申请，不另起办理
ONWARD = {
    "opinion_open": "处理意见已送达，复查申请期到 {due:%m-%d}：请引导申请复查，收到日就是今天（第三十五条）",
    "opinion_lapsed": "逾期未申请复查：没有新事实、新理由的，告知不再受理；逾期有正当理由的仍可申请（第三十五条）",
    "review_open": "复查意见已送达，复核申请期到 {due:%m-%d}：请引导申请复核，收到日就是今天（第三十六条）",
    "review_lapsed": "逾期未申请复核：没有新事实、新理由的，告知不再受理（第三十六条）",
    "rechecked": "已有复核意见：同一事实和理由的，告知不再受理（第三十六条第三款）",
}
STATUTORY = re.compile(r"D\d\d")  # 单列给登记人看的；内部节点不列
STANDS = "原件已经办结：有新事实、新理由、新诉求的，作为新件办理"


def where_it_stands(old: Petition) -> str:
    """Where an ended petition's remedies stand: a key of ONWARD, or "" where none was opened."""
    if old.state not in (State.CLOSED, State.SETTLED, State.ARCHIVED):
        return ""
    if old.proceedings.filter(kind=Proceeding.Kind.RECHECK, state="decided").exists():
        return "rechecked"
    rights = list(old.deadlines.filter(term__in=("D08", "D10")).values_list("term", "ended_how"))
    for term, stage in (("D10", "review"), ("D08", "opinion")):
        ends = [ended for code, ended in rights if code == term]
        if ends:
            return f"{stage}_{'open' if '' in ends else 'lapsed'}"
    return ""


def onward(old: Petition) -> str:
    """The sentence that says what is open to the same petitioner now that the earlier petition has ended."""
    stands = where_it_stands(old)
    if stands not in ONWARD:
        return STANDS
    term = "D10" if stands.startswith("review") else "D08"
    running = old.deadlines.filter(term=term, ended_how="").order_by("-due_on").values_list("due_on", flat=True).first()
    return ONWARD[stands].format(due=running or today())


def ties_to(old: Petition, *, same_person: bool) -> list[Tie]:
    """The choices that make sense, likeliest first. Nobody but the same person can be a repeat or go on."""
    if not same_person:
        return [Tie.GROUP]
    return [Tie.MERGE, Tie.FRESH] if old.state in OPEN else [Tie.FOLLOWS, Tie.FRESH]


@dataclass(frozen=True)
class Foreseen:
    """What becomes of a registration tied to an earlier petition in this way.

    `clocks`: (number, name, last day or None where the tie itself ends it) of the new petition; `refused`: why the tie
    cannot be had, in which case the rest says what happens instead. The earlier petition's days never move.
    """

    tie: Tie
    old: Petition
    state: State
    clocks: tuple[tuple[str, str, date | None], ...]
    is_repeat: bool
    in_matter: bool
    refused: str = ""

    @property
    def is_merged(self) -> bool:
        return self.state == State.MERGED

    @property
    def figures(self) -> dict[str, int]:
        """What is added: 来件件次、在办件、重复件."""
        return {"submissions": 1, "open": int(self.state in OPEN), "repeats": int(self.is_repeat)}

    @property
    def sentences(self) -> list[str]:
        """The consequences as the clerk reads them: what it is, its days, what is counted."""
        running = [f"{label}到 {due:%m-%d}" for code, label, due in self.clocks if due and STATUTORY.fullmatch(code)]
        counted = ["来件件次、在办件各加一" if self.state in OPEN else "来件件次加一，在办件不加"]
        counted.append("计入重复件" if self.is_repeat else "不计入重复件")
        return [
            self._instead() if self.refused else self._what_it_is(),
            f"期限：{'、'.join(running)}" if running else "期限：不新开，随原件；仍须告知信访人进展",
            f"统计：{'，'.join(counted)}；{self.old.number} 的期限不变",
        ]

    def _instead(self) -> str:
        marked = "，将标注为它的重复件" if self.is_repeat else "，将照常登记，不标注"
        return f"不能“{self.tie.label}”：{self.refused}{marked}"

    def _what_it_is(self) -> str:
        match self.tie:
            case Tie.MERGE:
                return f"登记为 {self.old.number} 的重复件并入原件，补充材料随原件办理"
            case Tie.GROUP:
                return f"与 {self.old.number} 归入同一事项组，各办各的，分别答复"
            case Tie.FRESH:
                return f"作为新件办理，登记行注明与 {self.old.number} 比对过、不是同一事项"
            case _:
                on = "各自办理" if self.old.state in OPEN else onward(self.old)
                return f"登记为 {self.old.number} 的重复件。{on}"


def foresee(tie: Tie, old: Petition, *, office, received_on: date, kind: str, by) -> Foreseen:
    """What registering at `office` a petition of this kind, received that day, comes to with the tie. Reads only.

    Raises RulesMissing where no rules were in force on the day of receipt.
    """
    tied, refused = tie, _refusal(tie, old, office=office, kind=kind, by=by)
    if refused:
        # 不能并入的，标注为重复件；连标注也不能的，照常登记
        marks = tie == Tie.MERGE and not _refusal(Tie.FOLLOWS, old, office=office, kind=kind, by=by)
        tied = Tie.FOLLOWS if marks else Tie.FRESH
    lines = _lines(tied, office, received_on, kind)
    rules = books.terms_of(books.rule_set_on(received_on))
    read = clock.deadlines(lines, rules, books.calendar_in_force(), today=today())
    return Foreseen(
        tie=tie,
        old=old,
        state=State.MERGED if tied == Tie.MERGE else State.REGISTERED,
        clocks=tuple((row.term.code, row.term.label, None if row.ended_how else row.due_on) for row in read),
        is_repeat=tied in (Tie.MERGE, Tie.FOLLOWS),
        in_matter=tied == Tie.GROUP or (tied == Tie.MERGE and old.matter_id is not None),
        refused=refused,
    )


def _lines(tied: Tie, office, received_on: date, kind: str) -> list[clock.Happening]:
    """The log that the registration will have written."""
    facts = {"organ_kind": "petition_office" if office.is_petition_office else "other"}
    lines = [
        clock.Happening(act=Act.RECEIVE, at=received_on, seq=1, facts=facts),
        clock.Happening(act=Act.REGISTER, at=today(), seq=2, facts=facts),
    ]
    if tied == Tie.MERGE:
        lines.append(clock.Happening(act=Act.MERGE, at=today(), seq=3, facts=facts | {"notified": True}))
    return lines


def _refusal(tie: Tie, old: Petition, *, office, kind: str, by) -> str:
    """Why the tie would be refused, in the words of the act itself."""
    act = {Tie.MERGE: Act.MERGE, Tie.GROUP: Act.RELATE, Tie.FOLLOWS: Act.MARK_REPEAT}.get(tie)
    if act is None:
        return ""
    if not may_for(by, act, office):
        return f"您的岗位不能办理“{act.label}”，请报有权限的人办理"
    coming = Petition(kind=kind, secrecy=1 if kind == Kind.REPORT else 0, organ=office, registered_at=now())
    hand = Actor.of(by)
    if tie == Tie.MERGE:
        return joints.cannot_merge_into(coming, into=old, by=hand) or ""
    if tie == Tie.FOLLOWS:
        return joints.not_a_repeat(coming, earlier=old, by=hand) or ""
    return matter_group.cannot_relate(coming, old) or ""


@transaction.atomic
def tie(petition: Petition, how: Tie, old: Petition, *, by) -> str:
    """Tie a petition just registered to the earlier one. Returns "" or the sentence that says what was done instead.

    A merging that is refused becomes a mark; where even that is refused the registration stands as it is.
    """
    done = {Tie.MERGE: _merged, Tie.GROUP: _grouped, Tie.FOLLOWS: _marked}.get(how)
    if done is None:
        return ""
    try:
        with transaction.atomic():
            done(petition, old, by)
    except (Refused, PermissionDenied) as refused:
        return _instead(petition, how, old, by, refused)
    return ""


def _merged(petition, old, by):
    carry_out(petition, Act.MERGE, by=by, into=old)


def _grouped(petition, old, by):
    matter_group.relate(petition, old, by=by, note="登记时比对，由登记人确认为同一事项")


def _marked(petition, old, by):
    carry_out(petition, Act.MARK_REPEAT, by=by, earlier=old)


def _instead(petition, how, old, by, refused) -> str:
    if how != Tie.MERGE:
        return f"已登记，但未能办“{how.label}”（{old.number}）：{refused}"
    try:
        with transaction.atomic():
            _marked(_as_it_stands(petition), old, by)
    except (Refused, PermissionDenied) as unmarked:
        return f"未能并入 {old.number}：{refused}；也未能标注为它的重复件：{unmarked}"
    return f"已登记为 {old.number} 的重复件，但未能并入：{refused}"


def _as_it_stands(petition) -> Petition:
    """The petition without what a refused act left on this copy."""
    return Petition.objects.select_related("submission", "organ", "rule_set").get(pk=petition.pk)
