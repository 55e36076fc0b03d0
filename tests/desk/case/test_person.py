"""两条记录是不是同一个人：由人认定，有依据、有权限、可以撤销；看不见的件不动也不露（rules §1.11）。"""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.models import Organ
from insight.duplicates.exact_keys import earlier
from petitions.act.decorator import Refused
from petitions.intake.late_entry import rules as backfilling
from petitions.models import Party, Person, PersonRuling
from petitions.parties.identification import rules as sameness
from rulebook.acts import Act
from tests.cast import do, fresh, registered, someone
from tests.desk.register.test_roll import number
from tests.petitions.test_edge_people import someone_else

GROUND = "两件证件、照片一致，本人当面确认"
HOME = "云河区青柳街道春柳苑8号楼"


@pytest.fixture
def clerk(city, client):
    client.force_login(someone("clerk1"))
    return client


def came(n, **told):
    facts = {
        "name": "周建国",
        "id_number": number(n),
        "phone": f"1390000{n:04d}",
        "address": HOME,
        "id_status": "stated",
    }
    kind = {name: told.pop(name) for name in ("by", "kind", "accused_text", "channel") if name in told}
    party = someone_else(n)
    for name, value in (facts | told).items():
        setattr(party, name, value)
    return registered(parties=[party], **kind)


def of(petition) -> Party:
    return petition.submission.parties.select_related("person").get()


def join(one, other, by="clerk1", reason=GROUND):
    return sameness.join(of(one).person, of(other).person, by=someone(by), reason=reason)


def numbers(found) -> set[str]:
    return {row.petition.number for row in found.seen if row.same_person}


def test_two_records_become_one_and_either_identity_finds_both(city):
    one, other = came(1), came(2)
    assert numbers(earlier(someone("clerk1"), id_number=number(1))) == {one.number}
    join(one, other)
    assert of(other).person == of(one).person
    for n in (1, 2):
        assert numbers(earlier(someone("clerk1"), id_number=number(n))) == {one.number, other.number}
    again = came(2)
    assert of(again).person == of(one).person, "以后按并入的证件登记的，也是这一人"
    assert of(again).id_number == number(2), "登记的证件照原样"


def test_undone_everything_is_as_before_but_for_the_record_of_it(city):
    one, other = came(1), came(2)
    before = of(one).person_id, of(other).person_id
    ruling = join(one, other)
    sameness.undo(ruling, by=someone("officer1"), reason="照片比对有误")
    assert (of(one).person_id, of(other).person_id) == before
    assert numbers(earlier(someone("clerk1"), id_number=number(1))) == {one.number}
    assert of(came(2)).person_id == before[1]
    ruling.refresh_from_db()
    assert (ruling.undone_by.username, ruling.undone_reason) == ("officer1", "照片比对有误")
    with pytest.raises(Refused, match="已经撤销"):
        sameness.undo(ruling, by=someone("officer1"), reason="再撤一次")


def test_one_record_that_mixed_two_people_is_parted_and_put_back(city):
    told = {"id_number": "", "id_status": "none", "phone": "13900009999"}
    father, son = came(1, **told), came(2, **told)
    assert of(father).person == of(son).person, "姓名、手机号都相同的，登记时认作一人"
    with pytest.raises(Refused, match="没有可以分开的"):
        sameness.part(of(father).person, [of(father), of(son)], by=someone("clerk1"), reason=GROUND)
    ruling = sameness.part(of(father).person, [of(son)], by=someone("clerk1"), reason="父子同名，共用手机")
    assert of(son).person != of(father).person
    sameness.undo(ruling, by=someone("clerk1"), reason="实为一人")
    assert of(son).person == of(father).person


def test_what_one_may_not_see_stays_with_its_record_and_is_not_told(city, client):
    open_one, secret = came(1), came(2, kind="report", accused_text="某人")
    other = came(2)
    do(secret, Act.REFER, "clerk1", to=Organ.objects.get(kind="discipline", territory="11019901"))
    was = of(secret).person_id
    ruling = join(open_one, other)
    assert of(secret).person_id == was and ruling.parties == [of(other).pk]
    client.force_login(someone("clerk1"))
    page = client.get(f"/people/{of(open_one).person_id}/").content.decode()
    assert other.number in page and secret.number not in page
    assert client.get(f"/people/{was}/", follow=True).redirect_chain[-1][0] == f"/people/{of(open_one).person_id}/"
    client.force_login(someone("disc1"))
    page = client.get(f"/people/{was}/", follow=True).content.decode()
    assert secret.number in page and open_one.number not in page
    sameness.undo(ruling, by=someone("clerk1"), reason="有误")
    assert of(secret).person_id == was == of(other).person_id


