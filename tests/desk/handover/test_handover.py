"""人员交接：一个人手里的件看得全、逐件分派、交不了的说明理由；看不到的件不露；两人同时交的告诉后来的。"""

from datetime import date, timedelta

import pytest

from desk.handover import views
from petitions.approval import rules as approvals
from petitions.models import Petition
from rulebook.acts import Act
from tests.cast import accepted, do, drafted, fresh, on_day, registered, someone
from tests.desk.case.hands import signed_in, text
from tests.supervision.test_orders import issued

pytestmark = pytest.mark.usefixtures("city")
DAY = date(2026, 3, 2)
LIST = "/handover/"


def given(petition, to="handler1"):
    return do(petition, Act.ALLOT, "chief1", to=someone(to))


def page_of(name):
    return f"{LIST}{someone(name).pk}/"


def drawn(*petitions):
    """What the page would post for these petitions, as they stand now."""
    return {f"seq_{one.pk}": fresh(one).seq for one in petitions}


def hand_on(petitions, leaver="handler1", by="chief1", **told):
    return signed_in(by).post(page_of(leaver), drawn(*petitions) | {"to": "", "note": ""} | told)


def test_everything_in_the_hands_of_who_leaves_is_seen_with_what_it_waits_for(django_assert_max_num_queries):
    with on_day(DAY):
        plain, instructed = given(accepted()), given(drafted(accepted()))
        do(instructed, Act.INSTRUCT, "head1", instruction="速办。", note="速办。", due_on=DAY + timedelta(days=7))
        ordered = given(issued().petition)
        browser = signed_in("chief1")
        listed = text(browser.get(LIST))
        assert "3 件" in listed and page_of("handler1") in listed
        with django_assert_max_num_queries(22):
            seen = text(browser.get(page_of("handler1")))
    for petition in (plain, instructed, ordered):
        assert petition.number in seen
    assert "批示报告 03-09 前" in seen and "意见稿第 1 稿" in seen and "督办单反馈" in seen


def test_all_go_to_one_and_a_row_may_go_to_another_or_stay():
    with on_day(DAY):
        first, second, third = (given(accepted()) for _ in range(3))
        officer, deputy = someone("officer1"), someone("deputy1")
        rows = {f"to_{second.pk}": deputy.pk, f"to_{third.pk}": "-"}
        answer = hand_on([first, second, third], to=officer.pk, note="李某调离，交接。", **rows)
    assert answer.status_code == 302
    assert [fresh(one).handler for one in (first, second, third)] == [officer, deputy, someone("handler1")]
    line = fresh(first).events.latest("seq")
    assert (line.act, line.by.username, line.text.body) == ("allot", "chief1", "李某调离，交接。")
    before, after = (list(one.deadlines.values_list("term", "due_on")) for one in (first, fresh(first)))
    assert before == after  # 分派不动期限


def test_nobody_chosen_is_said_beside_the_field_and_nothing_goes():
    with on_day(DAY):
        petition = given(accepted())
        answer = hand_on([petition], note="调离")
    assert answer.status_code == 422
    assert "还有 1 件没有选接手人" in text(answer) and "调离" in text(answer)
    assert fresh(petition).handler == someone("handler1")


def test_what_somebody_else_has_just_acted_on_is_named_and_the_rest_goes_on():
    with on_day(DAY):
        still, moved, taken = (given(accepted()) for _ in range(3))
        told = drawn(still, moved, taken)
        do(moved, Act.NOTE, "chief1", note="已电话沟通。")
        given(taken, "officer1")
        answer = signed_in("chief1").post(page_of("handler1"), told | {"to": someone("deputy1").pk, "note": ""})
    page = text(answer)
    assert answer.status_code == 422 and "没有移交的" in page and "本件刚被他人办理或者移交" in page
    assert moved.number in page and taken.number in page
    assert [fresh(one).handler.username for one in (still, moved, taken)] == ["deputy1", "handler1", "officer1"]


def test_the_second_of_two_is_told_that_nothing_is_left_to_hand_on():
    with on_day(DAY):
        petition = given(accepted())
        told = drawn(petition) | {"to": someone("officer1").pk, "note": ""}
        address = page_of("handler1")
        assert signed_in("chief1").post(address, told).status_code == 302
        second = signed_in("officer1").post(address, told, follow=True)
    assert "刚被他人移交" in text(second)
    assert Petition.objects.get(pk=petition.pk).events.filter(act=Act.ALLOT).count() == 2


def test_what_is_not_listed_goes_with_the_rest_when_asked(monkeypatch):
    monkeypatch.setattr(views, "SHOWN", 1)
    with on_day(DAY):
        first, second = given(accepted()), given(accepted())
        page = text(signed_in("chief1").get(page_of("handler1")))
        assert "没有列出的 1 件也交给这一位" in page
        hand_on([first], to=someone("officer1").pk, rest="on")
    assert {fresh(one).handler.username for one in (first, second)} == {"officer1"}


def test_what_the_user_may_not_see_is_neither_listed_nor_counted_nor_moved():
    with on_day(DAY):
        given(accepted())
        report = registered("clerk1", kind="report", accused_text="某人", title="暗号标题")
        report.handler = someone("handler1")
        report.save(update_fields=["handler"])
        browser = signed_in("chief1")
        assert "1 件" in text(browser.get(LIST))
        assert "暗号标题" not in text(browser.get(page_of("handler1")))
        hand_on([report], to=someone("officer1").pk)
    assert Petition.objects.get(pk=report.pk).handler == someone("handler1")


def test_only_who_may_allot_has_the_page_and_it_is_in_their_menu():
    with on_day(DAY):
        assert signed_in("clerk1").get(LIST).status_code == 403
        assert signed_in("chief1").get(page_of("officer1")).status_code == 404  # 手里没有件
        assert f'href="{LIST}"' in text(signed_in("chief1").get("/"))
        assert f'href="{LIST}"' not in text(signed_in("clerk1").get("/"))


def test_a_request_of_who_leaves_on_anothers_petition_stays_valid_and_is_named():
    with on_day(DAY):
        mine, others = given(accepted(), "officer1"), given(accepted())
        approvals.request(fresh(others), Act.EXTEND, by=someone("officer1"), days=15, reason="须委托检测")
        page = text(signed_in("chief1").get(page_of("officer1")))
    assert mine.number in page and others.number in page and "报请延长办理期限仍然有效" in page


def test_a_petition_without_a_running_day_says_no_empty_day():
    with on_day(DAY):
        petition = given(accepted())
        Petition.objects.filter(pk=petition.pk).update(next_due_on=None)
        seen = text(signed_in("chief1").get(page_of("handler1")))
    assert petition.number in seen and 'data-t="届满"' not in seen
