"""别人正在写：打开意见稿的表就看得见，办成、离开就没有了；后保存的被告知，写的字还在。"""

from datetime import datetime, timedelta

import pytest

from petitions.act.states import State
from petitions.models import Editing
from petitions.petition.editing import rules as editing
from rulebook.acts import Act
from rulebook.timekeeping import BEIJING
from rulebook.timekeeping import at as clock_at
from tests.cast import accepted, do, fresh, petition_at, someone
from tests.desk.case.hands import at, post, signed_in, text

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 3, 10, 10, 32, tzinfo=BEIJING)
LETTER = {
    "facts": "经现场核查，电梯曳引机损坏，维保单位已更换。",
    "basis": "《特种设备安全法》第三十六条",
    "finding1": "support",
    "answer1": "电梯已于三日内修好。",
    "finding2": "partly",
    "answer2": "维修资金使用情况已在楼门公示。",
}
SAID = "李致平正在编辑“起草处理意见”</b>（10:32 起）"


@pytest.fixture
def petition(city):
    """In hand; heard; allotted to nobody, so that officer and handler may both draft."""
    with clock_at(TEN - timedelta(days=1)):
        found = do(accepted(), Act.INQUIRE, form="heard", note="电话听取意见。")
        return do(found, Act.ALLOT, "chief1", to=someone("handler1"))


def look(petition, username, act="draft"):
    return text(signed_in(username).get(at(petition, f"do/{act}/")))


def test_who_opens_the_draft_is_seen_by_whoever_opens_the_case_next(petition):
    with clock_at(TEN):
        assert "正在编辑" not in look(petition, "officer1")
    with clock_at(TEN + timedelta(minutes=8)):
        page = look(petition, "handler1")
        assert SAID in page
        assert "正在编辑" not in page.replace(SAID, ""), "自己不提示自己"
        assert f"{someone('handler1').name}正在编辑" in look(petition, "officer1")
        assert SAID in look(petition, "handler1", "submit"), "送核查的人也看得见还有人在写"


def test_opened_again_it_keeps_its_hour_and_left_alone_it_is_forgotten(petition):
    with clock_at(TEN):
        look(petition, "officer1")
    with clock_at(TEN + timedelta(minutes=20)):
        look(petition, "officer1")
    with clock_at(TEN + timedelta(minutes=45)):
        assert SAID in look(petition, "handler1")
    with clock_at(TEN + timedelta(minutes=51)):
        assert "李致平正在编辑" not in look(petition, "handler1")
    assert {row.user.username for row in Editing.objects.all()} == {"handler1"}, "过时的行随手删去"


def test_a_page_that_reports_each_minute_is_known_to_have_been_left_soon(petition):
    officer, handler = signed_in("officer1"), signed_in("handler1")
    with clock_at(TEN):
        officer.get(at(petition, "do/draft/"))
    with clock_at(TEN + timedelta(minutes=1)):
        told = text(officer.get(at(petition, "do/draft/writing/"), headers={"HX-Request": "true"}))
        assert "every 60s" in told and "正在编辑" not in told
        handler.get(at(petition, "do/draft/"))
    with clock_at(TEN + timedelta(minutes=3)):
        assert SAID in text(handler.get(at(petition, "do/draft/writing/")))
        assert "正在编辑" in text(officer.get(at(petition, "do/draft/writing/")))
    with clock_at(TEN + timedelta(minutes=7)):
        assert "李致平正在编辑" not in text(handler.get(at(petition, "do/draft/writing/")))
        officer.get(at(petition, "do/draft/writing/"))
        assert "李致平正在编辑" not in text(handler.get(at(petition, "do/draft/writing/"))), "离开以后报到不作数"


def test_saving_ends_it(petition):
    with clock_at(TEN):
        look(petition, "officer1")
        petition, _ = post(petition, "draft", "officer1", **LETTER)
        assert editing.by_others(petition, someone("handler1")) == []


def test_who_saves_second_is_told_sees_the_newer_draft_and_keeps_every_word(petition):
    with clock_at(TEN):
        seen = petition.seq
        look(petition, "officer1"), look(petition, "handler1")
        petition, _ = post(
            petition, "draft", "officer1", seq=seen, **LETTER | {"facts": "经调取检验报告，曳引机轴承损坏。"}
        )
        mine = LETTER | {"answer1": "电梯已经修好，检验合格。"}
        petition, answer = post(petition, "draft", "handler1", status=422, seq=seen, **mine)
    page = text(answer)
    assert "李致平刚对本件“起草处理意见”" in page
    assert "电梯已经修好，检验合格。" in page and LETTER["facts"] in page, "写的字还在"
    assert "处理意见第 1 稿" in page and "曳引机轴承损坏" in page, "先保存的一稿摆在旁边"
    assert petition.opinions.count() == 1
    with clock_at(TEN):
        petition, _ = post(petition, "draft", "handler1", **mine)
    assert [one.drafted_by.username for one in petition.opinions.order_by("version")] == ["officer1", "handler1"]


def test_only_who_may_see_the_case_is_told_and_acts_that_write_nothing_leave_no_mark(petition):
    with clock_at(TEN):
        assert signed_in("disc1").get(at(petition, "do/draft/writing/")).status_code == 404
        assert signed_in("officer1").get(at(petition, "do/view/writing/")).status_code == 404
        look(petition, "officer1", "note")
        look(petition, "officer1", "inquire")
    assert not Editing.objects.exists()


def test_a_form_that_cannot_be_sent_is_not_being_written(city):
    petition = petition_at(State.SUBMITTED)
    page = look(petition, "officer1", "draft")
    assert "现在不能办" in page
    assert not Editing.objects.exists()


def test_nothing_is_locked(petition):
    with clock_at(TEN):
        look(petition, "officer1")
        petition, _ = post(petition, "draft", "handler1", **LETTER)
    assert fresh(petition).latest_opinion.drafted_by.username == "handler1"
