"""大厅：取号、叫号、登记、离开；两个窗口同时叫号；大厅屏上没有姓名（rules §8.2 第 1、12 步）。"""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from accounts.models import Organ
from petitions.act.decorator import Refused
from petitions.intake.visit import rules as visiting
from petitions.models import Petition, Visit
from tests import cast
from tests.desk.register.typing import sheet


@pytest.fixture
def street(city):
    return Organ.objects.get(code="YHQL")


@pytest.fixture
def clerk(city, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(cast.someone("clerk1"))
    return client


def draw(street, *needs):
    return [visiting.take(street, by=cast.someone("clerk1"), need=need) for need in needs]


def call(street, by="clerk1", window=1):
    return visiting.call_next(street, by=cast.someone(by), window=window)


def test_numbers_of_the_day_run_without_gaps_and_begin_anew_each_day_and_in_each_hall(street):
    with cast.on_day("2026-03-02"):
        assert [visit.ticket for visit in draw(street, "", "")] == ["A001", "A002"]
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            draw(street, "")
            _ = 1 / 0
        assert draw(street, "")[0].ticket == "A003", "作废的一次不占号"
        elsewhere = Organ.objects.get(code="YHZJ")
        assert visiting.take(elsewhere, by=cast.someone("officer.yhzj")).ticket == "A001"
    with cast.on_day("2026-03-03"):
        assert draw(street, "")[0].ticket == "A001"


def test_special_needs_come_first_then_the_order_of_numbers(street):
    draw(street, "", "", "elderly", "pregnant")
    called = []
    for _ in range(4):
        visit = call(street)
        called.append(visit.ticket)
        visiting.miss(visit, by=cast.someone("clerk1"))
    assert called == ["A003", "A004", "A001", "A002"]
    with pytest.raises(Refused, match="现在没有人等候"):
        call(street)


def test_who_was_called_is_met_or_missed_before_the_next(street):
    draw(street, "", "")
    first = call(street)
    with pytest.raises(Refused, match="A001 还在叫号：人到了的点“开始接待”，没有来的点“未到”"):
        call(street)
    visiting.meet(first, by=cast.someone("clerk1"))
    assert call(street).ticket == "A002"
    first.refresh_from_db()
    assert (first.state, first.end) == (Visit.State.LEFT, Visit.End.CALM) and first.left_at is not None


def test_who_missed_the_call_is_called_again_the_same_day(street):
    with cast.on_day("2026-03-02"):
        draw(street, "")
        missed = visiting.miss(call(street), by=cast.someone("clerk1"))
        again = visiting.call_again(missed, by=cast.someone("officer1"), window=3)
        assert (again.state, again.window, again.calls, again.end) == ("called", 3, 2, "")
        visiting.miss(again, by=cast.someone("officer1"))
    with cast.on_day("2026-03-03"), pytest.raises(Refused, match="现为“离开”，不能再叫"):
        visiting.call_again(missed, by=cast.someone("clerk1"), window=1)


def test_another_offices_hall_is_not_mine(street):
    with pytest.raises(PermissionDenied, match="不能办理取号叫号"):
        visiting.take(street, by=cast.someone("officer.yhzj"))
    with pytest.raises(PermissionDenied, match="不能办理取号叫号"):
        visiting.take(street, by=cast.someone("handler1"))


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_call_at_once_get_two_numbers(street):
    draw(street, "", "")
    got, gate = {}, threading.Barrier(2)

    def window(name, number):
        try:
            gate.wait(5)
            got[name] = visiting.call_next(street, by=cast.someone(name), window=number).ticket
        finally:
            connection.close()

    both = [threading.Thread(target=window, args=told) for told in (("clerk1", 1), ("officer1", 2))]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(got.values()) == ["A001", "A002"]


def test_a_morning_at_window_two(clerk, street):
    """取号打印 → 坐到窗口 → 叫号 → 登记自动带号 → 走访结束登记 → 下一位."""
    answer = clerk.post("/hall/", {"need": "elderly", "people": "1", "do": "print"})
    visit = Visit.objects.get()
    assert answer.url == f"/hall/{visit.pk}/ticket/"
    paper = clerk.get(answer.url).content.decode()
    assert "A001" in paper and "优先接待" in paper and "前面等候 0 人次" in paper
    clerk.post("/hall/", {"need": "", "people": "7"})
    refused = clerk.post("/hall/next/", follow=True).content.decode()
    assert "写明您在几号窗口" in refused
    assert "窗口号请填 1 到 99" in clerk.post("/hall/window/", {"window": "二"}, follow=True).content.decode()
    clerk.post("/hall/window/", {"window": "2"})
    page = clerk.post("/hall/next/", follow=True).content.decode()
    assert "请 A001 号到 2 号窗口（老年人，优先接待）" in page
    assert f'name="visit" value="{visit.pk}"' in page and "候访 1" in page
    assert 'value="meet" data-key="Alt+K"' in page and 'name="do" value="call"' not in page
    page = clerk.post("/register/", sheet(do="meet", visit=str(visit.pk), nm="刘桂兰")).content.decode()
    assert "A001 开始接待" in page and "刘桂兰" in page and 'value="call" data-key="F6"' in page
    clerk.post("/register/", sheet(visit=str(visit.pk)))
    petition = Petition.objects.get()
    assert list(visit.submissions.all()) == [petition.submission]
    done = clerk.get(f"/register/{petition.number}/done").content.decode()
    assert f"/hall/cases/{petition.number}/end/" in done
    form = clerk.get(f"/hall/cases/{petition.number}/end/").content.decode()
    assert "已打印并交给登记回执" in form and "A001" in form
    told = {"told": "on", "receipt": "on", "end": "calm", "mood": "content", "note": ""}
    page = clerk.post(f"/hall/cases/{petition.number}/end/", told, follow=True).content.decode()
    assert "A001 已登记离开，接待 0 分钟" in page
    visit.refresh_from_db()
    assert (visit.state, visit.told, visit.receipt, visit.mood) == ("left", True, True, "content")
    page = clerk.post("/hall/next/", follow=True).content.decode()
    assert "请 A002 号到 2 号窗口，7 人，请推选不超过 5 名代表（第二十条）" in page
    hall = clerk.get("/hall/").content.decode()
    assert petition.number in hall and "表示满意" in hall and "刘桂兰" not in hall


def test_calling_the_next_loses_nothing_that_was_typed(clerk, street):
    draw(street, "", "")
    clerk.post("/hall/window/", {"window": "1"})
    page = clerk.post("/register/", sheet(do="call"), follow=True).content.decode()
    assert "请 A001 号到 1 号窗口" in page and "已暂存" in page and "草稿 1" in page
    page = clerk.post("/register/", sheet(do="call", nm="周建国")).content.decode()
    assert "A001 还在叫号" in page and "周建国" in page, "叫不了号，录入的还在"
    page = clerk.post("/register/", sheet(do="miss", nm="周建国")).content.decode()
    assert "A001 记为未到" in page and "周建国" in page


def test_the_end_of_a_visit_is_recorded_without_a_number_too(clerk):
    clerk.post("/register/", sheet())
    petition = Petition.objects.get()
    address = f"/hall/cases/{petition.number}/end/"
    clerk.get(address)
    assert not Visit.objects.exists(), "只看不记"
    refused = clerk.post(address, {"end": "calm", "note": "补交了照片"})
    page = refused.content.decode()
    assert refused.status_code == 422 and "没有表示的选“未表示”" in page and "补交了照片" in page
    answer = clerk.post(address, {"end": "stayed", "mood": "not", "note": "补交了照片"})
    assert answer.url == "/supervision/incidents/new/", "滞留的另行登记秩序事件"
    visit = Visit.objects.get()
    assert (visit.number, visit.end, visit.told, visit.clerk.username) == (None, "stayed", False, "clerk1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM petitions_visit")
        assert "照片" not in cursor.fetchone()[0]
    assert petition.events.filter(act="register").count() == 1 and cast.fresh(petition).seq == 2, "信访件的日志不动"
    clerk.force_login(cast.someone("officer1"))
    assert "请接待人登记" in clerk.post(address, {"end": "calm", "mood": "unsaid"}).content.decode()


def test_the_screen_in_the_hall_names_nobody_and_needs_no_login(clerk, client, street):
    draw(street, "elderly", "")
    call(street, window=2)
    clerk.post("/register/", sheet())
    assert 'href="/hall-screen/YHQL/"' in clerk.get("/hall/").content.decode()
    client.logout()
    answer = client.get("/hall-screen/YHQL/")
    page = answer.content.decode()
    assert answer.status_code == 200 and "2 号窗口" in page and "A001" in page and "A002" in page
    assert answer["Refresh"] == "5" and "no-store" in answer["Cache-Control"]
    assert "王晓岚" not in page and "刘桂兰" not in page
    assert "A00" not in client.get("/hall-screen/YHWH/").content.decode()  # 别的大厅的号不在这里
    for nowhere in ("YHQLPA", "NOBODY"):
        assert client.get(f"/hall-screen/{nowhere}/").status_code == 404
    assert client.get("/hall/").status_code == 302


def test_the_desk_without_a_queue_shows_nothing_of_it(clerk):
    assert "候访" not in clerk.get("/register/").content.decode()
    clerk.force_login(cast.someone("handler1"))
    assert clerk.get("/hall/").status_code == 403 and "/hall/" not in clerk.get("/cases/").content.decode()
