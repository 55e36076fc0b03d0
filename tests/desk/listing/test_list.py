"""清单：每页多少件都一样快；翻页不漏不重；人看不到的哪里也没有。"""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.models import AccountEvent, Organ, SavedView
from desk.lists import keyset, lamps
from insight.search.indexing import index_all
from petitions.act.states import Kind
from petitions.intake.registration import PartyFacts
from petitions.models import Petition
from rulebook.timekeeping import at, now, today
from tests.cast import accepted, registered, someone

pytestmark = pytest.mark.django_db
CANARY = "金丝雀暗语"


def queries_of(client, url: str) -> int:
    """Queries of the page once rules and session are warm; the clock is held, for reading its shift asks one."""
    with at(now()):
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
    return len(asked)


@pytest.mark.parametrize("who", ["clerk1", "officer1", "super1", "dchief1", "deputy1"])
def test_at_most_twelve_queries(enter, pile, who):
    for view in ("open", "red", "triage", "done"):
        assert queries_of(enter(who), f"/cases/?view={view}") <= 12
    assert queries_of(enter(who), "/cases/?channel=visit&state=@handling&since=2026-01-01") <= 12


def test_a_longer_page_asks_no_more(enter, pile):
    client = enter("officer1")
    few = queries_of(client, "/cases/")
    for _ in range(8):
        registered()
    assert queries_of(client, "/cases/") == few


def test_saved_views_do_not_add_queries(enter, pile):
    client = enter("officer1")
    before = queries_of(client, "/cases/")
    for n in range(SavedView.MOST):
        SavedView.objects.create(user=someone("officer1"), name=f"视图{n}", query="channel=visit")
    assert queries_of(client, "/cases/") == before


def test_rows_say_what_the_table_promises(enter, pile):
    page = enter("officer1").get("/cases/?view=triage").content.decode()
    petition = pile["triage"][0]
    assert f'<a class="t" href="/cases/{petition.number}/">' in page
    assert "陈玉兰" in page
    assert "来访" in page
    assert '<table class="tbl m two">' in page
    assert 'aria-sort="ascending"' in page
    assert 'aria-current="true"' in page


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_keyset_loses_and_doubles_nothing_with_equal_and_missing_days(city, size):
    made = [registered() for _ in range(7)]
    Petition.objects.filter(pk__in=[p.pk for p in made[4:6]]).update(next_due_on=None)
    Petition.objects.filter(pk=made[6].pk).update(next_due_on=today())
    everything = Petition.objects.all()
    wanted = list(everything.soonest_first().values_list("pk", flat=True))
    page, seen, pages = keyset.page(lambda: everything, size=size), [], []
    while True:
        pages.append([row.pk for row in page.rows])
        seen += pages[-1]
        if not page.next:
            break
        page = keyset.page(lambda: everything, after=page.next, size=size)
    assert seen == wanted
    back = [pages[-1]]
    while page.prev:
        page = keyset.page(lambda: everything, before=page.prev, size=size)
        back.append([row.pk for row in page.rows])
    assert back[::-1] == pages
    assert not page.prev


def test_a_row_that_leaves_between_two_pages_takes_none_with_it(city):
    made = sorted((registered() for _ in range(5)), key=lambda petition: petition.pk)
    first = keyset.page(Petition.objects.all, size=2)
    Petition.objects.filter(pk=made[0].pk).update(next_due_on=None)
    second = keyset.page(Petition.objects.all, after=first.next, size=2)
    assert [row.pk for row in second.rows] == [made[2].pk, made[3].pk]


@pytest.mark.parametrize("key", ["", "x", "2026-01-01", "2026-13-01.5", "none.x", "none." + "9" * 40, ".1"])
def test_an_altered_key_begins_at_the_first_page(enter, pile, key):
    assert enter("officer1").get("/cases/", {"after": key}).context["rows"]


def test_lamps_of_filter_and_row_agree(city):
    made = [accepted() for _ in range(2)] + [registered() for _ in range(2)]
    with at(now() + timedelta(days=0)):
        due = {petition.pk: petition.next_due_on for petition in made}
    for shift in (0, 11, 12, 14, 15, 16, 44, 45, 60, 61):
        with at(now() + timedelta(days=shift)):
            day = today()
            for petition in Petition.objects.all():
                colour, left = lamps.of_row(petition, day)
                assert left == (due[petition.pk] - day).days
                for other in "ryg":
                    there = Petition.objects.filter(lamps.under(other, day), pk=petition.pk).exists()
                    assert there == (other == colour), (shift, petition.next_term, left, colour, other)


def test_withheld_name_is_masked_and_the_group_is_counted(enter, city):
    told = PartyFacts(name="欧阳明珠", phone="13800009999", address="云河区青柳街道春柳苑", name_withheld=True)
    registered(parties=[told], facts={"people_count": 7})
    page = enter("officer1").get("/cases/?view=all").content.decode()
    assert "欧** 等 7 人" in page
    assert "欧阳明珠" not in page
    assert "集体访" in page


def test_what_one_may_not_see_is_nowhere(enter, city):
    registered(kind=Kind.REPORT, original=f"{CANARY}，某科长收受财物。", title=f"{CANARY}事项", claims=[CANARY])
    mark = registered(title="普通事项").number
    index_all()
    for who in ("officer1", "chief1", "head1", "super1", "dchief1", "dhead1", "chead1", "legal1", "handler1"):
        client = enter(who)
        listed = client.get("/cases/?view=all")
        searched = client.get("/search/", {"q": CANARY})
        assert CANARY not in listed.content.decode(), who
        assert f"{CANARY}事项" not in searched.content.decode(), who
        assert "没有查到" in searched.content.decode(), who
        assert [row["number"] for row in listed.context["rows"]] in ([mark], []), who
        home = client.get("/")
        assert CANARY not in home.content.decode()
    assert enter("admin1").get("/cases/").status_code == 403


