"""收到即登记（第二十二条、第二十三条）。"""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Organ
from petitions.act.consequences import register
from petitions.act.decorator import Refused
from petitions.intake.registration import PartyFacts
from petitions.models import Party, Person, Submission
from petitions.parties.persons import CODE_ALPHABET
from rulebook.acts import Act
from tests.cast import intake, on_day, registered, someone

pytestmark = pytest.mark.usefixtures("city")


def test_the_clock_runs_from_the_day_of_receipt_not_of_typing():
    with on_day("2026-03-10"):
        petition = registered(channel="letter", received_on=date(2026, 3, 6))
    clock = petition.deadlines.get(term="D02")
    assert (clock.starts_on, clock.due_on) == (date(2026, 3, 6), date(2026, 3, 21))
    assert petition.received_on != petition.registered_on == date(2026, 3, 10)
    assert petition.events.get(act="receive").backfilled


def test_a_petition_office_gets_d01_and_any_other_organ_d02_never_both():
    street = registered()
    office = registered(by="dclerk1", organ=Organ.objects.get(code="YHXF"))
    assert [d.term for d in street.deadlines.all()] == ["D02"]
    assert [d.term for d in office.deadlines.all()] == ["D01"]


def test_numbers_have_no_gaps_even_after_a_refused_registration():
    first = registered()
    with pytest.raises(Refused, match="收到日不能晚于今天"):
        register(intake(received_on=date(2099, 1, 1)), by=someone("clerk1"))
    second = registered()
    assert int(second.number.rsplit("-", 1)[1]) == int(first.number.rsplit("-", 1)[1]) + 1


def test_the_original_words_are_sealed():
    petition = registered()
    submission = petition.submission
    assert len(submission.original_hash) == 64 and submission.original.startswith("春柳苑")


def test_every_party_has_a_query_code_without_look_alikes():
    parties = [PartyFacts(name=f"代表{n}", role="representative", phone=f"1380000111{n}") for n in range(5)]
    petition = registered(parties=parties, facts={"people_count": 20})
    codes = {party.query_code for party in petition.submission.parties.all()}
    assert len(codes) == 5
    assert all(len(code) == 12 and set(code) <= set(CODE_ALPHABET) for code in codes)
    assert petition.petition_letters.filter(letter__kind="F01").count() == 5
    assert petition.submission.is_group


def test_a_sixth_representative_is_refused():
    parties = [PartyFacts(name=f"代表{n}", role="representative", phone=f"1380000111{n}") for n in range(6)]
    with pytest.raises(Refused, match="不得超过五人"):
        register(intake(parties=parties), by=someone("clerk1"))
    assert Submission.objects.count() == 0


def test_anonymous_is_registered_but_nobody_is_told():
    petition = registered(channel="letter", parties=[], facts={"anonymous": True})
    assert petition.submission.notice_exempt
    assert petition.deadlines.get(term="D02").notice_exempt
    assert petition.petition_letters.count() == 0


def test_a_stranger_organ_cannot_register_for_the_street():
    with pytest.raises(PermissionDenied, match="登记"):
        register(intake(), by=someone("handler1"))
    assert Submission.objects.count() == 0


def test_personal_data_is_sealed_in_the_database_and_found_by_hash():
    from django.db import connection

    told = PartyFacts(name="欧阳·𠮷安", id_number="11019919540615242X", phone="13800006215", address="云河区春柳苑1号")
    petition = registered(parties=[told])
    party = petition.submission.parties.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number, phone, address, query_code FROM petitions_party WHERE id = %s", [party.pk])
        stored = cursor.fetchone()
    assert all(value.startswith("v1.") for value in stored)
    assert party.id_number == "11019919540615242X" and party.name == "欧阳·𠮷安"
    assert party.masked_id == "110199********242X" and party.masked_phone == "138****6215"


def test_the_same_identity_is_the_same_person():
    told = PartyFacts(name="陈玉兰", id_number="11019919540615242X", phone="13800006215", address="春柳苑1号")
    again = PartyFacts(name="陈玉兰", id_number="11019919540615242x", phone="13900000000", address="春柳苑1号")
    registered(parties=[told])
    registered(parties=[again])
    assert Party.objects.count() == 2 and Person.objects.count() == 1


def test_a_report_is_confidential_from_the_first_moment():
    petition = registered(kind="report", claims=["查处某科长收受礼金"], accused_text="某科长")
    assert petition.secrecy == 1
    others = ["officer1", "super1", "dhead1", "admin1", "legal1", "csuper1"]
    from petitions.models import Petition

    assert all(not Petition.objects.visible_to(someone(name)).exists() for name in others)
    assert Petition.objects.visible_to(someone("clerk1"), Act.REFER).exists()
