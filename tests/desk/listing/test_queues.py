"""谁的岗位欠下一步，件就排到谁那里，别人的数里没有。"""

import pytest

from accounts.models import Grant
from desk import menu
from desk.lists import queues
from desk.many_counts import CAPPED, label, tally, tally_again
from petitions.act.states import Kind
from petitions.approval.rules import request as ask_for
from petitions.models import Petition
from rulebook.acts import Act
from tests.cast import accepted, fresh, issued, passed, registered, someone, submitted

pytestmark = pytest.mark.django_db


def counted(username: str) -> dict[str, int]:
    user = someone(username)
    return tally(user, {queue.key: queue.find(user) for queue in queues.of(user)})


def test_piles_of_a_street_by_post(pile):
    officer, handler = counted("officer1"), counted("handler1")
    assert (officer["triage"], officer["tell"], officer["handling"]) == (3, 2, 2)
    assert handler["handling"] == 1  # 只有分派给本人的
    assert "triage" not in handler
    assert counted("officer.wh")["triage"] == 0  # 别的街道一件也没有


def test_piles_move_with_the_petition(city):
    submitted()
    assert counted("legal1")["checking"] == 1
    passed()
    assert (counted("legal1")["checking"], counted("deputy1")["signing"]) == (1, 1)
    issued()
    assert counted("officer1")["serving"] == 1


def test_waiting_approval_is_counted_for_who_decides(city):
    ask_for(fresh(accepted()), Act.EXTEND, by=someone("officer1"), days=20, reason="需委托鉴定", note="需委托鉴定")
    assert counted("head1")["approvals"] == 1
    assert counted("deputy1")["approvals"] == 0


def test_one_query_however_many_are_counted(pile, django_assert_num_queries):
    user = someone("officer1")
    asked = {queue.key: queue.find(user) for queue in queues.of(user)}
    with django_assert_num_queries(1):
        tally(user, asked)
    with django_assert_num_queries(0):
        assert tally(user, {}) == {}


def test_badge_of_a_huge_pile():
    assert label(CAPPED) == "999+"
    assert label(7) == 7
    assert label(None) is None


def test_report_is_in_nobodys_piles_but_those_who_may_know(city):
    petition = registered(kind=Kind.REPORT)
    assert petition.secrecy > 0
    may_know = [name for name in CAST if Petition.objects.visible_to(someone(name)).exists()]
    assert set(may_know) <= {"clerk1", "disc1"}
    for name in set(CAST) - set(may_know):
        assert not any(counted(name).values()), name


CAST = ["clerk1", "officer1", "handler1", "chief1", "deputy1", "head1", "super1", "dclerk1", "dchief1", "dhead1"]
CAST += ["legal1", "leader1", "disc1", "admin1", "audit1", "chead1", "worker1"]


@pytest.mark.parametrize(
    ("who", "there", "absent"),
    [
        ("clerk1", ["登记台", "信访件", "待分流", "待告知", "综合查询"], ["督查督办", "用户管理", "待签发"]),
        ("handler1", ["信访件", "待办理"], ["登记台", "用户管理", "待签发", "督查督办"]),
        ("super1", ["督查督办", "待核查"], ["登记台", "用户管理"]),
        ("deputy1", ["待签发", "待审批"], ["登记台"]),
        ("admin1", ["工作台", "用户管理"], ["信访件", "登记台", "综合查询", "待办理"]),
        ("audit1", ["账户记录"], ["信访件", "用户管理"]),
    ],
)
def test_menu_by_post(rf, city, who, there, absent):
    request = rf.get("/")
    request.user = someone(who)
    labels = [item["label"] for group in menu.frame(request)["menu"] for item in group["items"]]
    assert set(there) <= set(labels)
    assert not set(absent) & set(labels)


def test_frame_costs_at_most_five_queries(rf, pile, django_assert_max_num_queries):
    from accounts.models import User

    request = rf.get("/cases/?view=triage")
    with django_assert_max_num_queries(5):
        request.user = User.objects.get(username="officer1")
        frame = menu.frame(request)
        items = [item for group in frame["menu"] for item in group["items"]]
        assert [item["label"] for item in items if item["current"]] == ["待分流"]
        assert frame["me"]["organ"] == "云州市云河区青柳街道办事处"
        assert not frame["unread"]


def test_a_page_without_frame_pays_nothing_for_it(rf, city, django_assert_num_queries):
    request = rf.get("/")
    request.user = someone("officer1")
    menu.frame(request)
    with django_assert_num_queries(0):
        menu.frame(request)


def test_a_kept_question_counts_anew_and_follows_the_grants(pile):
    def piles() -> dict[str, int]:
        user = someone("officer1")
        make = lambda: {queue.key: queue.find(user) for queue in queues.of(user)}  # noqa: E731
        return tally_again(user, "test", make)

    assert piles()["triage"] == 3
    registered()
    assert piles()["triage"] == 4
    Grant.objects.filter(role__code="ST_OFFICER", act=Act.CLASSIFY).delete()
    assert "triage" not in piles()
    assert piles()["handling"] == 2
