"""范围写在索引里，只为少看几行：谁看得到的件都不会因此漏掉，谁能看仍由职权判断；姓名的读音只存键控散列。"""

import pytest

from accounts.models import Organ, User
from accounts.privacy import keyed_hash
from insight.models import SearchDocument
from insight.search import indexing, marks
from insight.search.indexing import index_all
from insight.search.petition_search import search
from petitions.act.states import Kind
from petitions.intake.registration import PartyFacts
from petitions.models import Involvement, Petition
from rulebook.acts import Act
from tests.cast import accepted, closed, do, registered, someone
from tests.insight.reports import report

pytestmark = pytest.mark.django_db


def everyone():
    return User.objects.select_related("organ__office").filter(is_active=True)


def at_district(**told):
    return registered("dclerk1", organ=Organ.objects.get(code="YHXF"), letters_too=False, **told)


def moved(petition):
    return do(petition, Act.FORWARD, "dclerk1", to=Organ.objects.get(code="YHQL"), reason="属地办理")


@pytest.fixture
def walked(city):
    """Petitions here and there, at several links of the chain, one of them confidential."""
    closed()
    do(accepted(), Act.ALLOT, to=someone("handler1"))
    at_district()
    moved(at_district())
    registered(kind=Kind.SUGGESTION, letters_too=False)
    secret = report("举报某人收受财物")
    do(secret, Act.REFER, "clerk1", to=Organ.objects.get(code="YHJJ"))
    index_all()


def test_whatever_somebody_may_see_bears_a_mark_of_theirs(walked):
    borne = {document.pk: set(document.marks.split()) for document in SearchDocument.objects.all()}
    looked = 0
    for user in everyone():
        reach = marks.within(user)
        for key in Petition.objects.visible_to(user).values_list("pk", flat=True):
            assert reach is None or borne[key] & set(reach), (user.username, key)
            looked += 1
    assert looked > 50


def test_a_mark_is_no_permission(walked):
    """With everybody's marks on it a petition is found by those who may see it and by nobody else."""
    all_marks = {mark for user in everyone() for mark in marks.within(user) or []}
    for document in SearchDocument.objects.defer("tsv"):
        document.tsv = [*"电梯 停运".split(), *all_marks]
        document.save(update_fields=["tsv"])
    for user in everyone():
        found = set(search(user, "电梯").keys)
        assert found == set(Petition.objects.visible_to(user).values_list("pk", flat=True)), user.username


def test_a_petition_that_moves_is_found_where_it_went(city):
    petition = at_district(original="和顺里下水道堵塞")
    index_all()
    assert search(someone("officer1"), "下水道").rows == []
    petition = moved(petition)
    index_all()
    assert [row.pk for row in search(someone("officer1"), "下水道").rows] == [petition.pk]
    assert [row.pk for row in search(someone("dclerk1"), "下水道").rows] == [petition.pk]


def test_who_lost_sight_finds_nothing_even_before_the_index_follows(city):
    petition = registered(original="和顺里下水道堵塞", letters_too=False)
    index_all()
    Involvement.objects.filter(petition=petition).update(until=petition.registered_at)
    assert search(someone("officer1"), "下水道").rows == []


def test_an_organ_that_goes_elsewhere_in_the_tree_is_found_from_there(city):
    petition = registered(original="和顺里下水道堵塞", letters_too=False)
    index_all()
    street = Organ.objects.get(code="YHQL")
    street.parent = Organ.objects.get(code="SQ")
    street.save()
    indexing.look_again([street.pk])
    assert index_all() == 1
    assert f"#o{street.parent_id}" in SearchDocument.objects.get(pk=petition.pk).marks.split()


def test_the_sound_of_a_name_is_kept_only_as_a_keyed_hash(city):
    registered(letters_too=False, parties=[PartyFacts(name="陈玉兰", phone="13800012345")])
    index_all()
    kept = SearchDocument.objects.get().marks
    assert "chen" not in kept
    assert "#s" + keyed_hash("sound:=chenyulan")[: marks.DIGITS] in kept.split()


def test_a_withheld_name_has_no_sound(city):
    registered(letters_too=False, parties=[PartyFacts(name="陈玉兰", phone="13800012345", name_withheld=True)])
    index_all()
    assert "#s" not in SearchDocument.objects.get().marks


def test_every_document_tells_where_its_key_lies(walked):
    for document in SearchDocument.objects.all():
        key = document.pk
        assert set(marks.between(key, key + 1)) <= set(document.marks.split())
        assert set(marks.between(key - 25_000, key + 1)) & set(document.marks.split())
        assert not set(marks.between(key + 20_000, key + 40_000)) & set(document.marks.split())
    assert marks.between(0, 10_000_000) is None
