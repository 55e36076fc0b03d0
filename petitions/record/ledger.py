"""Book-keeping of a petition: lock, log, deadlines, involvement, holder. Bound as methods on Petition."""

from datetime import datetime, time
from operator import attrgetter
from zoneinfo import ZoneInfo

from django.db.models import Max

from accounts.authority import may
from petitions.acceptance.models import Leg
from petitions.act.decorator import Stale, acts_of, why_not
from petitions.act.states import OPEN, OWES, Owner, State
from petitions.clocks import calendar_edition
from petitions.clocks.models import Deadline
from petitions.handling.opinion.models import Claim, Opinion
from petitions.petition.involvement import Involvement
from petitions.record.models import EventText, PetitionEvent
from rulebook import books, clock
from rulebook.acts import Act
from rulebook.terms import Scope
from rulebook.timekeeping import local_date, now, today

SHANGHAI = ZoneInfo("Asia/Shanghai")


def the_petition(petition):
    return petition


def log_scope(petition) -> dict:
    return {}


def log_facts(petition) -> dict:
    """What the clocks need to know about the organ that holds the petition."""
    return {"organ_kind": "petition_office" if petition.organ.is_petition_office else "other"}


def page_of(petition):
    """The page of the day book a petition lies on while it is being registered: not in the database yet."""
    return petition.__dict__.get("page")


def keep(petition) -> None:
    """Save what the act changed; a petition still on its page is written with it."""
    if not page_of(petition):
        petition.save()


def lock(petition) -> None:
    """FOR UPDATE; refuses if anyone acted since this copy was loaded."""
    if page_of(petition):
        return
    current = type(petition).objects.select_for_update().values_list("seq", flat=True).get(pk=petition.pk)
    if current != petition.seq:
        raise Stale("本件刚被他人办理，请刷新后查看最新状态再办")


def log(petition, which, *, by, note="", **told):
    """Append one line; see next_line for what may be told."""
    salt = EventText.fresh_salt() if note else ""
    line = next_line(petition, which, by=by, text_hash=EventText.hash_of(salt, note) if note else "", **told)
    if page := page_of(petition):
        page.add_line(line, salt, note)
    else:
        line.save(force_insert=True)
        if note:
            EventText.objects.create(event=line, salt=salt, body=note)
    return line


def next_line(
    petition,
    which,
    *,
    by,
    seat=None,
    text_hash="",
    came_from="",
    scope=None,
    details=None,
    happened_on=None,
    backfilled=False,
):
    """The petition's next line, sealed and not yet saved; the petition's own count and last hash go on with it.

    `happened_on` is an earlier day (receipt, service, posting); otherwise the line's day is now.
    """
    moment = now()
    earlier = happened_on is not None and happened_on != local_date(moment)
    at = datetime.combine(happened_on, time(12), SHANGHAI) if earlier else moment
    petition.seq += 1
    user = by.user
    line = PetitionEvent(
        petition=petition,
        seq=petition.seq,
        act=str(which),
        actor_kind=str(by.kind),
        by=user,
        by_organ_id=user.office.pk if user and user.organ_id else None,
        by_post_id=seat.post_id if seat else None,
        on_behalf_of_id=seat.on_behalf_of_id if seat else None,
        at=at,
        recorded_at=moment,
        scope=scope or {},
        came_from=str(came_from),
        went_to=str(petition.state),
        holder_organ_id=petition.holder_organ_id,
        holder_post_id=petition.holder_post_id,
        holder_user_id=petition.holder_user_id,
        waiting_for=petition.waiting_for,
        details=details or {},
        backfilled=backfilled or earlier,
        text_hash=text_hash,
    )
    line.seal(petition.last_hash)
    petition.last_hash = line.hash
    return line


def history(petition) -> list[clock.Happening]:
    """The log as the clock reads it."""
    columns = ("act", "at", "seq", "scope", "details")
    if page := page_of(petition):
        rows = [attrgetter(*columns)(line) for line in page.lines]
    else:
        rows = petition.events.order_by("seq").values_list(*columns)
    return [happening(petition.pk, *row) for row in rows]


def happening(petition_id, act, at, seq, scope, details) -> clock.Happening:
    """One line as the clock reads it."""
    return clock.Happening(
        act=Act(act), at=local_date(at), seq=seq, scope_ids={"petition": petition_id, **scope}, facts=details
    )


