"""用户管理：只及于所管机构，不及于自己，每一步留一行。"""

import io
import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from openpyxl import Workbook

from accounts.authority import holds
from accounts.models import AccountEvent, User
from accounts.staff import acts as actions
from accounts.staff import roster
from rulebook.acts import Act
from rulebook.timekeeping import at, now
from tests.accounts.conftest import PASSWORD, again

PAGES = ["/config/users/", "/config/users/new/", "/config/users/import/", "/config/organs/", "/config/messages/"]


def lines(user):
    return list(AccountEvent.objects.filter(user=user).order_by("pk").values_list("what", "by__username"))


def new_clerk(town, by=None, **told):
    facts = {"username": "lizhiping", "name": "李致平", "organ": town.street, "roles": [town.roles["CLERK"]]}
    return actions.create_user(by=by or town.admin, title="来访接待岗", **(facts | told))


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_for_administrators(town, client, page):
    for user, status in ((town.clerk, 403), (town.head, 403), (town.auditor, 403), (town.admin, 200)):
        client.force_login(user)
        assert client.get(page).status_code == status


def test_account_log_is_for_the_auditor(town, client):
    new_clerk(town)
    client.force_login(town.admin)
    assert client.get("/config/account-log/").status_code == 403
    client.force_login(town.auditor)
    page = client.get("/config/account-log/").content.decode()
    assert "新建用户" in page and "李致平" in page


def test_create_through_the_page_shows_the_password_once(town, client):
    client.force_login(town.admin)
    posted = {"username": "lizhiping", "name": "李致平", "organ": town.street.pk, "roles": [town.roles["CLERK"].pk]}
    answer = client.post("/config/users/new/", posted)
    password = re.search(r'<td class="mono b">(\w{12})</td>', answer.content.decode())[1]
    assert "no-store" in answer["Cache-Control"]
    user = User.objects.get(username="lizhiping")
    assert user.check_password(password) and user.must_change_password
    assert lines(user) == [("created", "admin"), ("appointed", "admin")]
    assert password not in client.get(f"/config/users/{user.pk}/").content.decode()
    again_answer = client.post("/config/users/new/", posted)
    assert "“lizhiping”已有人使用" in again_answer.content.decode()
    bad = client.post("/config/users/new/", posted | {"username": "李", "roles": []}).content.decode()
    assert "以字母开头" in bad and "至少选一个角色" in bad


def test_list_is_narrowed_and_its_queries_do_not_grow(town, client, django_assert_max_num_queries):
    client.force_login(town.admin)
    with django_assert_max_num_queries(12):
        page = client.get("/config/users/").content.decode()
    assert "王晓岚" in page and "赵延平" in page and "登记员" in page
    page = client.get("/config/users/?organ=A1").content.decode()
    assert "王晓岚" in page and "孙慕贤" in page and "赵延平" not in page
    assert "没有符合条件的用户" in client.get("/config/users/?q=无此人").content.decode()
    for n in range(60):
        new_clerk(town, username=f"clerk{n}", name=f"人{n}")
    with django_assert_max_num_queries(12):
        assert "第 1 / 2 页" in client.get("/config/users/").content.decode()
    assert "第 2 / 2 页" in client.get("/config/users/?page=2").content.decode()


def test_reach_of_the_administrator(town, client):
    client.force_login(town.street_admin)
    page = client.get("/config/users/").content.decode()
    assert "王晓岚" in page and "孙慕贤" in page and "赵延平" not in page
    assert client.get(f"/config/users/{town.stranger.pk}/").status_code == 404
    assert client.post(f"/config/users/{town.stranger.pk}/reset/").status_code == 404
    with pytest.raises(PermissionDenied, match="不在您管理的机构范围内"):
        new_clerk(town, by=town.street_admin, organ=town.other)
    for refused in (actions.disable, actions.reset_password):
        with pytest.raises(PermissionDenied, match="不在您管理的机构范围内"):
            refused(town.stranger, by=town.street_admin)
    assert not AccountEvent.objects.exists()


def test_nobody_changes_themselves_and_system_posts_stand_alone(town, client):
    with pytest.raises(PermissionDenied, match="另一位系统管理员"):
        actions.appoint(town.admin, town.roles["HEAD"], "", by=town.admin)
    client.force_login(town.admin)
    assert client.post(f"/config/users/{town.admin.pk}/switch/", {"to": "off"}).status_code == 403
    with pytest.raises(ValidationError, match="不能与办理信访件的岗位由一人兼任"):
        actions.appoint(town.clerk, town.roles["ADMIN"], "", by=town.admin)
    with pytest.raises(ValidationError, match="已担任“登记员”"):
        actions.appoint(town.clerk, town.roles["CLERK"], "", by=town.admin)
    with pytest.raises(ValidationError, match="不能与"):
        new_clerk(town, roles=[town.roles["CLERK"], town.roles["AUDIT"]])
    assert not User.objects.filter(username="lizhiping").exists()  # 整件不成，一行不留
    assert not AccountEvent.objects.exists()


