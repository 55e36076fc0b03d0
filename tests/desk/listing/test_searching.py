"""综合查询的页面：命中处标出、六面可点、相近的另列、号码不进网址；存下的查询每天告知新查到的。"""

import re

import pytest
from django.db import connection

from accounts.messages.outbox import drain
from accounts.models import Notice, Organ, Outbox, User
from desk.lists import saved_searches
from insight.models import SavedSearch
from insight.search.indexing import index_all
from petitions.intake.registration import PartyFacts
from rulebook.acts import Act
from tests.cast import closed, do, registered, someone
from tests.desk.case.hands import signed_in
from tests.insight.reports import report

pytestmark = pytest.mark.django_db


def ask(client, **told):
    return client.get("/search/", told)


def numbers(answer) -> list[str]:
    return [hit["number"] for hit in answer.context["hits"]]


def test_sides_are_links_that_narrow_and_can_be_taken_off(enter, pile):
    index_all()
    client = enter("officer1")
    page = ask(client, q="电梯").content.decode()
    link = re.search(r'href="(/search/\?[^"]*stage=%40handling[^"]*)">办理环节 <span class="mut">2</span>', page)
    assert link
    narrowed = client.get(link[1].replace("&amp;", "&"))
    assert narrowed.context["page"].count == 2
    assert "环节：办理环节　去掉" in narrowed.content.decode()
    assert [one["url"] for one in narrowed.context["in_force"]] == ["/search/?q=%E7%94%B5%E6%A2%AF"]


def test_sides_of_a_personal_number_are_buttons_without_an_address(enter, pile):
    party = pile["triage"][0].submission.parties.get()
    registered(channel="letter", parties=[PartyFacts(name=party.name, phone=party.phone)])
    answer = enter("officer1").post("/search/", {"q": party.phone})
    page = answer.content.decode()
    assert len(numbers(answer)) == 2
    assert '<button class="btn t s" type="submit" form="sf" name="channel" value="letter">' in page
    assert f"q={party.phone}" not in page
    narrowed = enter("officer1").post("/search/", {"q": party.phone, "channel": ["", "letter"]})
    assert len(numbers(narrowed)) == 1


def test_the_answer_is_quoted_where_the_word_stands_in_it(enter, city):
    petition = closed()
    index_all()
    answer = ask(enter("officer1"), q="曳引机")
    assert numbers(answer) == [petition.number]
    assert "答复：" in answer.content.decode()
    assert "<mark>曳引机</mark>" in answer.content.decode()


def test_near_ones_are_labelled(enter, city):
    registered(original="电梯停运", parties=[PartyFacts(name="林秋分", phone="13800012345")])
    index_all()
    answer = ask(enter("officer1"), q="林秋芬")
    page = answer.content.decode()
    assert "没有逐字相符的，下面是相近的" in page
    assert "姓名读音相近" in page
    assert "hits" in answer.context
    assert numbers(answer) == []


def test_by_relevance_keeps_its_order_from_page_to_page(enter, pile):
    index_all()
    answer = ask(enter("officer1"), q="电梯", order="relevance")
    assert 'aria-current="true">相关的在前' in answer.content.decode()
    assert len(numbers(answer)) == 7


def test_altered_addresses_are_answered(enter, pile):
    index_all()
    client = enter("officer1")
    for told in (
        {"lamp": "x", "organ": "x", "category": "没有这一类", "year": "20x6", "order": "x", "saved": "x"},
        {"organ": "999999999", "after": "999999999999999999", "saved": "9" * 18},
    ):
        assert ask(client, q="电梯", **told).status_code == 200


def keep(client, name="电梯", digest="1", **told):
    return client.post("/search/saved/", {"q": "电梯", "name": name, "digest": digest} | told)


