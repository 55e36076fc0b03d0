"""判重：换了说法的同一件认得出，照抄的话换了地方不算；合与不合都说得出。"""

from collections import Counter
from datetime import date

import pytest

from config.evaluating.traps import traps
from insight.duplicates.agreement import agreement
from insight.duplicates.candidates import anchors
from insight.duplicates.judgement import judgement
from insight.duplicates.match_reasons import contradictions, reasons
from insight.duplicates.matter_account import Rarity, Telling
from insight.duplicates.pair_comparison import Asking
from insight.duplicates.similar_petitions import similar
from insight.search.indexing import index_all
from tests import cast
from tests.insight.invented import letters

DAY, LATER = date(2026, 3, 2), date(2026, 3, 14)
UNSEEN = 4107  # a seed nothing was fitted or tuned on
LIFT = "春柳苑三号楼电梯停运三天，老人下不了楼，物业推说等配件，请督促修好。"


@pytest.fixture(scope="module")
def told():
    return letters(320, seed=UNSEEN)


@pytest.fixture(scope="module")
def rarity(told):
    counted = Counter(gram for title, text, _ in told for gram in Telling.of(title, text, DAY).grams)
    return Rarity(counted, len(told))


def sure(asked, other, rarity, *, same_person=False):
    return judgement().probability(compared(asked, other, rarity, same_person=same_person).scores)


def compared(asked, other, rarity, *, same_person=False):
    ours, theirs = Telling.of(asked[0], asked[1], LATER), Telling.of(other[0], other[1], DAY)
    return Asking(ours, rarity).against(theirs, same_person=same_person)


def test_two_hundred_letters_copied_for_another_place_are_told_apart(told, rarity):
    texts = [(title, text) for title, text, _ in told]
    made = traps(texts, 200, UNSEEN)
    assert len(made) == 200
    rejected = [sure((trap.title, trap.body), texts[trap.of], rarity) < judgement().alert for trap in made]
    assert sum(rejected) >= 180


def test_the_same_told_by_another_is_surer_than_the_like_elsewhere(told, rarity):
    ahead = 0
    for at, (title, text, retold) in enumerate(told):
        elsewhere = next(one for one in [*told[at + 8 :: 8], *told[at % 8 :: 8]] if one[0] != title)
        asked = ("", retold)
        ahead += sure(asked, (title, text), rarity) > sure(asked, elsewhere[:2], rarity)
    assert ahead >= 0.97 * len(told)


def test_the_very_same_letter_is_the_same_matter(told, rarity):
    assert all(sure(letter[:2], letter[:2], rarity) >= judgement().alert for letter in told[:40])


def test_the_same_seed_makes_the_same_traps_and_another_others(told):
    texts = [(title, text) for title, text, _ in told]
    assert traps(texts, 30, 1) == traps(texts, 30, 1) != traps(texts, 30, 2)
    assert all((trap.title, trap.body) != texts[trap.of] for trap in traps(texts, 200, 3))


def test_reasons_name_the_place_the_keys_and_the_days(rarity):
    found = compared(("电梯停运", LIFT), ("电梯又停", "春柳苑的电梯又停了，老人下不了楼"), rarity)
    said = reasons(found, ("手机号",))
    assert said[0] == "手机号相同"
    assert "同一小区：春柳苑" in said
    assert "相隔 12 日" in said
    assert contradictions(found) == ()


def test_contradictions_name_both_places(rarity):
    found = compared(("电梯停运", LIFT), ("电梯停运", LIFT.replace("春柳苑", "锦帆花园")), rarity)
    assert any("春柳苑" in words and "锦帆花园" in words for words in contradictions(found))
    other = compared(("", "家住春柳苑，楼下太吵"), ("", "锦帆花园门口积水严重"), rarity)
    assert contradictions(other) == ("小区不同：春柳苑 / 锦帆花园",)


def test_another_district_and_another_building_are_said(rarity):
    found = compared(("", "A3区5栋楼下油烟"), ("", "A4区7栋楼下油烟"), rarity)
    assert {"辖区不同：a3区 / a4区", "楼栋线路不同：5栋 / 7栋"} <= set(contradictions(found))


def test_a_name_written_by_ear_is_the_same_place(rarity):
    asked, other = (("修路", f"每天在{road}的涵洞进出口堵得水泄不通，请拓宽路面") for road in ("金贸路", "金茂路"))
    found = compared(asked, other, rarity)
    assert contradictions(found) == ()
    assert found.scores["place"] > 0
    assert contradictions(compared(asked, ("", asked[1].replace("金贸路", "金槐路")), rarity)) != ()


def test_a_district_for_its_city_is_not_an_exchange(rarity):
    one, other = (Telling.of("", f"{area}春柳苑旁的工地半夜施工扰民", DAY) for area in ("A3区", "A市"))
    assert agreement(one, other, rarity).exchanged == []
    elsewhere = Telling.of("", "A4区春柳苑旁的工地半夜施工扰民", DAY)
    assert agreement(one, elsewhere, rarity).exchanged != []


def test_what_is_suspected_stands_before_what_is_only_worded_alike():
    judged = judgement()
    assert judged.standing(judged.alert, 0.1) > judged.standing(judged.alert - 0.01, 1.3)
    assert judged.standing(0.3, 0.9) > judged.standing(0.3, 0.5)
    assert judged.standing(0.6, 0.5) > judged.standing(0.1, 0.5)


def test_a_hidden_number_in_the_first_sentence_is_compared_like_any_other(rarity):
    told = ("电话138****6215打不通", "电话138****6215打不通，春柳苑三号楼电梯还是停着。")
    assert compared(told, told, rarity).scores["title"] == pytest.approx(1.0)


def test_a_longer_name_is_not_an_exchange(rarity):
    one, other = (Telling.of("", text, DAY) for text in ("我家住在春柳苑楼下太吵", "我家住在青柳春柳苑楼下太吵"))
    assert agreement(one, other, rarity).exchanged == []


class TestAmongVeryMany:
    """件太多时，再少见的两个字也有几百件有：改问几组常见些的，至少两组都有的才比。"""

    def test_few_rare_ones_left_two_together_are_asked(self):
        asked = Telling.of("翠苑小区路灯不亮", "翠苑小区三号楼前面的路灯不亮，走路看不见台阶。", date(2026, 3, 2), "")
        common = dict.fromkeys(asked.grams, 300)
        assert anchors(asked, common).least == 2 and 2 <= len(anchors(asked, common).grams) <= 8
        rare = dict.fromkeys(asked.grams, 3)
        assert anchors(asked, rare).least == 1 and len(anchors(asked, rare).grams) > 8

    def test_the_same_matter_is_found_all_the_same(self, city, monkeypatch):
        monkeypatch.setattr("insight.duplicates.candidates.FEW", 1000)
        monkeypatch.setattr("insight.duplicates.candidates.ANCHORS", 1)
        once = cast.registered(original="枫林路二号院五号楼的电梯停了九天，老人上下楼很难，要求尽快修好。")
        other = cast.registered(original="春柳苑的暖气不热，室内只有十二度，请检修供热管线。")
        index_all()
        found = similar(cast.someone("officer1"), "枫林路二号院五号楼电梯停了九天了，老人下不了楼。")
        assert [row.petition for row in found][:1] == [once] and other not in [row.petition for row in found]