def test_another_street_sees_nothing(enter, pile):
    answer = enter("officer.wh").get("/cases/?view=all")
    assert answer.context["rows"] == []
    assert "这一堆已经清空" in answer.content.decode()


def test_the_filter_form_answers_with_an_address(enter, pile):
    answer = enter("officer1").post("/cases/", {"view": "open", "q": "电梯", "channel": "visit", "lamp": ""})
    assert answer.status_code == 302
    assert answer["Location"] == "/cases/?view=open&q=%E7%94%B5%E6%A2%AF&channel=visit"


@pytest.mark.parametrize("words", ["110199195401150011", "13800000001", "陈玉兰 13800000001", "010-55501234"])
def test_numbers_of_people_never_get_into_an_address(enter, pile, words):
    client = enter("officer1")
    answer = client.post("/cases/", {"view": "open", "q": words})
    assert answer.status_code == 200  # 直接作答，不转向
    assert client.get("/cases/", {"q": words}).context["filters"].q == ""
    assert "不要写在网址里" in client.get("/search/", {"q": words}).content.decode()
    assert client.post("/search/", {"q": words}).status_code == 200


def test_filters_narrow(enter, pile):
    client = enter("officer1")
    letter = registered(channel="letter")
    shown = lambda query: {row["number"] for row in client.get(f"/cases/?{query}").context["rows"]}  # noqa: E731
    assert shown("channel=letter") == {letter.number}
    assert shown("state=@handling") == {petition.number for petition in pile["handling"]}
    assert shown("state=accepted") == shown("state=@handling")
    assert shown("lamp=r") == set()
    assert len(shown("lamp=g")) == 8
    assert shown(f"since={today() + timedelta(days=1)}") == set()
    assert len(shown(f"until={today()}")) == 8
    assert len(shown("state=nonsense&channel=x&organ=x&since=x")) == 8
    assert len(shown(f"organ={Organ.objects.get(code='YHQL').pk}")) == 8
    index_all()
    assert shown("q=%E7%94%B5%E6%A2%AF") == shown("")
    assert shown(f"q={letter.number}") == {letter.number}


def test_the_case_page_learns_the_page_it_was_opened_from(enter, pile):
    client = enter("officer1")
    rows = client.get("/cases/?view=triage").context["rows"]
    assert client.session["case_list"] == [row["number"] for row in rows]


def test_saved_view_round_trip(enter, pile):
    client = enter("officer1")
    assert client.post("/cases/views/new/", {"name": "", "channel": "letter"}).status_code == 422
    answer = client.post("/cases/views/new/", {"name": "来信", "view": "open", "channel": "letter"})
    assert answer["Location"] == "/cases/?view=open&channel=letter"
    tabs = client.get(answer["Location"]).context["tabs"]
    assert [(tab["label"], tab["count"]) for tab in tabs if tab["current"]] == [("来信", 0)]
    assert client.post("/cases/views/new/", {"name": "来信", "view": "open"}).status_code == 422
    view = SavedView.objects.get()
    assert enter("clerk1").post(f"/cases/views/{view.pk}/drop/").status_code == 404
    client.post(f"/cases/views/{view.pk}/drop/")
    assert not SavedView.objects.exists()


def test_export_is_marked_logged_and_within_reach(enter, pile):
    client = enter("officer1")
    registered(kind=Kind.REPORT, title=CANARY)
    registered(title="=1+1 公式")
    answer = client.get("/cases/export.xlsx?view=open")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    lines = list(book.active.iter_rows(values_only=True))
    assert "李致平" in lines[0][0]
    assert "导出" in lines[0][0]
    assert len(lines) == 2 + 8
    assert CANARY not in str(lines)
    assert any(line[1] == "'=1+1 公式" for line in lines[2:])
    event = AccountEvent.objects.get(what=AccountEvent.What.EXPORTED)
    assert (event.by.username, event.details["rows"]) == ("officer1", 8)
    book.close()


@pytest.mark.parametrize("who", ["clerk1", "handler1", "admin1", "legal1"])
def test_who_may_not_export_cannot(enter, pile, who):
    assert enter(who).get("/cases/export.xlsx").status_code == 403


def test_search_marks_what_was_found_and_counts(enter, pile):
    index_all()
    answer = enter("officer1").get("/search/", {"q": "电梯"})
    page = answer.content.decode()
    assert "<mark>电梯</mark>" in page
    assert "查到 7 件" in page
    narrowed = enter("officer1").get("/search/", {"q": "电梯", "stage": "@handling"})
    assert narrowed.context["page"].count == 2
    assert "环节：办理环节" in narrowed.content.decode()


def test_search_by_phone_and_identity(enter, pile):
    party = pile["triage"][0].submission.parties.get()
    client = enter("officer1")
    for key in (party.phone, party.id_number):
        answer = client.post("/search/", {"q": key})
        assert [hit["number"] for hit in answer.context["hits"]] == [pile["triage"][0].number]
        assert "no-store" in answer["Cache-Control"]


def test_one_sign_is_too_little(enter, pile):
    assert "至少输入两个字" in enter("officer1").get("/search/", {"q": "梯"}).content.decode()


def test_ticking_is_offered_to_who_can_urge(enter, pile):
    page = enter("officer1").get("/cases/").content.decode()
    assert 'action="/supervision/urge/"' in page
    assert page.count('name="case"') == 7
    assert "data-all" in page
    assert 'type="checkbox"' not in enter("clerk1").get("/cases/").content.decode()
    number = pile["handling"][0].number
    assert number in enter("officer1").get("/supervision/urge/", {"case": number}).content.decode()
