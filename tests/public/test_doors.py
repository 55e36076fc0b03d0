"""群众的门和工作人员的门分开：主机、网址、会话、cookie、安全策略；群众再多，也总给工作人员留着线程。"""

import re
from concurrent.futures import ThreadPoolExecutor, as_completed
from time import monotonic

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, resolve

from config import doors
from config.doors import CSRF_COOKIE, PUBLIC_URLS, STAFF_URLS, Doors, Lane
from tests.cast import someone

PUBLIC, STAFF = "letters.example.cn", "desk.example.cn"
FILLED = {"int": "1", "slug": "kind", "uuid": "0f8fad5b-d9cb-469f-a165-70867728950e"}
BLANK, NAMED = re.compile(r"<(?:(\w+):)?\w+>"), re.compile(r"\(\?P<\w+>(?:\\d\+|(\w+)\|[^)]*)\)")
OF_STAFF = ("信访工作法治化办理平台", "/login/", "工作台", "登记台")


@pytest.fixture
def two_hosts(settings):
    settings.PUBLIC_HOST = PUBLIC
    settings.ALLOWED_HOSTS = [PUBLIC, STAFF]


def addresses(urlconf: str) -> list[str]:
    """Every address of a urlconf, its blanks filled in."""
    found = []

    def walk(patterns, before):
        for one in patterns:
            path = before + str(one.pattern).replace("^", "").replace("$", "").replace("\\Z", "")
            if isinstance(one, URLPattern):
                path = NAMED.sub(lambda group: group[1] or "1", path)
                found.append("/" + BLANK.sub(lambda blank: FILLED.get(blank[1], "1"), path))
            else:
                walk(one.url_patterns, path)

    walk(get_resolver(urlconf).url_patterns, "")
    return sorted(set(found))


@pytest.mark.django_db
def test_no_address_of_the_staff_is_answered_on_the_public_host(city, two_hosts):
    client = Client(headers={"Host": PUBLIC})
    client.force_login(someone("super1"))
    staff = [path for path in addresses(STAFF_URLS) if path != "/"]
    assert len(staff) > 100
    assert {"/login/", "/cases/", "/api/petitions/", "/api/schema/", "/supervision/"} <= set(staff)
    for path in staff:
        resolve(path, STAFF_URLS)  # 是真有的地址，不是填错了才打不开
        for answer in (client.get(path), client.post(path)):
            page = answer.content.decode()
            assert answer.status_code == 404, path
            assert "没有找到这个页面" in page
            assert not [word for word in OF_STAFF if word in page], path


@pytest.mark.django_db
def test_no_address_of_the_public_is_answered_on_the_staff_host(city, two_hosts):
    client = Client(headers={"Host": STAFF})
    public = [path for path in addresses(PUBLIC_URLS) if path != "/"]
    assert len(public) > 15
    assert [path for path in public if client.get(path).status_code != 404] == []
    assert client.get("/login/").status_code == 200
    assert client.get("/").headers["Location"].startswith("/login/")


@pytest.mark.django_db
def test_the_public_host_has_a_root_of_its_own(city, two_hosts):
    client = Client(headers={"Host": PUBLIC})
    assert client.get("/").headers["Location"] == "/welcome/"
    assert client.get("/q").status_code == 200
    assert client.get("/submit/").status_code == 200
    assert Client(headers={"Host": f"{PUBLIC}:8443"}).get("/route/").status_code == 200
    assert Client(headers={"Host": "other.example.cn"}).get("/q").status_code == 400


@pytest.mark.django_db
def test_a_process_of_its_own_answers_its_own_door_on_any_host(city, settings):
    settings.DOOR = "public"
    assert (Client().get("/q").status_code, Client().get("/login/").status_code) == (200, 404)
    settings.DOOR = "staff"
    assert (Client().get("/q").status_code, Client().get("/login/").status_code) == (404, 200)


@pytest.mark.django_db
def test_whoever_is_signed_in_is_nobody_at_the_public_door_and_their_session_is_not_read(city):
    client = Client()
    client.force_login(someone("super1"))
    for path in ("/q", "/submit/", "/suggest/", "/route/", "/q/check/"):
        client.get(path)  # 规则、机构先读过一遍
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path)
        assert answer.status_code == 200
        assert [one["sql"] for one in asked if "django_session" in one["sql"] or "accounts_user" in one["sql"]] == []
        assert not answer.wsgi_request.user.is_authenticated
        assert set(answer.cookies) <= {CSRF_COOKIE, "big"}
    assert client.get("/account/").status_code == 200  # 工作人员那边照旧登录着


@pytest.mark.django_db
def test_the_csrf_cookies_of_the_two_doors_are_not_the_same(city):
    client = Client(enforce_csrf_checks=True)
    page = client.get("/q")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]
    assert set(page.cookies) == {CSRF_COOKIE}
    told = {"code": "ABCD2345EFGH", "tel4": "1234", "csrfmiddlewaretoken": token}
    assert client.post("/q", told).status_code == 422
    client.cookies["csrftoken"] = client.cookies.pop(CSRF_COOKIE).value  # 拿工作人员那边的来用
    refused = client.post("/q", told)
    assert refused.status_code == 403
    assert "页面停留过久" in refused.content.decode()
    assert not [word for word in OF_STAFF if word in refused.content.decode()]
    assert set(Client().get("/login/").cookies) == {"csrftoken"}


