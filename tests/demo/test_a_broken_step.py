"""演示城市有一步走不成：那一件停下，其余照走，网站照常启动，登录页上说明白。"""

import json
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from accounts.models import User
from config.demo import walker
from config.management.commands import demo_city
from launcher import preparation
from petitions.act.decorator import Refused
from petitions.models import Petition
from petitions.record.verification import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(tmp_path, settings):
    settings.START_NOTICE = tmp_path / "start_notice.txt"
    return settings.START_NOTICE


def refuses(walk, tale, **details):
    raise Refused("听证还没有举行，不能提交")


def crashes(walk, tale, **details):
    raise KeyError("没有这个单位")


def breaks_midway(walk, tale, **details):
    """Half done, then refused by the database: nothing of the half may stay."""
    Petition.objects.filter(pk=walk.keys[tale.id]).update(place="做到一半")
    User.objects.create(username=User.objects.values_list("username", flat=True)[0])


BROKEN = {
    "submit": (refuses, "听证还没有举行，不能提交"),
    "allot": (crashes, "程序出错（KeyError），详见日志"),
    "serve_told": (breaks_midway, "程序出错（IntegrityError），详见日志"),
}


def test_a_broken_step_stops_its_own_tales_and_the_login_page_says_so(monkeypatch, client, notice):
    for step, (how, _) in BROKEN.items():
        # one tale in three meets each fault, so that every fault has tales to meet
        monkeypatch.setitem(walker.STEPS, step, sometimes(how, walker.STEPS[step], list(BROKEN).index(step)))
    out = StringIO()
    with transaction.atomic():
        call_command("demo_city", small=True, json=True, notice=notice, stdout=out)
        report = json.loads(out.getvalue())
        refused = report["refusals"]
        # others may stop because the tale they build on has stopped
        assert {(row["step"], row["sentence"]) for row in refused} >= {(step, BROKEN[step][1]) for step in BROKEN}
        assert len({row["id"] for row in refused}) == len(refused) > 3
        assert Petition.objects.count() == report["petitions"] > len(refused)
        assert report["faults"] == list(verify()) == []
        assert not Petition.objects.filter(place="做到一半").exists()
        page = client.get("/login/").content.decode()
        assert f"演示城市有 {len(refused)} 处没有走完，其余照常可用" in page
        assert sum(f"{row['id']}（" in page for row in refused) == demo_city.SHOWN
        transaction.set_rollback(True)


def sometimes(broken, whole, turn):
    return lambda walk, tale, **details: (broken if int(tale.id[1:4]) % 3 == turn else whole)(walk, tale, **details)


def test_whatever_goes_wrong_the_site_comes_up(monkeypatch, client, notice, tmp_path):
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "petitions.csv").write_text("这不是演示件")
    monkeypatch.setattr(settings, "CITY_PACK", tmp_path)
    preparation.load_demo_city(notice)
    assert "演示城市没有装载完" in client.get("/login/").content.decode()


def test_a_city_walked_to_its_end_takes_the_notice_away(client, notice):
    notice.write_text("上一次的话")
    assert "上一次的话" in client.get("/login/").content.decode()
    demo_city.tell(notice, {"refusals": [], "faults": []})
    assert "上一次的话" not in client.get("/login/").content.decode()
