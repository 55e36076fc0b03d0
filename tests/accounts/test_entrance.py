"""登录、锁定、过期后接着办、首次改密码。"""

import html
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from accounts.models import AccountEvent, User
from accounts.session import sealed_payload
from accounts.staff.acts import managed_organs, reset_password
from accounts.urls import urlpatterns as rooms
from tests.accounts.conftest import PASSWORD, again

seen = []


def desk(request):
    """A page of the staff that takes what is posted."""
    seen.append(request.POST.copy())
    return HttpResponse("已收到")


urlpatterns = [*rooms, path("desk/", desk), path("", desk)]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True)
def nothing_seen():
    seen.clear()


def sign_in(client, username="clerk", password=PASSWORD, **more):
    return client.post("/login/", {"username": username, "password": password, **more})


def test_sign_in_writes_a_line_and_goes_on(town, client):
    page = client.get("/account/")
    assert page.status_code == 302 and page["Location"] == "/login/?next=/account/"
    answer = client.post("/login/?next=/account/", {"username": "clerk", "password": PASSWORD})
    assert answer["Location"] == "/account/"
    event = AccountEvent.objects.get()
    assert (event.what, event.user, event.by) == ("signed_in", town.clerk, town.clerk)
    assert "王晓岚" in client.get("/account/").content.decode()


def test_foreign_next_is_not_followed(town, client):
    answer = client.post("/login/?next=https://elsewhere.example/", {"username": "clerk", "password": PASSWORD})
    assert answer["Location"] == "/"


def test_wrong_password_says_so_in_chinese(town, client):
    answer = sign_in(client, password="wrong")
    assert "用户名或密码不对" in answer.content.decode()
    assert not AccountEvent.objects.exists()


def test_logout_needs_post(town, client):
    sign_in(client)
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == "/login/"
    assert client.get("/account/").status_code == 302


class TestLock:
    @pytest.fixture(autouse=True)
    def axes_on(self, settings):
        settings.AXES_ENABLED = True

    def test_five_failures_lock_with_a_sentence_and_one_line(self, town, client):
        for _ in range(4):
            assert sign_in(client, password="wrong").status_code == 200
        answer = sign_in(client, password="wrong")
        assert answer.status_code == 429
        assert "请 15 分钟后再试" in answer.content.decode()
        answer = sign_in(client)  # 密码对也不行
        assert answer.status_code == 429
        assert [event.what for event in AccountEvent.objects.all()] == ["locked"]

    def test_lock_does_not_reach_another_name_and_unknown_names_leave_no_line(self, town, client):
        for _ in range(6):
            answer = sign_in(client, "nobody", "wrong")
        assert answer.status_code == 429
        assert not AccountEvent.objects.exists()
        assert sign_in(client).status_code == 302

    def test_reset_lifts_the_lock(self, town, client):
        for _ in range(6):
            sign_in(client, password="wrong")
        password = reset_password(town.clerk, by=town.admin)
        assert sign_in(client, password=password).status_code == 302

    def test_lock_while_signing_in_again_keeps_what_was_typed(self, town, client):
        sealed = typed_on(client.post("/desk/", {"claim": "修电梯"}))
        for _ in range(6):
            answer = sign_in(client, password="wrong", typed=sealed)
        assert answer.status_code == 429
        assert typed_on(answer) == sealed


def typed_on(answer) -> str:
    return html.unescape(re.search(r'name="typed" value="([^"]*)"', answer.content.decode())[1])


