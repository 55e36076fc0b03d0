"""分流：登记后提建议，人来定；建议与决定都留下。被检举控告单位绝不，涉及单位须有理由（第二十二条、第三十条）。"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.authority import may
from accounts.messages.notices import tell
from accounts.models import Appointment, Organ, Post, Relation
from petitions.act.consequences import carry_out
from petitions.act.decorator import Refused
from petitions.act.states import Kind
from petitions.models import Claim, Petition
from routing.destination.rule_books import Book, KnownPlace, SuggestedCategory, book
from routing.destination.rules import Facts, Proposal, does, each_proposal, propose, stops
from routing.learning.blend import Judged
from routing.models import RoutingProposal, Subject
from rulebook.acts import Act
from rulebook.timekeeping import now, today

SUGGESTED = 3
REASON_LENGTH = 200
ROUTES = (Act.FORWARD, Act.ASSIGN, Act.ACCEPT, Act.CLASSIFY, Act.STUDY, Act.REFER)


@dataclass(frozen=True)
class Suggestion:
    """One organ the desk may show, with its reasons; `percent` is the share of the evidence, not a probability."""

    organ: Organ
    rule_code: str
    reasons: tuple[str, ...]
    percent: int
    calls: str = ""  # the post to be called first, where words of bribery or abuse of power stand in the text


@dataclass(frozen=True)
class Weighed:
    """What a registered petition was read as, and the proposal that came of it."""

    proposal: Proposal
    facts: Facts
    text: str
    learnt: Judged | None


# while typing: nothing is stored


def suggest(
    text: str,
    territory: str = "",
    category: str = "",
    *,
    registrar: Organ | None = None,
    kind: str = "",
    about=None,
    accused=None,
    held: Book | None = None,
    title: str = "",
) -> list[Suggestion]:
    """Up to three organs for a text not yet registered. `category` is a code; `about`, `accused` are organs or None;
    `held` is the book, where the caller has it open.

    A place named in the text makes the area more exact than the clerk's choice, never another.
    """
    held = held or book()
    known = held.organs.get(registrar.office_id) if registrar else None
    facts = Facts(
        words=held.words_in(text),
        category=category,
        territory=_area_named(text, territory or (known.territory if known else ""), held) or territory,
        registrar=known,
        is_report=kind == Kind.REPORT,
        about=about.pk if about else None,
        accused=accused.pk if accused else None,
        accused_does=does(accused.kind, accused.function) if accused else "",
        alike=held.alike_in(text),
    )
    learnt = None if facts.is_report else _judged(held, text, title)
    named = (row for row in each_proposal(facts, held.rules, held.desks, learnt) if row.desk is not None)
    found = list(islice(named, SUGGESTED))
    organs = Organ.objects.in_bulk([row.desk.id for row in found])
    return [
        Suggestion(
            organs[row.desk.id],
            row.rule.code if row.rule else "",
            row.reasons,
            row.percent,
            _called(organs[row.desk.id]) if row.stops else "",
        )
        for row in found
    ]


def suggest_category(text: str, title: str = "") -> list[SuggestedCategory]:
    """Up to three categories with their share of the evidence and the words that point to them."""
    held = book()
    return held.categories_for(held.words_in(text), text, title)


def _judged(held: Book, text: str, title: str) -> Judged | None:
    """What was learnt about where such a text goes; None where nothing is in use."""
    learnt = held.learnt.get(Subject.ORGAN)
    return learnt.judge(text, title) if learnt else None


def suggest_place(text: str) -> KnownPlace | None:
    """The place the text names: the smallest area, then the longest name. None where the gazetteer knows none."""
    return next(iter(book().places_in(text)), None)


# after registration: one row per petition


def propose_for(petition: Petition) -> RoutingProposal:
    """Propose where a registered petition goes; asked again, the unsettled proposal is made anew, never doubled.

    Words of bribery or abuse of power in it call the discipline post, once (第三十条): a person decides, nothing is
    forwarded by itself.
    """
    row = proposals_for([petition])[0]
    if row.organ_id and not row.secrecy and row.rule and stops(row.rule):
        _call(row)
    return row


def _call(row: RoutingProposal) -> None:
    """Word to whoever sits in the discipline post: the number, and nothing of what was said."""
    seated = Appointment.objects.current_on(today()).filter(post__in=_discipline_posts(row.organ))
    tell(
        seated.values_list("user_id", flat=True),
        text=f"{row.petition.number} 提到违纪违法用语，没有自动转送：请与{row.petition.organ.short_name}联系甄别",
        url="/notices/",
        dedupe_key=f"called:{row.petition_id}",
    )


def _called(organ: Organ) -> str:
    return "、".join(f"{organ.short_name}{title}" for title in _discipline_posts(organ).values_list("title", flat=True))


def _discipline_posts(organ: Organ):
    return Post.objects.filter(organ=organ, role__grants__relation=Relation.DISCIPLINE).distinct()


@transaction.atomic
def proposals_for(petitions: Sequence[Petition]) -> list[RoutingProposal]:
    """The same for many at once, in their order: five queries whatever their number. Sets `petition.proposed`.

    Petitions already proposed for and not yet settled get their proposal replaced.
    """
    held, moment = book(), now()
    claims: dict[int, list[str]] = {}
    for pk, text in Claim.objects.filter(petition__in=petitions).values_list("petition_id", "text"):
        claims.setdefault(pk, []).append(text)
    rows = [_row(petition, claims.get(petition.pk, []), held, moment) for petition in petitions]
    RoutingProposal.objects.unsettled().filter(petition__in=petitions).delete()
    RoutingProposal.objects.bulk_create(rows)
    named = [row.petition_id for row in rows if row.rule_id and row.organ_id]
    Petition.objects.filter(pk__in=named).update(proposed=True)
    unnamed = [row.petition_id for row in rows if row.petition.proposed and row.petition_id not in set(named)]
    Petition.objects.filter(pk__in=unnamed).update(proposed=False)
    for row in rows:
        row.petition.proposed = bool(row.rule_id and row.organ_id)
    return rows


def weighed(
    petition: Petition, claims: list[str], held: Book, *, at: Organ | None = None, judged: Judged | None = None
) -> Weighed:
    """What the book proposes for a registered petition, and what it was read from; nothing is stored.

    `at`: the organ whose desk it lies on, if not the one in charge now. `judged`: what was learnt of this text, where
    the caller has asked already.
    """
    text, desk = text_of(petition, claims), at or petition.organ
    registrar = held.organs.get(desk.pk)
    own = registrar.territory if registrar else desk.territory
    words = held.words_in(text)
    is_report = petition.kind == Kind.REPORT or petition.secrecy > 0
    accused = held.organs.get(petition.accused_organ_id)
    facts = Facts(
        words=words,
        category=petition.category_code,
        territory=_area_named(text, petition.territory or own, held) or petition.territory,
        registrar=registrar,
        is_report=is_report,
        about=petition.about_organ_id,
        accused=petition.accused_organ_id,
        accused_does=does(accused.kind, accused.function) if accused else "",
        alike=held.alike_in(text),
    )
    learnt = None if is_report else judged or _judged(held, text, petition.title)
    found = propose(facts, held.rules, held.desks, learnt) or Proposal(
        None, None, ("没有规则与本件相符，请人工确定去向",)
    )
    return Weighed(found, facts, text, learnt)


def _row(petition: Petition, claims: list[str], held: Book, moment) -> RoutingProposal:
    told = weighed(petition, claims, held)
    found, facts = told.proposal, told.facts
    categories = [] if facts.is_report else held.categories_for(facts.words, told.text, petition.title)
    best = categories[0] if categories else None
    return RoutingProposal(
        petition=petition,
        secrecy=petition.secrecy,
        rule_id=found.rule.id if found.rule else None,
        organ_id=found.desk.id if found.desk else None,
        percent=found.percent,
        reasons=list(found.reasons),
        version_id=held.learnt[Subject.ORGAN].version_id if told.learnt else None,
        category_id=best.id if best else None,
        category_reason=_category_reason(best) if best else "",
        made_at=moment,
    )


def _category_reason(best: SuggestedCategory) -> str:
    said = f"提到{'、'.join(best.hits[:5])}" if best.hits else best.learnt
    return f"{said}（占线索 {best.percent}%）"[:120]


def text_of(petition: Petition, claims: Sequence[str]) -> str:
    """The words routing reads: never the original where the petition shows only an excerpt."""
    said = petition.submission.original if petition.shows_original else petition.excerpt
    return "\n".join((petition.title, said, *claims, petition.place))


def _area_named(text: str, within: str, held: Book) -> str:
    """The area of a place the text names, if it lies within the area: elsewhere it may be a namesake. Else empty."""
    return next((place.territory for place in held.places_in(text) if place.territory.startswith(within)), "")


# a person decides


@transaction.atomic
def settle(petition: Petition, chosen: Organ, *, by, reason: str = "") -> RoutingProposal:
    """Keep what a person decided beside what was proposed. Asked before the act that moves the petition.

    Raises Refused where the law forbids the organ or a reason is missing, PermissionDenied where `by` may not route it.
    """
    if not any(may(by, act, petition) for act in ROUTES):
        raise PermissionDenied("您的岗位不能确定本件去向，请联系承办单位或本单位信访专员")
    reason = reason.strip()
    row = RoutingProposal.objects.unsettled().filter(petition=petition).select_for_update().first()
    if row is None:
        row = RoutingProposal(petition=petition, secrecy=petition.secrecy, made_at=now(), reasons=[])
    if refusal := _refusal(petition, chosen, row, reason):
        raise Refused(refusal)
    row.chosen_organ, row.chosen_by, row.chosen_at = chosen, by, now()
    row.followed = None if row.organ_id is None else row.organ_id == chosen.pk
    row.override_reason = reason
    row.save()
    return row


def _refusal(petition: Petition, chosen: Organ, row: RoutingProposal, reason: str) -> str:
    if petition.accused_organ_id and petition.accused_organ_id in chosen.ancestor_ids:
        return "不得转给被检举控告的单位及其下级，请改投其上一级或纪检监察机关（第三十条）"
    if len(reason) > REASON_LENGTH:
        return f"理由不超过 {REASON_LENGTH} 字"
    if petition.about_organ_id and petition.about_organ_id in chosen.ancestor_ids and not reason:
        return f"“{chosen.short_name}”是信访人反映的涉及单位，由它办理须写明理由"
    if row.organ_id and row.organ_id != chosen.pk and not reason:
        return f"与建议的“{row.organ.short_name}”不同，请写明另选的理由"
    return ""


def forward(petition: Petition, *, to: Organ, by, reason: str = "", note: str = "") -> Petition:
    """转送，并了结分流建议：一起成立，或者都不成立。"""
    return _route(petition, to, by, reason, partial(carry_out, petition, Act.FORWARD, note=note, reason=reason))


def assign(petition: Petition, *, to: Organ, by, due_on, report_required=True, reason: str = "", note: str = ""):
    """交办，并了结分流建议。"""
    act = partial(
        carry_out, petition, Act.ASSIGN, note=note, reason=reason, due_on=due_on, report_required=report_required
    )
    return _route(petition, to, by, reason, act)


@transaction.atomic
def _route(petition: Petition, to: Organ, by, reason: str, act) -> Petition:
    settle(petition, to, by=by, reason=reason)
    return act(by=by, to=to)
