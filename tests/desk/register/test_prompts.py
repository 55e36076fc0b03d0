"""登记台的要素与提示：总是五个要素四行话，随输入换字不换行；只数看得到的。"""

import re

import pytest

from accounts.models import Organ
from petitions.act.states import Kind
from petitions.models import Category, Petition
from rulebook.acts import Act
from tests import cast
from tests.desk.register.typing import TEXT, sheet


@pytest.fixture
def clerk(city, client):
    client.force_login(cast.someone("clerk1"))
    return client


def card(html: str) -> dict[str, str]:
    """The four lines of the card by their labels, tags left out."""
    block = html.split('id="prm"')[1].split("</section>")[0]
    rows = re.findall(r"<dt>(.*?)</dt><dd[^>]*>(.*?)</dd>", block)
    return dict(rows)


def asked(clerk, **told) -> dict[str, str]:
    return card(clerk.post("/register/panel/", sheet(cat_other="", unit="") | told).content.decode())


def test_the_card_has_as_many_lines_empty_as_full(clerk):
    empty = card(clerk.get("/register/").content.decode())
    full = asked(clerk, txt="楼道漏电冒烟，要同归于尽", ppl="40", nm="", addr="", tel="")
    assert list(empty) == list(full) == ["要素", "紧急", "人数", "属地"]
    html = clerk.post("/register/panel/", sheet(txt="楼道漏电冒烟")).content.decode()
    lines = html.split('id="prm"')[1].split("</section>")[0]
    assert lines.count('<dd class="el') == 4, "每行截断，不折行"


def test_what_is_missing_is_asked_for(clerk):
    assert "住址" in asked(clerk, addr="")["要素"]
    assert "姓名" in asked(clerk, nm="")["要素"]


def test_danger_asks_for_the_tick_and_the_tick_answers_it(clerk):
    told = {"txt": TEXT + "电表箱冒烟漏电。"}
    assert "勾选重大紧急" in asked(clerk, **told)["紧急"]
    assert asked(clerk, **told, urgent="on")["紧急"].startswith("“冒烟”等：已标明，须及时报告")


def test_the_citys_own_number_of_people_is_urgent(clerk):
    assert "满 30 人" in asked(clerk, ppl="30")["紧急"]
    assert "按集体访统计" in asked(clerk, ppl="30")["人数"]
    assert "集体访" in asked(clerk, ppl="6")["人数"] and "第二十条" in asked(clerk, ppl="6")["人数"]


def test_the_community_is_counted_over_ninety_days_with_those_alike(clerk):
    category = Category.objects.filter(valid_to=None).exclude(level3="").first()
    for _ in range(3):
        one = cast.registered(territory="11019901001")
        Petition.objects.filter(pk=one.pk).update(category=category)
    cast.registered(territory="11019901001")
    said = asked(clerk, loc="11019901001", cat_other=str(category.pk))["属地"]
    assert said == f"青柳街道近 90 天 4 件，其中{category.level3} 3 件"


def test_a_report_the_clerk_may_not_see_is_not_counted(clerk):
    cast.registered(territory="11019901001")
    hidden = cast.registered(by="clerk1", kind=Kind.REPORT, territory="11019901001", accused_text="某人")
    cast.do(hidden, Act.REFER, "clerk1", to=Organ.objects.get(kind="discipline", territory="11019901"))
    assert "近 90 天 1 件" in asked(clerk, loc="11019901001")["属地"]


def test_nothing_of_a_prompt_is_kept(clerk):
    assert clerk.post("/register/", sheet(txt=TEXT + "电表箱冒烟漏电。")).status_code == 302
    submission = Petition.objects.get().submission
    assert (submission.urgent, submission.threat) == (False, False), "提示归提示，勾不勾由人定"


def test_the_desk_leads_to_the_paths_of_the_matter(clerk):
    told = sheet(txt="物业费涨了一倍，公共收益从不公示，请查处。")
    assert "/paths/?topic=CX07" in clerk.post("/register/panel/", told).content.decode()
