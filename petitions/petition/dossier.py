"""一件的全部材料，一次取齐：the case page must not ask the database forty times.

Small child tables come back as JSON arrays inside the petition's own query and are turned into model instances, so
guards and templates read `petition.legs.all()` as ever, without a query each.
"""

from collections.abc import Callable, Hashable

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from accounts.models import Organ
from accounts.privacy import EncryptedTextField, decrypt
from accounts.query_text import KEY, NUMBER, asked_again
from petitions.models import (
    Claim,
    Deadline,
    Dispute,
    End,
    Execution,
    Hearing,
    Involvement,
    Leg,
    Mediation,
    Opinion,
    Override,
    Party,
    PartyRequest,
    PendingAct,
    Petition,
    PetitionAttachment,
    PetitionEvent,
    PetitionLetter,
    Proceeding,
    Rating,
    Service,
    ServiceAttempt,
    Volume,
)

# relation name → (model, how it hangs on the petition, order, foreign keys whose rows are wanted too)
CHILDREN = {
    "legs": (Leg, "petition_id", "number", {"sender": Organ, "receiver": Organ}),
    "pending_acts": (PendingAct, "petition_id", "pk", {}),
    "deadlines": (Deadline, "petition_id", "due_on", {"owed_by_organ": Organ}),
    "opinions": (Opinion, "petition_id", "version", {}),
    "overrides": (Override, "petition_id", "pk", {}),
    "claims": (Claim, "petition_id", "number", {}),
    "services": (Service, "petition_id", "pk", {}),
    "attempts": (ServiceAttempt, "petition_id", "pk", {}),
    "attachments": (PetitionAttachment, "petition_id", "pk", {}),
    "proceedings": (Proceeding, "petition_id", "number", {"organ": Organ}),
    "disputes": (Dispute, "petition_id", "number", {"organ": Organ, "requester": Organ, "to": Organ}),
    "hearings": (Hearing, "petition_id", "pk", {"organ": Organ}),
    "mediations": (Mediation, "petition_id", "pk", {}),
    "ratings": (Rating, "petition_id", "pk", {}),
    "ends": (End, "petition_id", "pk", {}),
    "volumes": (Volume, "petition_id", "pk", {}),
    "requests": (PartyRequest, "petition_id", "pk", {}),
    "executions": (Execution, "petition_id", "pk", {"organ": Organ}),
    "involvements": (Involvement, "petition_id", "pk", {"organ": Organ}),
}


def load(petitions: Callable[[], QuerySet[Petition]], number: str, *, about: Hashable) -> Petition:
    """The petition of that number among those that `petitions()` gives, with its children, parties, letters and log.

    `about` names whose petitions they are (accounts.authority.who). Five queries whatever hangs on it. Raises
    Petition.DoesNotExist.
    """
    found = asked_again(
        ("dossier", about), lambda: _whole(petitions()).filter(number=NUMBER.stand_in), {NUMBER: number}
    )
    if not found:
        raise Petition.DoesNotExist
    (petition,) = found
    _hang_children(petition)
    return petition


def _whole(petitions: QuerySet[Petition]) -> QuerySet[Petition]:
    wanted = {name: ArraySubquery(_rows(*child[:3])) for name, child in CHILDREN.items()}
    return petitions.select_related(
        "submission__organ",
        "organ__review_organ",
        "organ__office",
        "first_receiver",
        "category",
        "handler",
        "section",
        "about_organ",
        "holder_organ",
        "holder_user",
        "rule_set",
        "merged_into",
        "repeat_of",
    ).annotate(
        is_main=Exists(Petition.objects.filter(merged_into=OuterRef("pk"))),
        **{f"json_{name}": rows for name, rows in wanted.items()},
    )