def test_disable_ends_the_session_and_enable_opens_again(town, client, django_user_model):
    admin = type(client)()
    admin.force_login(town.admin)
    assert client.login(username="clerk", password=PASSWORD)
    assert client.get("/account/").status_code == 200
    assert admin.post(f"/config/users/{town.clerk.pk}/switch/", {"to": "off"}).status_code == 302
    assert client.get("/account/").status_code == 302
    assert not client.login(username="clerk", password=PASSWORD)
    admin.post(f"/config/users/{town.clerk.pk}/switch/", {"to": "off"})  # 再点一次不多记
    admin.post(f"/config/users/{town.clerk.pk}/switch/", {"to": "on"})
    assert client.login(username="clerk", password=PASSWORD)
    assert lines(town.clerk) == [("disabled", "admin"), ("enabled", "admin")]


def test_reset_ends_the_old_session(town, client):
    assert client.login(username="clerk", password=PASSWORD)
    password = actions.reset_password(town.clerk, by=town.admin)
    assert client.get("/account/").status_code == 302
    assert client.post("/login/", {"username": "clerk", "password": password}).status_code == 302
    assert client.get("/account/")["Location"] == "/account/password/"
    assert lines(town.clerk)[0] == ("reset", "admin")


def test_posts_begin_and_end_today(town, client):
    client.force_login(town.admin)
    url = f"/config/users/{town.clerk.pk}/"
    assert client.post(url + "appoint/", {"role": ""}).status_code == 422
    client.post(url + "appoint/", {"role": town.roles["HEAD"].pk, "title": "副主任"})
    added = actions.current_appointments(town.clerk).get(post__role=town.roles["HEAD"])
    assert client.post(f"{url}posts/{added.pk}/end/").status_code == 302
    assert [row.post.role.code for row in actions.current_appointments(town.clerk)] == ["CLERK"]
    foreign = town.head.appointments.get()
    assert client.post(f"{url}posts/{foreign.pk}/end/").status_code == 404


def test_moving_to_another_organ_ends_the_posts(town, client):
    client.force_login(town.admin)
    posted = {"name": "王晓岚", "organ": town.other.pk, "phone": "", "email": ""}
    answer = client.post(f"/config/users/{town.clerk.pk}/", posted, follow=True)
    assert "原单位的岗位已终止" in answer.content.decode()
    assert not actions.current_appointments(town.clerk).exists()
    assert lines(town.clerk) == [("changed", "admin"), ("appointed", "admin")]
    assert AccountEvent.objects.filter(what="changed").get().details == {"fields": ["organ"], "organ": "A2"}
    client.post(f"/config/users/{town.clerk.pk}/", posted)
    assert len(lines(town.clerk)) == 2  # 没有改动就不记


def test_one_time_passwords_have_no_lookalikes():
    drawn = {actions.one_time_password() for _ in range(200)}
    assert len(drawn) == 200
    assert all(re.fullmatch(r"[a-hjkmnp-z2-9]{12}", password) for password in drawn)


def sheet(rows) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


ROWS = [
    list(roster.COLUMNS),
    ["zhangliqun", "张立群", "A1S", "CLERK", "科员", "010-55500147"],
    ["hexiaozhou", "何小舟", "望河街道办事处", "登记员；主任", "", ""],
    ["clerk", "重名", "A1", "CLERK", "", ""],
    ["x", "", "没有的单位", "没有的角色", "", ""],
    ["zhangliqun", "重复", "A1", "CLERK", "", ""],
    ["mixed", "兼任", "A1", "CLERK;ADMIN", "", ""],
]


@pytest.mark.parametrize("kind", ["xlsx", "csv", "gbk"])
def test_import_previews_then_creates_only_the_good_rows(town, client, kind):
    client.force_login(town.admin)
    text = "\r\n".join(",".join(row) for row in ROWS)
    body = {"xlsx": sheet(ROWS), "csv": b"\xef\xbb\xbf" + text.encode(), "gbk": text.encode("gb18030")}[kind]
    file = io.BytesIO(body)
    file.name = "人员.xlsx" if kind == "xlsx" else "人员.csv"
    preview = client.post("/config/users/import/", {"file": file}).content.decode()
    assert "共 6 行，可导入 3 行" in preview
    for said in ("“clerk”已有人使用", "以字母开头", "没有写姓名", "“没有的单位”不存在", "角色“没有的角色”", "出现两次"):
        assert said in preview
    assert User.objects.count() == 7  # 预览什么也没存
    sealed = re.search(r'name="sealed" hidden>([^<]+)<', preview)[1]
    result = client.post("/config/users/import/", {"sealed": sealed}).content.decode()
    assert "已导入 2 人" in result and "没有导入的 4 行" in result and "由一人兼任" in result
    made = User.objects.get(username="hexiaozhou")
    assert made.organ == town.other and made.must_change_password
    assert {row.post.title for row in actions.current_appointments(made)} == {"登记员", "主任"}
    assert not User.objects.filter(username="mixed").exists()
    assert AccountEvent.objects.get(what="imported").details == {"made": 2, "refused": 4}
    assert "已导入 0 人" in client.post("/config/users/import/", {"sealed": sealed}).content.decode()


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("a.csv", "用户名,姓名\r\nx,y".encode(), "缺少：单位、角色"),
        ("a.csv", ",".join(roster.COLUMNS).encode(), "只有表头"),
        ("a.xlsx", b"not a book", "不是可以打开的 .xlsx"),
        ("a.csv", b"\xff\xff\xff", "读不出文字"),
        ("a.csv", (",".join(roster.COLUMNS) + "\r\na,b,c,d,e,f" * 201).encode(), "一次最多导入 200 人"),
        ("a.pdf", b"x", "只收 .xlsx 或 .csv"),
    ],
)
def test_unreadable_files_are_refused_in_words(town, client, name, body, said):
    client.force_login(town.admin)
    file = io.BytesIO(body)
    file.name = name
    assert said in client.post("/config/users/import/", {"file": file}).content.decode()


