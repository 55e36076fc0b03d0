"""一批登记与逐件登记，写下的行一样。"""

import itertools
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import Organ
from petitions.act.decorator import Refused
from petitions.act.states import Kind
from petitions.intake import registration as desk
from petitions.models import Party, Person, Petition, PetitionEvent, Submission
from petitions.record.verification import verify
from rulebook.books import RulesMissing
from rulebook.timekeeping import at, now, today
from tests import cast
from tests.cast import intake, someone

pytestmark = pytest.mark.usefixtures("city")

NOT_COMPARED = {
    "id",
    "number",
    "submission_id",
    "petition_id",
    "person_id",
    "event_id",
    "query_code",
    "query_hash",
    "pin",
    "scope_id",
    "last_hash",
    "hash",
    "prev_hash",
    "payload_hash",
    "text_hash",
    "salt",
}


def some_intakes():
    """Channels, kinds, people known and unknown, anonymous, backfilled; of two districts."""
    anna = desk.PartyFacts(name="陈玉兰", id_number="110199195406152426", phone="13800001111")
    by_phone = desk.PartyFacts(name="周文杰", phone="13900002222")
    return [
        intake(parties=[anna], received_on=today() - timedelta(days=3)),
        intake(parties=[by_phone, anna], channel="letter", kind=Kind.SUGGESTION, claims=["修路", "", "架桥"]),
        intake(parties=[desk.PartyFacts(name="周文杰", phone="13900002222")], title="又来"),
        intake(parties=[desk.PartyFacts(name="周文武", phone="13900002222")], kind=Kind.REPORT),
        intake(parties=[desk.PartyFacts(name="无电话")]),
        intake(parties=[desk.PartyFacts(name="无电话")]),
        intake(parties=[], facts={"anonymous": True, "external_source": "甲", "external_id": "1"}, channel="web"),
    ]


def rows_of(petition):
    """Every row a registration wrote, without keys and what is drawn by lot."""

    def plain(row):
        fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        return {name: value for name, value in fields.items() if name not in NOT_COMPARED}

    lines = petition.events.order_by("seq")
    return {
        "petition": plain(petition),
        "submission": plain(petition.submission),
        "parties": [plain(row) for row in petition.submission.parties.order_by("position")],
        "people": [plain(row.person) for row in petition.submission.parties.order_by("position")],
        "claims": [plain(row) for row in petition.claims.order_by("number")],
        "involvements": [plain(row) for row in petition.involvements.order_by("pk")],
        "lines": [plain(row) for row in lines],
        "texts": [line.text.body for line in lines if line.text_hash],
        "deadlines": [plain(row) for row in petition.deadlines.order_by("term")],
    }


def people_by_party():
    """Which parties share a person, by position in the order of registration."""
    keys = list(Party.objects.order_by("submission__number", "position").values_list("person_id", flat=True))
    return [keys.index(key) for key in keys]


def register_all(one_by_one):
    clerk, told = someone("clerk1"), some_intakes()
    with at(now()):
        if one_by_one:
            made = [desk.register(one, by=clerk, note="批量核对") for one in told]
        else:
            made = desk.register_many(told, by=clerk, note="批量核对")
    found = [Petition.objects.select_related("submission").get(pk=petition.pk) for petition in made]
    return [rows_of(petition) for petition in found], people_by_party(), [petition.number for petition in found]


def test_one_by_one_and_all_at_once_write_the_same_rows(monkeypatch):
    outcomes = []
    moment = now()
    for one_by_one in (True, False):
        with at(moment), transaction.atomic():
            monkeypatch.setattr(cast, "_serial", itertools.count(1))  # 两遍造出同样的来件
            outcomes.append(register_all(one_by_one))
            assert list(verify()) == []
            transaction.set_rollback(True)
    (alone, alone_people, alone_numbers), (together, people, numbers) = outcomes
    assert together == alone
    assert people == alone_people == [0, 1, 0, 1, 4, 5, 6]
    assert numbers == alone_numbers


def test_a_refusal_in_the_middle_stops_no_other_and_takes_no_number():
    told = [
        intake(),
        intake(original="  "),
        intake(organ=Organ.objects.get(code="YZXF")),
        intake(received_on=today().replace(year=2021)),
        intake(),
    ]
    outcomes = desk.register_many(told, by=someone("clerk1"))
    assert [type(outcome) for outcome in outcomes] == [Petition, Refused, PermissionDenied, RulesMissing, Petition]
    assert [int(outcomes[n].number[-5:]) for n in (0, 4)] == [1, 2]
    assert (Submission.objects.count(), Person.objects.count(), PetitionEvent.objects.count()) == (2, 2, 4)
    assert list(verify()) == []


def test_what_was_registered_can_be_acted_on_at_once():
    [petition] = desk.register_many([intake()], by=someone("clerk1"))
    petition.note(by=someone("clerk1"), note="登记后立即备注")
    assert petition.events.count() == 3 and list(verify()) == []


def test_registering_alone_costs_few_queries(django_assert_max_num_queries):
    clerk = someone("clerk1")
    desk.register(intake(), by=clerk)
    told = intake()
    with django_assert_max_num_queries(22):
        desk.register(told, by=clerk)