class TestExpiry:
    def test_typed_fields_come_back_after_signing_in_and_reach_the_page(self, town):
        client = Client(enforce_csrf_checks=True)
        client.get("/login/")
        token = client.cookies["csrftoken"].value
        said = "七旬老人说：“<电梯>停了三天”\r\n第二行&amp;结尾 𠮷·吾提"
        answer = client.post("/desk/?from=1", {"csrfmiddlewaretoken": token, "claim": [said, "二"], "password": "x"})
        assert answer.status_code == 401
        page = answer.content.decode()
        assert "登录已过期" in page and "电梯" not in page and not seen
        assert "no-store" in answer["Cache-Control"]

        sealed = typed_on(answer)
        # 输错一次密码也不丢
        wrong = {"csrfmiddlewaretoken": token, "username": "clerk", "password": "no", "typed": sealed}
        wrong = client.post("/login/", wrong)
        assert typed_on(wrong) == sealed
        right = {"csrfmiddlewaretoken": token, "username": "clerk", "password": PASSWORD, "typed": sealed}
        restored = client.post("/login/", right).content.decode()
        assert "已恢复您刚才填写的内容" in restored
        action = html.unescape(re.search(r'method="post" action="([^"]*desk[^"]*)"', restored)[1])
        fields = re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', restored, re.S)
        assert action == "/desk/?from=1"
        assert [(name, html.unescape(value)) for name, value in fields] == [("claim", said), ("claim", "二")]
        fresh = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', restored)[-1]
        posted = {"csrfmiddlewaretoken": fresh, "claim": [html.unescape(value) for _, value in fields]}
        assert client.post(action, posted).content.decode() == "已收到"
        assert seen[0].getlist("claim") == [said, "二"]

    def test_without_csrf_token_nothing_is_kept(self, town):
        answer = Client(enforce_csrf_checks=True).post("/desk/", {"claim": "x"})
        assert answer.status_code == 403

    def test_too_old_or_changed_is_refused_in_words(self, town, client, monkeypatch):
        sealed = typed_on(client.post("/desk/", {"claim": "修电梯"}))
        assert "无法读出" in sign_in(client, typed=sealed[:-3] + "AAA").content.decode()
        assert "无法读出" in sign_in(client, typed=sealed_payload.seal("roster", [])).content.decode()
        monkeypatch.setattr(sealed_payload, "GOOD_FOR", -1)
        page = sign_in(client, typed=sealed).content.decode()
        assert "超过 30 分钟" in page and "修电梯" not in page

    def test_too_long_is_said_not_cut(self, town, client):
        page = client.post("/desk/", {"claim": "长" * 100_000}).content.decode()
        assert "刚才的提交没有生效" in page and 'name="typed"' not in page

    @pytest.mark.parametrize(
        "headers",
        [
            {"HX-Request": "true"},
            {"Accept": "application/json"},
            {"Accept": "application/json, text/html;q=0.5, */*;q=0.1"},
        ],
    )
    def test_script_gets_401_and_no_page(self, town, client, headers):
        for answer in (client.post("/desk/", {"a": "1"}, headers=headers), client.get("/desk/", headers=headers)):
            assert answer.status_code == 401
            assert answer.json()["login"] == "/login/"
        assert not seen

    @pytest.mark.parametrize(
        "accept",
        ["", "*/*", "text/html", "text/plain", "image/avif,image/webp,*/*;q=0.8", "text/*;q=0.3", "application/xml"],
    )
    def test_any_other_visitor_is_shown_to_the_login_page(self, town, client, accept):
        answer = client.get("/desk/", headers={"Accept": accept} if accept else {})
        assert (answer.status_code, answer["Location"]) == (302, "/login/?next=/desk/")
        posted = client.post("/desk/", {"a": "1"}, headers={"Accept": accept} if accept else {})
        assert posted.status_code == 401 and "重新登录" in posted.content.decode()
        assert not seen


class TestMustChange:
    @pytest.fixture
    def newcomer(self, town, client):
        User.objects.filter(pk=town.clerk.pk).update(must_change_password=True)
        sign_in(client)
        return client

    def test_only_the_password_page_is_open(self, newcomer):
        assert newcomer.get("/desk/")["Location"] == "/account/password/"
        assert newcomer.post("/desk/", {"a": "1"})["Location"] == "/account/password/"
        assert newcomer.get("/desk/", headers={"HX-Request": "true"}).status_code == 403
        assert not seen
        assert newcomer.get("/account/password/").status_code == 200

    def test_same_or_weak_is_refused_then_a_good_one_opens_the_house(self, town, newcomer):
        def change(new):
            return newcomer.post(
                "/account/password/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
            )

        assert "新密码不能与原密码相同" in change(PASSWORD).content.decode()
        assert change("12345678901").status_code == 200
        assert again(town.clerk).must_change_password
        assert change("Wanghe-2026-b").status_code == 302
        assert not again(town.clerk).must_change_password
        assert newcomer.get("/desk/").content.decode() == "已收到"
        assert AccountEvent.objects.filter(what="password", user=town.clerk, by=town.clerk).exists()


def test_preferences_are_kept(town, client):
    client.force_login(town.clerk)
    client.post("/account/", {"big_text": "on"})
    clerk = again(town.clerk)
    assert clerk.big_text and not clerk.single_keys


@pytest.mark.parametrize("statement", ["UPDATE {} SET what='x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_database_refuses_to_rewrite_the_account_log(town, client, statement):
    sign_in(client)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # 否则先撞上未检查的外键，轮不到触发器
    with pytest.raises(DatabaseError, match="只能追加"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format("accounts_accountevent"))
    assert AccountEvent.objects.count() == 1
    with pytest.raises(TypeError):
        AccountEvent.objects.all().delete()


def test_permission_denied_is_a_sentence(town):
    with pytest.raises(PermissionDenied, match="管理用户"):
        managed_organs(town.clerk)