def test_who_may_rule(city):
    one, other = came(1), came(2)
    for name in ("handler1", "officer.yhzj", "head1"):
        with pytest.raises(PermissionDenied, match="不能认定这位信访人"):
            join(one, other, by=name)
    ruling = join(one, other, by="officer1")
    with pytest.raises(PermissionDenied, match="不能认定这位信访人"):
        sameness.undo(ruling, by=someone("officer.yhzj"), reason="x")


def test_what_cannot_be_one_person_is_said(city):
    one, other, third = came(1), came(2), came(3)
    firm = came(4, name="春柳苑业主委员会", id_type="uscc")
    Person.objects.filter(pk=of(firm).person_id).update(kind="organisation")
    with pytest.raises(Refused, match="不能合为一人"):
        join(one, firm)
    with pytest.raises(Refused, match="同一条记录"):
        join(one, one)
    with pytest.raises(Refused, match="认定须写明依据"):
        join(one, other, reason=" ")
    assert of(other).person != of(one).person
    old = of(other).person
    join(one, other)
    with pytest.raises(Refused, match="已经合并"):
        sameness.join(of(third).person, old, by=someone("clerk1"), reason=GROUND)
    with pytest.raises(Refused, match="请反过来"):
        join(third, one)


def test_no_petition_clock_or_letter_changes_and_the_ground_is_sealed(city):
    one, other = came(1), came(2)
    before = [(fresh(p).seq, list(p.deadlines.values_list("term", "due_on", "ended_how"))) for p in (one, other)]
    join(one, other)
    assert before == [
        (fresh(p).seq, list(p.deadlines.values_list("term", "due_on", "ended_how"))) for p in (one, other)
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM petitions_personruling")
        assert "照片" not in cursor.fetchone()[0]


def test_by_the_page(clerk):
    one, other = came(1), came(2)
    assert f"/people/{of(one).person_id}/" in clerk.get(f"/cases/{one.number}/").content.decode()
    address = f"/people/{of(one).person_id}/"
    page = clerk.get(address).content.decode()
    assert "姓名、住址相同" in page and other.number in page and number(2) not in page
    gone = of(other).person_id
    refused = clerk.post(f"{address}join/", {"other": gone, "reason": ""})
    assert refused.status_code == 422 and "请写明依据" in refused.content.decode()
    page = clerk.post(f"{address}join/", {"other": gone, "reason": GROUND}, follow=True).content.decode()
    assert "已认定为同一人" in page and GROUND in page and "改动 1 件" in page
    answer = clerk.post(f"{address}part/", {"party": [of(one).pk, of(other).pk], "reason": "不对"})
    assert answer.status_code == 422 and "没有可以分开的" in answer.content.decode()
    ruling = PersonRuling.objects.get()
    page = clerk.post(f"{address}undo/{ruling.pk}/", {"reason": ""}, follow=True).content.decode()
    assert "撤销认定须写明理由" in page
    page = clerk.post(f"{address}undo/{ruling.pk}/", {"reason": "照片比对有误"}, follow=True).content.decode()
    assert "恢复到认定以前" in page and "照片比对有误" in page and of(other).person_id == gone
    clerk.force_login(someone("officer.yhzj"))
    assert clerk.get(address).status_code == 404


def test_e44_somebody_on_a_list_who_comes_alone_is_recognised(city, client):
    """名单上的人又单独来，判重看得见那件集体访；没有核对证件的不算同一人。"""
    crowd = registered(facts={"people_count": 20})
    backfilling.enter_list(crowd.submission, [backfilling.ListedFacts("赵一山", number(7))])
    found = earlier(someone("clerk1"), id_number=number(7))
    assert [(row.petition.number, row.matched) for row in found.seen] == [(crowd.number, ("名单上的证件号",))]
    assert not found.running