def rewrite_deadlines(petition) -> None:
    """Read the deadlines off the log and store what changed; what moved must be looked at by the ladder again.

    An open clock first takes up the tables published since it was counted, with a line of its own where a day moves;
    a clock that ended or lapsed keeps its tables. Sets the petition's nearest day too: the caller saves the petition.
    """
    if petition.submission.registered_at is None and petition.registered_at is None:
        return
    page = page_of(petition)
    calendar = page.book.calendar if page else books.calendar_in_force()
    stored = {calendar_edition.key_of(row): row for row in petition.deadlines.all()} if petition.seq > 2 else {}
    taken_up = {row.pk for row in calendar_edition.catch_up(petition, stored.values(), calendar)}
    readings = clock.deadlines(
        history(petition),
        books.terms_of(petition.rule_set),
        calendar,
        today=today(),
        kept=calendar_edition.calendars(stored.values(), calendar),
    )
    fresh, moved = [], []
    for reading in readings:
        row = _row(petition, reading)
        was = stored.pop(calendar_edition.key_of(row), None)
        if was is None:
            row.next_rung_at = None if row.ended_how else now()
            fresh.append(row)
        elif was.pk in taken_up or _differs(was, row) or reading.owed_by_organ not in (None, was.owed_by_organ_id):
            row.pk, row.next_rung_at = was.pk, was.next_rung_at
            if row.ended_how:
                row.next_rung_at = None
            elif was.due_on != row.due_on or was.ended_how:  # 届满日变了，或者拆并后接着走
                row.next_rung_at = now()
            moved.append(row)
    for gone in stored.values():
        if not gone.ended_how:
            gone.ended_how, gone.next_rung_at = Deadline.Ended.VOID, None
            moved.append(gone)
    if page:
        page.deadlines = fresh
    elif fresh:
        Deadline.objects.bulk_create(fresh)
    if moved:
        Deadline.objects.bulk_update(moved, _READ)
    _remember_nearest(petition, readings)


def reading(petition, code) -> clock.Deadline | None:
    """The clock of that code now running, as the pure clock reads it; None where none runs."""
    calendar = books.calendar_in_force()
    kept = calendar_edition.calendars(petition.deadlines.all(), calendar)
    found = clock.deadlines(history(petition), books.terms_of(petition.rule_set), calendar, kept=kept)
    return next((d for d in reversed(found) if d.term.code == code and d.is_running), None)


_READ = [
    "starts_on",
    "notice_exempt",
    "due_on",
    "due_at",
    "internal_on",
    "met_on",
    "ended_how",
    "paused",
    "extended_days",
    "hearings",
    "provisional",
    "calendar_version",
    "owed_by_organ",
    "district",
    "next_rung_at",
    "secrecy",
]


def _differs(was, row) -> bool:
    return any(
        getattr(was, name) != getattr(row, name) for name in _READ if name not in ("next_rung_at", "owed_by_organ")
    )


def _row(petition, reading) -> Deadline:
    organ_id = reading.owed_by_organ or petition.organ_id
    return Deadline(
        petition=petition,
        term=reading.term.code,
        scope=str(reading.term.scope),
        scope_id=reading.scope_id,
        started_by=reading.started_by,
        kind=str(reading.term.kind),
        owed_by_organ_id=organ_id,
        district=petition.organ.district_code,
        starts_on=reading.starts_on,
        due_on=reading.due_on,
        due_at=calendar_edition.due_at(reading.due_on),
        internal_on=reading.internal_on,
        met_on=reading.met_on,
        ended_how=str(reading.ended_how or ""),
        extended_days=reading.extended,
        hearings=[[first.isoformat(), last.isoformat()] for first, last in reading.hearings],
        provisional=reading.provisional,
        calendar_version=reading.calendar_version or 0,
        notice_exempt=petition.submission.notice_exempt,
        secrecy=petition.secrecy,
    )


def _remember_nearest(petition, readings) -> None:
    running = [r for r in readings if not r.ended_how and str(r.term.kind) == "duty"]
    if petition.state not in OPEN:
        running = [r for r in running if r.term.scope is Scope.PROCEEDING]  # 已办结的件，复查复核仍有人欠着
    nearest = min(running, key=lambda r: (r.due_on, r.term.code), default=None)
    due, term = (nearest.due_on, nearest.term.code) if nearest else (None, "")
    petition.next_due_on, petition.next_term = due, term


# who holds it, and what is waited for


def settle_holder(petition) -> None:
    """Read holder and waiting-for off the state: custody time is counted from the log lines that keep them."""
    owed = OWES[State(petition.state)]
    petition.waiting_for = owed.waiting_for
    petition.holder_post = None
    petition.holder_user = None
    match owed.owner:
        case Owner.NOBODY:
            petition.holder_organ = None
        case Owner.SENDER:
            leg = petition.current_leg
            petition.holder_organ = leg.sender if leg else petition.organ
        case Owner.RULER:
            petition.holder_organ = petition.open_dispute.organ
        case Owner.CHECKER:
            draft = petition.latest_opinion
            if draft is not None and draft.passed:
                petition.holder_organ, petition.waiting_for = petition.organ, "签发处理意见书"
            else:
                petition.holder_organ = petition.checker()[1]
        case _:
            petition.holder_organ = petition.section or petition.organ
            petition.holder_user = petition.handler