def _hang_children(petition: Petition) -> None:
    lists = {
        name: [_instance(CHILDREN[name][0], row, petition) for row in getattr(petition, f"json_{name}") or []]
        for name in CHILDREN
    }
    _fill_organs(lists)
    _hang_hearings(lists)
    for service in lists["services"]:
        given = [row for row in lists["ratings"] if row.service_id == service.pk]
        service.__dict__["_prefetched_objects_cache"] = {"ratings": _as_result(service.ratings.all(), given)}
    by_claim = {claim.pk: claim for claim in lists["claims"]}
    for execution in lists["executions"]:
        execution.claim = by_claim[execution.claim_id]
    cache = petition.__dict__.setdefault("_prefetched_objects_cache", {})
    for name, rows in lists.items():
        cache[name] = _as_result(getattr(petition, name).all(), rows)
    petition.__dict__["_involved"] = [row for row in lists["involvements"] if row.until is None]
    parties = asked_again(
        "parties of one",
        lambda: Party.objects.filter(submission=KEY.stand_in).order_by("position"),
        {KEY: petition.submission_id},
    )
    submission_cache = petition.submission.__dict__.setdefault("_prefetched_objects_cache", {})
    submission_cache["parties"] = _as_result(petition.submission.parties.all(), parties)
    for service in lists["services"]:
        service.party = next((party for party in parties if party.pk == service.party_id), None)
    lines = asked_again(
        "lines of one",
        lambda: (
            PetitionEvent.objects.filter(petition=KEY.stand_in)
            .select_related("by", "by_organ", "text", "holder_organ", "holder_user")
            .order_by("seq")
        ),
        {KEY: petition.pk},
    )
    cache["events"] = _as_result(petition.events.all(), lines)
    letters = asked_again(
        "letters of one",
        lambda: (
            PetitionLetter.objects.filter(petition=KEY.stand_in)
            .select_related("letter__template", "party")
            .order_by("pk")
        ),
        {KEY: petition.pk},
    )
    cache["petition_letters"] = _as_result(petition.petition_letters.all(), letters)
    by_key = {link.letter_id: link.letter for link in letters}
    for service in lists["services"]:
        tried = [attempt for attempt in lists["attempts"] if attempt.service_id == service.pk]
        kept = service.__dict__.setdefault("_prefetched_objects_cache", {})
        kept["attempts"] = _as_result(service.attempts.all(), tried)
        service.letter = by_key.get(service.letter_id, service.__dict__.get("letter"))


def _hang_hearings(lists) -> None:
    for proceeding in lists["proceedings"]:
        held = [hearing for hearing in lists["hearings"] if hearing.proceeding_id == proceeding.pk]
        for hearing in held:
            hearing.proceeding = proceeding
        proceeding.__dict__["_prefetched_objects_cache"] = {"hearings": _as_result(proceeding.hearings.all(), held)}


def _rows(model, owner, order):
    columns = {field.attname: F(field.attname) for field in model._meta.concrete_fields}
    return model.objects.filter(**{owner: OuterRef("pk")}).order_by(order).values(row=JSONObject(**columns))


def _instance(model, row: dict, petition):
    values = []
    for field in model._meta.concrete_fields:
        value = row[field.attname]
        if isinstance(field, EncryptedTextField):
            value = decrypt(value)
        elif value is not None and not field.is_relation:
            value = field.to_python(value)
        values.append(value)
    instance = model.from_db("default", [field.attname for field in model._meta.concrete_fields], values)
    instance.petition = petition
    return instance


def _fill_organs(lists) -> None:
    """One query for every organ the children name."""
    keys = set()
    for name, rows in lists.items():
        for relation in CHILDREN[name][3]:
            keys |= {getattr(row, f"{relation}_id") for row in rows}
    organs = Organ.objects.select_related("office").in_bulk([key for key in keys if key])
    for name, rows in lists.items():
        for relation in CHILDREN[name][3]:
            for row in rows:
                key = getattr(row, f"{relation}_id")
                if key:
                    setattr(row, relation, organs[key])


def _as_result(queryset, rows):
    queryset._result_cache = rows
    queryset._prefetch_done = True
    return queryset
