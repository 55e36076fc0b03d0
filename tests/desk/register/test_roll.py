"""多人来访的名单：从表格整块粘贴，逐行核对，有错的行带着错处留下；一件登记，代表不超过五人（第二十条，rules E42）。"""

import pytest
from django.db import connection
from django.http import QueryDict

from accounts.models import Organ
from desk.registration import name_roll
from petitions.models import Listed, Petition
from petitions.parties.identity import check_sign
from rulebook.acts import Act
from tests import cast
from tests.desk.register.typing import IDNO, sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(city, client):
    client.force_login(cast.someone("clerk1"))
    return client


def number(n: int) -> str:
    body = f"1101991954{1 + n % 12:02d}15{n % 1000:03d}"
    return body + check_sign(body)


def read(text: str, **more) -> name_roll.Roll:
    data = QueryDict(mutable=True)
    data["roll"] = text
    for name, values in more.items():
        data.setlist(name, values)
    return name_roll.read(data)


def told(found: name_roll.Roll) -> list[tuple]:
    return [(one.name, one.id_number, one.phone, one.address) for one in found.people]


def test_a_table_with_a_header_is_read_by_its_header_whatever_the_order():
    text = (
        f"序号\t姓名\t住址\t联系电话\t身份证号码\n1\t周建国\t春柳苑3号楼\t138 0000 6021\t{number(1)}\n2\t赵一山\t\t\t"
    )
    assert told(read(text)) == [("周建国", number(1), "13800006021", "春柳苑3号楼"), ("赵一山", "", "", "")]


@pytest.mark.parametrize("mark", ["\t", ",", "，"])
def test_without_a_header_numbers_are_known_by_their_look(mark):
    text = mark.join(["1", "周建国", number(1), "13800006021", "春柳苑3号楼1单元"])
    assert told(read(text)) == [("周建国", number(1), "13800006021", "春柳苑3号楼1单元")]
    text = mark.join(["阿依古丽·买买提", "云河区青柳街道", "010-55500143"])
    assert told(read(text)) == [("阿依古丽·买买提", "", "010-55500143", "云河区青柳街道")]


def test_every_line_is_checked_and_what_is_wrong_stands_beside_it():
    wrong = number(2)[:-1] + ("1" if number(2)[-1] != "1" else "2")
    found = read(
        f"周建国\t{number(1)}\n赵一山\t{wrong}\n\t{number(3)}\n钱二\t12345\n周建国\t{number(1)}\n孙三\t\t138000"
    )
    problems = {line.raw.split("\t")[0]: line.problem for line in found.wrong}
    assert [one.name for one in found.people] == ["周建国"]
    assert "校验位不对" in problems["赵一山"] and problems[""] == "没有姓名" and problems["周建国"] == "与第 1 人重复"
    assert "电话应为" in problems["钱二"] and "电话应为" in problems["孙三"]


def test_the_lines_put_right_go_back_to_their_places():
    first = read("甲某\n乙某\t110199\t\n丙某\n\t13800006021")
    assert [line.at for line in first.wrong] == [1, 3]
    again = read(first.text, roll_at=["1", "3"], roll_row=["乙一某", "丁某\t13800006021"])
    assert [one.name for one in again.people][:2] == ["甲某", "乙一某"] and again.people[-1].phone == "13800006021"
    assert [one.name for one in again.people] == ["甲某", "乙一某", "丙某", "丁某"]
    gone = read(first.text, roll_at=["1", "3"], roll_row=["", ""])
    assert [one.name for one in gone.people] == ["甲某", "丙某"] and not gone.wrong


def test_more_than_five_hundred_are_said_not_dropped():
    found = read("\n".join(f"村民{n}" for n in range(502)))
    assert (
        len(found.people) == 500
        and [line.problem for line in found.wrong] == ["名单最多 500 人，其余的名单请作为材料附上"] * 2
    )