def checker(petition) -> tuple[str, object]:
    """Which post checks the draft: the petition office that assigned it (assigned, supervised, key cases), else the
    organ's own legal post (model.md §2)."""
    leg = max((leg for leg in petition.legs.all() if leg.is_lead), key=lambda leg: leg.number, default=None)
    if leg and leg.sender.is_petition_office and (leg.kind == "assign" or petition.under_order or petition.key_case):
        return "supervises", leg.sender
    return "legal", petition.organ


def current_involvements(petition) -> list:
    """The involvement rows in force, read once per instance."""
    found = petition.__dict__.get("_involved")
    if found is None:
        found = list(petition.involvements.filter(until=None).select_related("organ"))
        petition.__dict__["_involved"] = found
    return found


def involve(petition, kind, organ, *, post=None, user=None) -> None:
    """The organ (post, person) is involved from now on; asking twice changes nothing."""
    petition.__dict__.pop("_involved", None)
    fresh = {"since": now(), "open": petition.state in OPEN}
    Involvement.objects.get_or_create(
        petition=petition, kind=kind, organ=organ, post=post, user=user, until=None, defaults=fresh
    )


def end_involvement(petition, kind, organ, *, keep_organ=False) -> None:
    """The organ and its sections are no longer involved in that way; `keep_organ` ends only sections and persons."""
    petition.__dict__.pop("_involved", None)
    rows = petition.involvements.filter(kind=kind, organ__office_id=organ.office_id, until=None)
    if keep_organ:
        rows = rows.exclude(organ_id=organ.office_id, user=None)
    rows.update(until=now())


def end_all_involvements(petition) -> None:
    petition.__dict__.pop("_involved", None)
    petition.involvements.filter(until=None).update(until=now())


# legs, opinions, claims


def current_leg(petition):
    """The hand-over now in force, or None where the petition never left its registrar or the leg is done."""
    open_legs = [leg for leg in petition.legs.all() if leg.is_lead and leg.ended_at is None]
    leg = max(open_legs, key=lambda leg: leg.number, default=None)
    if leg is not None:
        leg.petition = petition  # one instance, or the lock would see a stale copy
    return leg


def open_dispute(petition):
    """The question of competence that waits for a ruling, or None."""
    dispute = next((one for one in petition.disputes.all() if one.is_open), None)
    if dispute is not None:
        dispute.petition = petition
    return dispute


def add_leg(petition, kind, by, to, **fields):
    fields = {"sender": petition.organ, **fields}
    leg = Leg.objects.create(
        petition=petition,
        number=Leg.objects.next_number(petition),
        kind=kind,
        receiver=to,
        sent_by=by.user,
        sent_at=now(),
        **fields,
    )
    leg.petition = petition
    return leg


def state_of_leg(petition):
    """The state an overruled objection falls back to."""
    leg = petition.current_leg
    return State.ASSIGNED if leg and leg.kind == "assign" else State.FORWARDED


def latest_opinion(petition):
    return max(petition.opinions.all(), key=lambda opinion: opinion.version, default=None)


def add_opinion(petition, by, facts, basis, findings, four_ends, difference="") -> Opinion:
    """A new version where the last was sent for checking, otherwise the same draft rewritten."""
    last = petition.latest_opinion
    fields = {
        "facts": facts,
        "basis": basis,
        "findings": findings,
        "organ": petition.organ,
        "drafted_by": by.user,
        "drafted_at": now(),
        "four_ends": four_ends,
        "difference": difference,
    }
    version = (petition.opinions.aggregate(last=Max("version"))["last"] or 0) + 1 if last else 1
    return Opinion.objects.create(petition=petition, version=version, **fields)


def settle_claims(petition) -> None:
    """The signed opinion's findings become the claims' own."""
    findings = {row["number"]: row for row in petition.latest_opinion.findings}
    for claim in petition.claims.all():
        row = findings[claim.number]
        Claim.objects.filter(pk=claim.pk).update(finding=row["finding"], answer=row["answer"])


def open_acts(petition, user) -> list[dict]:
    """Every act of the petition the user's posts may do, with the reasons why it cannot be done now (empty: open)."""
    offered = []
    for move in acts_of(type(petition)):
        if may(user, move.act, petition):
            offered.append({"act": move.act, "reasons": why_not(petition, move)})
    return offered