def test_template_has_the_columns(town, client):
    client.force_login(town.admin)
    body = client.get("/config/users/import/template.csv").content
    assert roster._csv(body)[0] == list(roster.COLUMNS)


def test_organ_page_lists_the_tree(town, client, django_assert_max_num_queries):
    client.force_login(town.admin)
    with django_assert_max_num_queries(12):
        page = client.get("/config/organs/").content.decode()
    assert "青柳街道民生保障办公室" in page
    assert "望河" not in client.get("/config/organs/?q=青柳").content.decode()


class TestDelegation:
    def hand_over(self, town, client, **told):
        day = now().date()
        post = town.head.appointments.get().post
        posted = {"post": post.pk, "to": town.deputy.pk, "since": day, "until": day + timedelta(days=3)}
        client.force_login(town.head)
        return client.post("/account/delegations/", posted | {"reason": "出差"} | told)

    def may_approve(self, user):
        return holds(again(user), Act.APPROVE)

    def test_in_force_on_its_days_only_and_told_to_the_stand_in(self, town, client):
        assert self.hand_over(town, client).status_code == 302
        assert self.may_approve(town.deputy)
        for days, held in ((-1, False), (0, True), (3, True), (4, False)):
            with at(now() + timedelta(days=days)):
                assert self.may_approve(town.deputy) is held
        event = AccountEvent.objects.get(what="delegated")
        assert (event.user, event.by) == (town.deputy, town.head)
        assert "代理中" in client.get("/account/delegations/").content.decode()

    def test_revoked_at_once_by_either(self, town, client):
        self.hand_over(town, client)
        delegation = town.head.delegations_given.get()
        client.force_login(town.stranger)
        assert client.post(f"/account/delegations/{delegation.pk}/end/").status_code == 404
        assert self.may_approve(town.deputy)
        client.force_login(town.deputy)
        client.post(f"/account/delegations/{delegation.pk}/end/")
        assert not self.may_approve(town.deputy)
        assert self.hand_over(town, client).status_code == 302  # 终止之后可以重新设

    def test_lapses_when_the_giver_leaves_the_post(self, town, client):
        self.hand_over(town, client)
        actions.end_appointment(town.head.appointments.get(), by=town.admin)
        assert not self.may_approve(town.deputy)

    def test_lapses_when_the_giver_is_disabled(self, town, client):
        self.hand_over(town, client)
        actions.disable(town.head, by=town.admin)
        assert not self.may_approve(town.deputy)

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"since": "2020-01-01"}, "不能从过去的日期开始"),
            ({"until": "2020-01-01"}, "止日不能早于起日"),
            ({"until": "2099-01-01"}, "最长 90 天"),
            ({"reason": ""}, "没有写事由"),
        ],
    )
    def test_refusals_are_sentences(self, town, client, change, said):
        assert said in self.hand_over(town, client, **change).content.decode()
        assert not town.head.delegations_given.exists()

    def test_not_to_another_office_not_twice_not_handed_on(self, town, client):
        assert self.hand_over(town, client, to=town.stranger.pk).status_code == 200
        assert self.hand_over(town, client).status_code == 302
        assert "已经有人代理" in self.hand_over(town, client, to=town.clerk.pk).content.decode()
        client.force_login(town.deputy)
        post = town.head.appointments.get().post
        day = now().date()
        posted = {"post": post.pk, "to": town.clerk.pk, "since": day, "until": day, "reason": "转交"}
        assert client.post("/account/delegations/", posted).status_code == 200
        assert town.deputy.delegations_given.count() == 0

    def test_system_posts_are_not_delegated(self, town, client):
        client.force_login(town.admin)
        assert "交人代理</h2>" not in client.get("/account/delegations/").content.decode()
