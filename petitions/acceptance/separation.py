"""拆分：一件来件里途径不同的诉求，各成一件并列事项，各有各的期限（第二十九至三十一条）。

The siblings hang on the same submission. Their logs begin with copies of the lines their clocks are read from, on
the days those things happened: splitting gives nobody more time.
"""

from django.db import transaction
from django.db.models import Max

from documents.models import Attachment, Letter
from petitions.act.decorator import Actor, Refused
from petitions.act.states import Kind, State
from petitions.intake.registration import summary_of
from petitions.models import Claim, Involvement, Leg, Petition, PetitionAttachment, PetitionLetter
from petitions.record import ledger
from rulebook.acts import Act
from rulebook.timekeeping import local_date, now

# relations that go with every part of a letter
SHARED = ("registered", "handles", "forwards")
RECEIPT = "F01"
# what the clocks of an accepted petition are read from
TAKEN_UP = (Act.ACCEPT, Act.DEEM_ACCEPTED, Act.ACCEPT_SIMPLY)
COUNTED = (*TAKEN_UP, Act.CONVERT, Act.EXTEND)


@transaction.atomic
def split(petition, plan: list[dict], *, by, note: str = "", excerpt: str = "") -> list[Petition]:
    """Make one sibling for each entry of the plan; returns them. The petition keeps its number and at least one claim.

    An entry is {"claims": [numbers], "kind": Kind, "excerpt": str, "accused_organ": Organ | None}. Where an entry is
    a 检举控告, that sibling alone keeps the original words, the receipts that quote them and the materials; `excerpt`
    then becomes what the petition shows, and every other entry needs its own. Raises Refused with a sentence,
    PermissionDenied where `by` may not split.
    """
    _refuse(petition, plan, excerpt)
    actor = Actor.of(by)
    petition.split(by=by, note=note, siblings=len(plan))
    claims = {claim.number: claim for claim in petition.claims.all()}
    siblings = [_sibling(petition, entry, claims, actor) for entry in plan]
    _redraft(petition, _renumber(petition), actor)
    _share_out(petition, siblings, excerpt)
    return siblings


def _refuse(petition, plan, excerpt) -> None:
    known = {claim.number for claim in petition.claims.all()}
    moved = [number for entry in plan for number in entry["claims"]]
    if not plan or not all(entry["claims"] for entry in plan):
        raise Refused("每件新事项至少要有一项诉求")
    if len(moved) != len(set(moved)) or not set(moved) <= known:
        raise Refused("同一项诉求只能归到一件，且必须是本件的诉求")
    if set(moved) == known:
        raise Refused("原件至少要保留一项诉求")
    if any(entry["kind"] not in Kind.values for entry in plan):
        raise Refused("请选择每件新事项的类别")
    if petition.state == State.ACCEPTED and any(entry["kind"] == Kind.INQUIRY for entry in plan):
        raise Refused("本件已经受理，拆出的新事项不能是咨询；可以当面答复的请记入办理过程")
    reports = [entry for entry in plan if entry["kind"] == Kind.REPORT]
    if len(reports) > 1:
        raise Refused("检举控告的诉求请归在同一件新事项里，原话只随其中一件")
    if petition.kind == Kind.REPORT and reports:
        raise Refused("本件已是检举控告，其余检举控告的诉求请留在本件")
    if reports and not excerpt.strip():
        raise Refused("拆出检举控告的，原话只随检举控告件；请写明原件以后显示的摘录（第三十条）")
    if reports or petition.kind == Kind.REPORT:
        for entry in plan:
            if entry["kind"] != Kind.REPORT and not entry["excerpt"].strip():
                raise Refused("检举控告以外的新事项看不到原话，请为每件写明摘录（第三十条）")


def _sibling(petition, entry, claims, actor) -> Petition:
    submission, is_report = petition.submission, entry["kind"] == Kind.REPORT
    ordinal = submission.petitions.aggregate(last=Max("ordinal"))["last"] + 1
    own = [claims[number] for number in sorted(entry["claims"])]
    hides = petition.kind == Kind.REPORT and not is_report
    sibling = Petition(
        submission=submission,
        number=f"{submission.number}-{ordinal:02d}",
        ordinal=ordinal,
        rule_set=petition.rule_set,
        state=petition.state,
        kind=entry["kind"],
        title=summary_of(own[0].text),
        excerpt=entry["excerpt"].strip(),
        shows_original=is_report or (petition.shows_original and not hides),
        place=petition.place,
        territory=petition.territory,
        organ=petition.organ,
        first_receiver=petition.first_receiver,
        about_organ=None if hides else petition.about_organ,
        about_text="" if hides else petition.about_text,
        accused_organ=entry.get("accused_organ"),
        secrecy=1 if is_report else 0,
        matter=petition.matter,
        received_on=petition.received_on,
        registered_at=petition.registered_at,
        registered_on=petition.registered_on,
        transferred_at=petition.transferred_at,
        arrived_at=petition.arrived_at,
        accepted_at=petition.accepted_at,
        first_handler=petition.first_handler,
        handler=petition.handler,
        section=petition.section,
        procedure=petition.procedure,
    )
    sibling.save(force_insert=True)
    for number, claim in enumerate(own, 1):
        Claim.objects.filter(pk=claim.pk).update(petition=sibling, number=number)
    _involve(petition, sibling, actor)
    sibling.settle_holder()
    _copy_lines(petition, sibling, actor)
    sibling.rewrite_deadlines()
    sibling.save()
    return sibling


