"""右栏比对、草稿、登录过期、日终核对、不用脚本的两步。"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organ
from insight.search.indexing import index_all
from petitions.models import Petition, RegistrationDraft
from rulebook.acts import Act
from tests import cast
from tests.desk.register.typing import TEXT, sheet


@pytest.fixture
def clerk(city, client):
    client.force_login(cast.someone("clerk1"))
    return client


def test_the_panel_within_its_budget(clerk):
    with cast.on_day("2026-03-02"):
        for _ in range(3):
            cast.registered(original=TEXT)
        index_all()
        told = sheet(cat_other="", unit="")
        clerk.post("/register/panel/", told)
        with CaptureQueriesContext(connection) as asked:
            page = clerk.post("/register/panel/", told).content.decode()
    assert sum("SELECT" in one["sql"] for one in asked) <= 15
    assert "疑似同一事项" in page and "春柳苑近 90 天" in page
    assert "合：同一小区：" in page
    assert 'name="cat"' in page and 'name="unit"' in page and "比对到 3 件" in page


def test_the_panel_says_so_when_nothing_is_found(clerk):
    page = clerk.post("/register/panel/", sheet(cat_other="", unit="")).content.decode()
    assert "本人既往 0 件" in page and "<li" in page


def test_the_panel_keeps_the_clerks_choice(clerk):
    told = sheet()
    page = clerk.post("/register/panel/", told).content.decode()
    assert f'value="{told["cat_other"]}" checked' in page and 'value="triage" checked' in page


def test_the_panel_never_shows_what_the_clerk_may_not_see(clerk):
    hidden = cast.registered(by="clerk1", kind="report", original=TEXT + "金丝雀暗号", accused_text="某人")
    cast.do(hidden, Act.REFER, "clerk1", to=Organ.objects.get(kind="discipline", territory="11019901"))
    index_all()
    page = clerk.post("/register/panel/", sheet(txt=TEXT + "金丝雀暗号", cat_other="", unit="")).content.decode()
    assert hidden.number not in page and "比对到 0 件" in page


def test_no_script_first_a_check_then_saved(clerk):
    first = clerk.post("/register/", sheet(cat_other="", unit="", seen="")).content.decode()
    assert "核对比对结果后再保存" in first and "请选择内容分类" in first and "请选择主办单位" in first
    assert 'type="radio" name="cat"' in first and 'type="radio" name="unit"' in first
    assert 'name="seen" id="seen" value="1"' in first and Petition.objects.count() == 0
    cat = first.split('name="cat" value="')[1].split('"')[0]
    unit = first.split('name="unit" value="')[1].split('"')[0]
    assert clerk.post("/register/", sheet(cat_other="", cat=cat, unit=unit)).status_code == 302
    proposal = Petition.objects.get().routing_proposals.get()
    assert proposal.followed is True and str(proposal.chosen_organ_id) == unit


def test_drafts_are_kept_found_and_dropped(clerk):
    key = clerk.post("/register/draft/", sheet(nm="刘桂兰", rep_nm=["周建国"])).json()["draft"]
    assert clerk.post("/register/draft/", sheet(nm="刘桂兰", txt="改了", draft=key)).json()["draft"] == key
    draft = RegistrationDraft.objects.get()
    assert "刘" not in draft.label
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM petitions_registrationdraft")
        assert "刘桂兰" not in cursor.fetchone()[0]
    listed = clerk.get("/register/drafts/").content.decode()
    assert f"?draft={key}" in listed and "刘桂兰" in listed
    page = clerk.get(f"/register/?draft={key}").content.decode()
    assert "刘桂兰" in page and "改了" in page and f'name="draft" value="{key}"' in page
    assert clerk.post("/register/", sheet(draft=key)).status_code == 302
    assert not RegistrationDraft.objects.exists()


def test_a_draft_is_its_owners_alone(clerk, client):
    key = clerk.post("/register/draft/", sheet(txt="别人的")).json()["draft"]
    client.force_login(cast.someone("officer1"))
    page = client.get(f"/register/?draft={key}", follow=True).content.decode()
    assert "别人的" not in page


def test_put_aside_and_nothing_to_keep(clerk):
    assert clerk.post("/register/draft/", {"channel": "visit", "ppl": "1"}).json() == {}
    page = clerk.post("/register/", sheet(do="draft"), follow=True).content.decode()
    assert "已暂存" in page and "草稿 1" in page


def test_an_ended_session_loses_nothing(city, client):
    answer = client.post("/register/", sheet(), headers={"accept": "text/html"})
    assert answer.status_code == 401 and "typed" in answer.content.decode()
    asked = client.post("/register/draft/", sheet(), headers={"accept": "application/json"})
    assert asked.status_code == 401


def test_day_end_compares_with_the_paper_register(clerk):
    clerk.post("/register/", sheet())
    clerk.post("/register/", sheet(channel="letter"))
    page = clerk.get("/register/dayend/").content.decode()
    assert "当日登记 2 件" in page and "王晓岚" in page and Petition.objects.first().number in page
    page = clerk.get("/register/dayend/?paper_visit=1&paper_letter=2").content.decode()
    assert "相符" in page and "系统少 1 件，请补录" in page
    page = clerk.get("/register/dayend/?paper_visit=1&paper_letter=1&paper_call=0&paper_web=0").content.decode()
    assert "登记数与纸质登记簿相符" in page
    assert "当日登记 0 件" in clerk.get("/register/dayend/?day=2024-01-02").content.decode()


def test_what_the_same_address_brought_before_is_compared_and_nobodys_own(clerk):
    old = cast.registered(original="楼上半夜总有人拖桌椅，睡不好觉，请社区去劝一劝。")
    index_all()
    address = old.submission.parties.get().address
    told = sheet(addr=address, txt="楼上半夜拖桌椅，吵得老人睡不好，请去劝劝。", cat_other="", unit="")
    page = clerk.post("/register/panel/", told).content.decode()
    assert old.number in page and "住址相同" in page
    assert "本人既往 0 件" in page