@pytest.mark.django_db
def test_every_public_page_has_the_strict_policy_and_may_not_be_framed(city):
    client = Client()
    for path in addresses(PUBLIC_URLS):
        if path == "/":
            continue  # 同一个主机时是工作台
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        for part in ("default-src 'none'", "script-src 'self'", "connect-src 'none'", "base-uri 'none'"):
            assert part in policy, (path, policy)
        for part in ("object-src 'none'", "form-action 'self'", "frame-ancestors 'none'"):
            assert part in policy, (path, policy)
        assert "unsafe" not in policy
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_a_form_without_files_brings_no_more_than_a_form_can_hold(city):
    for path in ("/q", "/q/letter/", "/q/rate/", "/q/phone/", "/q/check/", "/suggest/follow/", "/route/"):
        much = SimpleUploadedFile("a.bin", b"\0" * (doors.PLAIN_MOST + 1))
        answer = Client().post(path, {"code": "x", "f": much})
        assert answer.status_code == 413, path
        assert "传得太多了" in answer.content.decode()


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(doors, "PATIENCE", 0.01)


def test_over_the_limit_the_public_waits_and_the_desk_does_not(rf, settings, impatient):
    """As many public requests as may be inside at once; the next is told to come again, a staff request passes."""
    settings.PUBLIC_AT_ONCE = 2
    told = []

    def inside(request):
        if request.path == "/q" and len(told) < 5:
            told.append(house(rf.get("/q")))  # 前一个还没有出来，又来一个
            told.append(house(rf.get("/login/")))
        return HttpResponse("办好了")

    house = Doors(inside)
    first = house(rf.get("/q"))
    assert first.status_code == 200
    crowded = [answer for answer in told if answer.status_code == 503]
    assert len(crowded) == 1
    assert crowded[0].headers["Retry-After"] == str(doors.RETRY_SECONDS)
    assert "请等几秒钟" in crowded[0].content.decode()
    assert [answer.content.decode() for answer in told if answer not in crowded] == ["办好了"] * 3
    assert house(rf.get("/q")).status_code == 200  # 出来了，位置就还回来


def test_who_comes_a_moment_too_early_waits_and_only_so_many_wait():
    lane = Lane(1)
    assert lane.enter()
    with ThreadPoolExecutor(3) as pool:
        waiting = [pool.submit(lane.enter) for _ in range(2)]
        until = monotonic() + 5
        while lane.waiting._value:  # 两个都站好
            assert monotonic() < until
        assert not pool.submit(lane.enter).result()  # 第三个连等的地方也没有，当场得知
        lane.leave()
        next(as_completed(waiting))
        lane.leave()
        assert [one.result() for one in waiting] == [True, True]
    lane.leave()


def test_those_who_bring_files_do_not_take_the_places_of_those_who_ask(rf, settings, impatient):
    settings.UPLOADS_AT_ONCE = 1
    told = {}

    def inside(request):
        if request.method == "POST" and not told:
            told["file"] = None
            told["file"] = house(rf.post("/submit/files/", {"a": "1"})).status_code  # rf.post 是多段的正文
            told["page"] = house(rf.get("/q")).status_code
        return HttpResponse("办好了")

    house = Doors(inside)
    assert house(rf.post("/submit/files/", {"a": "1"})).status_code == 200
    assert told == {"file": 503, "page": 200}


def test_a_place_is_given_back_whatever_happens_inside(rf, settings):
    settings.PUBLIC_AT_ONCE = 1
    fails = [True]

    def inside(request):
        if fails.pop():
            raise RuntimeError("坏了")
        return HttpResponse("办好了")

    house = Doors(inside)
    with pytest.raises(RuntimeError):
        house(rf.get("/q"))
    fails.append(False)
    assert house(rf.get("/q")).status_code == 200


@pytest.mark.django_db
def test_the_staff_are_led_across_to_the_public_pages_on_their_own_host(city, two_hosts, settings):
    settings.PUBLIC_QUERY_URL = f"https://{PUBLIC}/q"
    clerk, chief = Client(headers={"Host": STAFF}), Client(headers={"Host": STAFF})
    clerk.force_login(someone("clerk1"))
    chief.force_login(someone("dchief1"))
    assert f'href="https://{PUBLIC}/hall-screen/YHQL/"' in clerk.get("/hall/").content.decode()
    assert f'href="https://{PUBLIC}/leaders/"' in chief.get("/receptions/").content.decode()
    assert Client(headers={"Host": PUBLIC}).get("/hall-screen/YHQL/").status_code == 200


@pytest.mark.django_db
def test_the_choice_of_big_letters_and_high_contrast_comes_through_the_public_door(city, two_hosts):
    door = Client(headers={"Host": PUBLIC})
    door.get("/welcome/?big=1&contrast=1")
    assert '<html lang="zh-CN" class="big hc">' in door.get("/route/").content.decode()