def _involve(petition, sibling, actor) -> None:
    """Whoever knew the letter knows the part; whoever split it counts as its registrar."""
    moment = now()
    rows = [
        Involvement(petition=sibling, kind=row.kind, organ=row.organ, post=row.post, user=row.user, since=moment)
        for row in petition.current_involvements()
        if row.kind in SHARED
    ]
    if actor.user and not any(row.kind == "registered" and row.user_id == actor.user.pk for row in rows):
        rows.append(
            Involvement(petition=sibling, kind="registered", organ=actor.user.organ, user=actor.user, since=moment)
        )
    Involvement.objects.bulk_create(rows)


def _copy_lines(petition, sibling, actor) -> None:
    """RECEIVE and REGISTER, the hand-over that counts with its arrival, and the acceptance with what extended it: each
    on its own day. A part found after acceptance has no more time than the whole had."""
    first = petition.events.filter(act=Act.RECEIVE).order_by("seq").first()
    sibling.log(
        Act.RECEIVE,
        by=actor,
        details=dict(first.details) if first else sibling.log_facts(),
        happened_on=petition.received_on,
        backfilled=True,
    )
    sibling.log(
        Act.REGISTER,
        by=actor,
        came_from=sibling.state,
        details={**sibling.log_facts(), "split_from": petition.pk},
        happened_on=petition.registered_on,
    )
    scope = _copy_leg(petition, sibling, actor)
    if petition.state != State.ACCEPTED:
        return
    taken_up = petition.events.filter(act__in=TAKEN_UP).order_by("seq").last()
    for line in petition.events.filter(act__in=COUNTED, seq__gte=taken_up.seq).order_by("seq"):
        sibling.log(
            Act(line.act),
            by=actor,
            came_from=sibling.state,
            scope=scope if line.seq == taken_up.seq else {},
            details=dict(line.details),
            happened_on=local_date(line.at),
        )


def _copy_leg(petition, sibling, actor) -> dict:
    """The hand-over by which the organ in charge has it, copied with its lines; the log scope of the copy."""
    came = [leg for leg in petition.legs.all() if leg.is_lead and leg.ended_how in ("", Leg.End.ACCEPTED)]
    leg = max(came, key=lambda leg: leg.number, default=None)
    if leg is None:
        return {}
    copy = Leg.objects.create(
        petition=sibling,
        number=1,
        kind=leg.kind,
        state=leg.state,
        sender=leg.sender,
        receiver=leg.receiver,
        sent_by=leg.sent_by,
        sent_at=leg.sent_at,
        arrived_at=leg.arrived_at,
        signed_at=leg.signed_at,
        signed_by=leg.signed_by,
        due_on=leg.due_on,
        report_required=leg.report_required,
        counted_from=leg.counted_from,
        ended_at=leg.ended_at,
        ended_how=leg.ended_how,
    )
    copy.petition = sibling
    handed = Act.ASSIGN if leg.kind == Leg.Kind.ASSIGN else Act.FORWARD
    for which, moment in ((handed, leg.sent_at), (Act.ARRIVE, leg.arrived_at)):
        if moment is not None:
            sibling.log(
                which,
                by=actor,
                came_from=sibling.state,
                scope=copy.log_scope,
                details=copy.log_facts(),
                happened_on=local_date(moment),
            )
    return copy.log_scope


def _renumber(petition) -> dict[int, int]:
    """The claims that stay are 1, 2, 3 … again, ascending, so no two rows ever share a number; old number → new."""
    stay = {}
    for number, claim in enumerate(Claim.objects.filter(petition=petition).order_by("number"), 1):
        stay[claim.number] = number
        if claim.number != number:
            Claim.objects.filter(pk=claim.pk).update(number=number)
    cache = getattr(petition, "_prefetched_objects_cache", {})
    cache.pop("claims", None)
    return stay


def _redraft(petition, stay: dict[int, int], actor) -> None:
    """A draft already written goes on as a new version: what it says of the claims that stay, by their new numbers."""
    draft = petition.latest_opinion
    if draft is None:
        return
    findings = [row | {"number": stay[row["number"]]} for row in draft.findings if row.get("number") in stay]
    ledger.add_opinion(petition, actor, draft.facts, draft.basis, findings, draft.four_ends, draft.difference)


def _share_out(petition, siblings, excerpt) -> None:
    """The original words, the receipts that quote them and the materials stay with the report, where there is one."""
    petition.title = summary_of(petition.claims.order_by("number").first().text)
    petition.excerpt = excerpt.strip() or petition.excerpt
    report = next((sibling for sibling in siblings if sibling.kind == Kind.REPORT), None)
    if report is not None:
        petition.shows_original = False
        for sibling in siblings:
            if sibling is not report:
                sibling.shows_original = False
                sibling.save(update_fields=["shows_original"])
        receipts = PetitionLetter.objects.filter(petition=petition, letter__kind=RECEIPT)
        Letter.objects.filter(pk__in=receipts.values("letter_id")).update(secrecy=1)
        receipts.update(petition=report)
        Attachment.objects.filter(
            pk__in=PetitionAttachment.objects.filter(petition=petition).values("attachment_id")
        ).update(secrecy=1)
        PetitionAttachment.objects.filter(petition=petition).update(petition=report)
    petition.save(update_fields=["title", "excerpt", "shows_original"])