def test_e42_twenty_come_together_one_petition_with_the_list_and_two_representatives(clerk):
    people = "\n".join(f"村民{n}\t{number(n)}\t1380000{n:04d}\t柳林村{n}号" for n in range(1, 19))
    crowd = {"ppl": "20", "rep_nm": ["周建国"], "rep_tel": ["13800006021"], "roll": people}
    assert clerk.post("/register/", sheet(**crowd)).status_code == 302
    petition = Petition.objects.get()
    submission = petition.submission
    assert submission.is_group and submission.people_count == 20
    assert submission.parties.count() == 2 and submission.roll.count() == 18
    assert petition.petition_letters.filter(letter__kind="F01").count() == 2, "由代表收受告知"
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(id_number || phone || address, '') FROM petitions_listed")
        assert number(1) not in cursor.fetchone()[0]


def test_wrong_lines_stop_the_registration_and_nothing_typed_is_lost(clerk):
    answer = clerk.post("/register/", sheet(ppl="4", roll=f"周建国\t{number(1)}\n赵一山\t110199195401150010"))
    page = answer.content.decode()
    assert "名单有 1 行需要改正，其余 1 行已认出" in page and "校验位不对" in page and not Petition.objects.exists()
    assert f"周建国\t{number(1)}" in page and 'name="roll_row" value="赵一山\t110199195401150010"' in page
    assert '<details class="mt1" id="more" open>' in page and "刘桂兰" in page
    put_right = {"roll": f"周建国\t{number(1)}", "roll_at": ["1"], "roll_row": [f"赵一山\t{number(2)}"]}
    assert clerk.post("/register/", sheet(ppl="4", **put_right)).status_code == 302
    assert list(Listed.objects.order_by("position").values_list("name", flat=True)) == ["周建国", "赵一山"]


def test_the_number_of_visitors_is_not_less_than_the_list_and_nobody_counts_twice(clerk):
    people = f"刘桂兰\t{IDNO}\n周建国\n赵一山"
    page = clerk.post("/register/", sheet(ppl="2", rep_nm=["周建国"], roll=people)).content.decode()
    assert "人数不能少于连同名单 3 人" in page
    assert clerk.post("/register/", sheet(ppl="3", rep_nm=["周建国"], roll=people)).status_code == 302


def test_the_sixth_representative_is_refused_however_long_the_list(clerk):
    told = sheet(ppl="30", rep_nm=["甲某", "乙某", "丙某", "丁某", "戊某"], roll="己某\n庚某")
    page = clerk.post("/register/", told).content.decode()
    assert "代表人数不得超过五人" in page and "己某\n庚某" in page


def test_a_joint_letter_brings_its_list(clerk):
    assert clerk.post("/register/", sheet(channel="letter", ppl="3", roll="周建国\n赵一山")).status_code == 302
    submission = Petition.objects.get().submission
    assert submission.is_joint and submission.roll.count() == 2


def test_the_list_is_kept_with_the_draft(clerk):
    key = clerk.post("/register/draft/", sheet(roll="周建国\n赵一山")).json()["draft"]
    assert "周建国\n赵一山" in clerk.get(f"/register/?draft={key}").content.decode()


def test_who_may_see_the_case_sees_the_list_with_numbers_hidden(clerk, client):
    clerk.post("/register/", sheet(ppl="6", roll=f"周建国\t{number(1)}\t13800006021\t柳林村8号"))
    petition = Petition.objects.get()
    assert f"/cases/{petition.number}/roll/" in clerk.get(f"/cases/{petition.number}/").content.decode()
    page = clerk.get(f"/cases/{petition.number}/roll/").content.decode()
    assert "周建国" in page and number(1) not in page and "138****6021" in page and "柳林村***" in page
    full = clerk.post(f"/cases/{petition.number}/reveal/", {"reason": "联系来访的村民"}).content.decode()
    assert number(1) in full and "柳林村8号" in full
    client.force_login(cast.someone("officer.yhzj"))
    assert client.get(f"/cases/{petition.number}/roll/").status_code == 404


def test_a_petitioner_who_asked_for_secrecy_hides_the_list_too(clerk, client):
    clerk.post("/register/", sheet(withheld="on", ppl="6", roll="周建国"))
    petition = Petition.objects.get()
    assert "周建国" in clerk.get(f"/cases/{petition.number}/roll/").content.decode(), "登记的单位自己看得见"
    cast.do(cast.decided(petition), Act.FORWARD, to=Organ.objects.get(code="YHZJ"))
    client.force_login(cast.someone("officer.yhzj"))
    page = client.get(f"/cases/{petition.number}/roll/").content.decode()
    assert "周**" in page and "周建国" not in page
