"""登记时的提示：第十九条五项要素、扬言和险情的话、集体访、重大紧急。只说事实；词语是包里的行，各引条文。"""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from petitions.intake.category_pack import words_of
from routing.guide import guide_pack, prompts
from routing.guide.prompts import PromptBook, Told, Words

REFERENCE = Path(settings.BASE_DIR) / "citypacks" / "reference"
WHOLE = Told(
    text="我家在春柳苑，电梯停了三天，老人下不了楼。因为物业拖着不修，请求尽快修好。",
    claims=("尽快修好",),
    name="陈玉兰",
    address="春柳苑3号楼102室",
)


@pytest.fixture(scope="module")
def held():
    """The words of the reference pack, from its file."""
    rows = guide_pack.read(REFERENCE).prompts.values()
    return PromptBook(
        Words(row["kind"], frozenset(words_of(row["words"])), frozenset(words_of(row["exclude"])), row["says"], "某条")
        for row in rows
    )


def absent(told, held):
    return [element.label for element in prompts.elements(told, held) if not element.given]


def test_a_whole_petition_has_all_five_elements(held):
    found = prompts.elements(WHOLE, held)
    assert [element.label for element in found] == ["姓名", "住址", "请求", "事实", "理由"]
    assert absent(WHOLE, held) == []
    assert prompts.missing(found).shown == "五项要素齐全（第十九条）"


@pytest.mark.parametrize(
    ("told", "labels"),
    [
        (replace(WHOLE, name=""), ["姓名"]),
        (replace(WHOLE, anonymous=True), ["姓名"]),
        (replace(WHOLE, address=""), ["住址"]),
        (replace(WHOLE, text="我家在春柳苑，电梯停了三天。因为物业拖着不修。", claims=()), ["请求"]),
        (replace(WHOLE, text="请求尽快修好，因为急", claims=("尽快修好，因为急",)), ["事实"]),
        (replace(WHOLE, text="我家在春柳苑，电梯停了三天，老人下不了楼。请求尽快修好。"), ["理由"]),
        (Told(), ["姓名", "住址", "请求", "事实", "理由"]),
    ],
)
def test_each_element_that_is_not_there_is_asked_for(told, labels, held):
    assert absent(told, held) == labels
    said = prompts.missing(prompts.elements(told, held))
    assert said.say.startswith("请问清：") and said.article == "第十九条" and said.tone == "am"


def test_a_demand_the_clerk_wrote_out_is_a_demand(held):
    told = replace(WHOLE, text="我家在春柳苑，电梯停了三天，因为物业拖着不修。", claims=("修好",), claims_typed=True)
    assert absent(told, held) == []


@pytest.mark.parametrize(
    ("text", "word", "ticks"),
    [
        ("再不解决我就同归于尽", "同归于尽", "重大紧急、扬言"),
        ("活不下去了，只有跳楼", "活不下去", "重大紧急、扬言"),
        ("明天进京，去大门口拉横幅", "拉横幅", "重大紧急、扬言"),
        ("楼道电表箱冒烟，有漏电", "冒烟", "重大紧急"),
        ("阳台要塌，请来看看", "要塌", "重大紧急"),
        ("食堂吃饭食物中毒", "食物中毒", "重大紧急"),
    ],
)
def test_threats_and_dangers_are_pointed_out_by_their_words_and_what_to_tick(text, word, ticks, held):
    found = prompts.risk(Told(text=text), held, urgent_group=30)
    assert f"“{word}”" in found.say and found.say.endswith(f"核实后勾选{ticks}")
    assert word in found.whole and "写有" in found.whole and "及时报告" in found.whole
    assert found.tone == "rd" and found.article


def test_once_ticked_only_the_report_is_left(held):
    found = prompts.risk(Told(text="再不解决我就同归于尽", urgent=True, threat=True), held, urgent_group=30)
    assert found.say == "“同归于尽”：已标明，须及时报告"
    half = prompts.risk(Told(text="再不解决我就同归于尽", urgent=True), held, urgent_group=30)
    assert "勾选扬言" in half.say and "重大紧急" not in half.say


def test_an_excluded_word_silences_its_row():
    rows = PromptBook([Words("urgent", frozenset({"起火"}), frozenset({"灭火器"}), "写有火灾", "某条")])
    assert prompts.risk(Told(text="楼道起火"), rows, urgent_group=30).tone == "rd"
    assert prompts.risk(Told(text="灭火器过期，起火怎么办"), rows, urgent_group=30).tone == ""


def test_an_ordinary_text_raises_nothing(held):
    assert prompts.risk(WHOLE, held, urgent_group=30) == prompts.Prompt("没有扬言、险情一类的词")


@pytest.mark.parametrize(
    ("people", "said", "tone"),
    [
        (4, "4 人，不足 5 人，不按集体访统计", ""),
        (5, "5 人，按集体访统计", "am"),
        (6, "6 人，按集体访统计；代表不超过 5 人（第二十条）", "am"),
    ],
)
def test_five_people_are_a_group_visit_and_six_are_too_many_representatives(people, said, tone):
    found = prompts.crowd(Told(people=people), group=5)
    assert (found.shown, found.tone) == (said, tone)


def test_a_joint_letter_of_many_has_no_limit_of_representatives():
    assert prompts.crowd(Told(people=40, is_visit=False), group=5).shown == "40 人，按集体访统计"


def test_a_large_crowd_is_urgent_by_its_number(held):
    assert prompts.risk(replace(WHOLE, people=29), held, urgent_group=30).tone == ""
    assert "满 30 人：核实后勾选重大紧急" in prompts.risk(replace(WHOLE, people=30), held, urgent_group=30).say
    told = replace(WHOLE, people=30, urgent=True)
    assert prompts.risk(told, held, urgent_group=30).say == "满 30 人：已标明，须及时报告"


def test_the_neighbourhood_is_told_in_numbers():
    assert (
        prompts.around("春柳社区", 12, 5, days=90, label="物业服务").say == "春柳社区近 90 天 12 件，其中物业服务 5 件"
    )
    assert prompts.around("春柳社区", 1, 0, days=90, label="物业服务").say == "春柳社区近 90 天 1 件"