def test_a_search_is_kept_and_taken_away(enter, pile):
    client = enter("officer1")
    assert (
        "存下这个查询：电梯，环节：办理环节"
        in client.get("/search/saved/", {"q": "电梯", "stage": "@handling"}).content.decode()
    )
    assert keep(client, stage="@handling").status_code == 302
    page = client.get("/search/saved/").content.decode()
    assert "电梯，环节：办理环节" in page
    assert SavedSearch.objects.get().query == "q=%E7%94%B5%E6%A2%AF&stage=%40handling"
    kept = SavedSearch.objects.get()
    assert enter("clerk1").post(f"/search/saved/{kept.pk}/drop/").status_code == 404
    client.post(f"/search/saved/{kept.pk}/drop/")
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"name": ""}, "请给查询起一个不超过 12 字的名称"),
        ({"name": "找13800000001"}, "名称里不要写证件号、电话"),
        ({"q": "13800000001"}, "证件号、电话的查询不能存"),
        ({"name": "又一个"}, "已有名为“又一个”的查询"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_the_field(enter, pile, told, why):
    client = enter("officer1")
    keep(client, name="又一个")
    answer = keep(client, **told)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert SavedSearch.objects.count() == 1


def test_no_more_than_the_page_holds(enter, pile):
    client = enter("officer1")
    for n in range(SavedSearch.MOST + 1):
        last = keep(client, name=f"第{n}个")
    assert "最多存 12 个" in last.content.decode()


def test_words_of_a_kept_search_are_sealed(enter, pile):
    keep(enter("officer1"), q="林秋分", name="林秋分的事")
    with connection.cursor() as cursor:
        cursor.execute("SELECT row::text FROM insight_savedsearch AS row")
        (row,) = cursor.fetchone()
    assert "林秋分" not in row
    assert "%E6%9E%97" not in row


def test_the_digest_tells_once_of_what_is_new(enter, pile):
    index_all()
    client = enter("officer1")
    keep(client)
    keep(client, name="不用告知", digest="")
    assert saved_searches.digest() == 0  # 存下时已经有的不算新
    made = registered(title="电梯又停了")
    report("举报某科长电梯采购收受财物")
    index_all()
    assert saved_searches.digest() == 1
    assert saved_searches.digest() == 0
    drain()
    notice = Notice.objects.get(user=someone("officer1"), url="/search/saved/")
    assert notice.text == "您存下的 1 个查询有 1 件新查到的"
    listed = client.get("/search/saved/").content.decode()
    link = re.search(r'href="(/search/[^"]*saved=\d+)"', listed)[1].replace("&amp;", "&")
    page = client.get(link).content.decode()
    assert page.count('<span class="tag gr">新</span>') == 1
    assert SavedSearch.objects.get(digest=True).fresh == [made.pk]


def test_what_came_into_sight_later_is_new_too(enter, city):
    """A petition registered long ago elsewhere and handed over today is news to the organ it came to."""
    older = registered("dclerk1", organ=Organ.objects.get(code="YHXF"), letters_too=False)
    registered()
    index_all()
    keep(enter("officer1"))
    do(older, Act.FORWARD, "dclerk1", to=Organ.objects.get(code="YHQL"), reason="属地办理")
    index_all()
    assert saved_searches.digest() == 1
    assert SavedSearch.objects.get().fresh == [older.pk]


def test_who_left_is_not_told(enter, pile):
    index_all()
    keep(enter("officer1"))
    registered()
    index_all()
    User.objects.filter(username="officer1").update(is_active=False)
    assert saved_searches.digest() == 0
    assert not Outbox.objects.filter(url="/search/saved/").exists()


def test_hearing_of_it_can_be_switched(enter, pile):
    index_all()
    client = enter("officer1")
    keep(client, digest="")
    registered()
    index_all()
    kept = SavedSearch.objects.get()
    client.post(f"/search/saved/{kept.pk}/change/", {"digest": "1"})
    assert saved_searches.digest() == 0  # 从打开的这一刻起才算新
    registered()
    index_all()
    assert saved_searches.digest() == 1
    client.post(f"/search/saved/{kept.pk}/change/", {"digest": "0"})
    registered()
    index_all()
    assert saved_searches.digest() == 0


@pytest.mark.parametrize(
    ("username", "address"),
    [
        ("officer1", "/cases/?q=a%00b"),
        ("officer1", "/cases/?q=%ED%A0%80"),
        ("officer1", "/cases/?category=a%00b"),
        ("officer1", "/search/?q=a%00b&year=a%00b"),
        ("admin1", "/config/users/?q=a%00b"),
        ("admin1", "/config/organs/?q=a%00b"),
    ],
)
def test_signs_no_word_holds_find_nothing_and_break_nothing(city, username, address):
    assert signed_in(username).get(address).status_code == 200
