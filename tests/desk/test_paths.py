"""法定途径一页：谁都能查，三句问话说出条款、机关、期限、依据、文书；查得到途径和事项；填错的说在栏边。"""

import re

import pytest

from rulebook.triage.paths import PATHS, TOPICS
from tests.cast import registered
from tests.desk.case.hands import at, signed_in, text

pytestmark = pytest.mark.django_db


def page(username="clerk1", **asked):
    return signed_in(username).get("/paths/", asked)


def listed(html: str) -> list[str]:
    return re.findall(r'<tr id="(P\d\d)">', html)


@pytest.mark.parametrize("username", ["clerk1", "officer1", "handler1", "super1", "disc1", "admin1"])
def test_all_staff_may_look_up_every_path(city, username):
    html = page(username).content.decode()
    assert listed(html) == list(PATHS)
    assert all(f"?topic={code}" in html for code in TOPICS)
    assert 'href="/paths/"' in html, "菜单里有"


def test_nobody_without_signing_in(city, client):
    assert client.get("/paths/").headers["Location"].startswith("/login/")


def test_three_questions_are_answered_with_branch_organ_limit_law_and_letter(city):
    shown = text(page(ask="1", topic="LD04", asks="claim", matter="application", status="none"))
    assert "申诉求决 · 行政复议、裁决、许可等行政程序（第三十一条第四项）" in shown
    assert "P21 工伤认定、劳动能力鉴定，工伤保险条例第十七条" in shown
    assert "区人力资源社会保障局、鉴定委员会" in shown and "一年内申请；六十日内认定" in shown
    assert "F02 信访事项受理告知书" in shown and "F13 信访事项程序性答复书" in shown
    assert "不服工伤认定" in shown, "本类事项的其他情形也列出"


def test_the_second_question_offers_what_the_matter_is_usually_about_first(city):
    html = page(topic="CX01").content.decode()
    assert '<optgroup label="本类事项常见">' in html
    assert html.index("不服征收决定、补偿决定") < html.index("平等主体之间的民事纠纷")


def test_a_question_left_open_is_said_beside_it_and_the_rest_stays(city):
    answer = page(ask="1", topic="CX01", asks="claim", status="in_court")
    html = answer.content.decode()
    assert answer.status_code == 422 and "请选择争的是什么" in html
    assert 'value="in_court" selected' in html and 'value="CX01" selected' in html


def test_an_unknown_value_is_refused_in_words_and_the_list_still_shows(city):
    answer = page(ask="1", topic="ZZ99", matter="civil")
    assert answer.status_code == 422 and "没有这一项，请从列表里选" in answer.content.decode()
    assert listed(answer.content.decode()) == list(PATHS)


@pytest.mark.parametrize(
    ("query", "paths", "topics"),
    [
        ("工伤", ["P21"], ["LD04"]),
        ("仲裁 土地", ["P06"], ["CX03"]),
        ("Ｐ２３", ["P23"], ["ZF11", "JR01"]),
        ("讨薪", [], ["LD01"]),
        ("没有这样的词", [], []),
    ],
)
def test_both_tables_are_searched_by_every_word(city, query, paths, topics):
    html = page(q=query).content.decode()
    assert listed(html) == paths
    assert re.findall(r'class="t" href="\?topic=(\w+)"', html) == topics


def test_the_classify_page_names_the_matter_and_leads_here(city):
    petition = registered(original="物业费涨了一倍，公共收益从不公示，请查处。", claims=["公示公共收益"])
    html = signed_in("officer1").get(at(petition, "do/classify/")).content.decode()
    assert "/paths/?topic=CX07" in html and "“公共收益”" in html and "请核对" in html
