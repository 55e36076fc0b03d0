"""分流怎么判：有词有理由；被检举控告的单位绝不，涉及的单位须有理由（第二十二条、第三十条）。"""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from routing.destination.rules import OF_A_STREET, THEIRS, Desk, Facts, Rule, does, proposals, propose
from routing.learning.blend import Judged

CITY, DISTRICT, STREET, BUREAU, CITY_BUREAU, DISCIPLINE = range(1, 7)


def desk(pk, name, kind, level, territory, function="", above=()):
    return Desk(pk, name, kind, level, function, territory, frozenset((pk, *above)))


DESKS = [
    desk(CITY, "云州市政府", "government", "city", "110199"),
    desk(DISTRICT, "云河区政府", "government", "district", "11019901", above=[CITY]),
    desk(STREET, "青柳街道", "street", "street", "11019901001", above=[CITY, DISTRICT]),
    desk(BUREAU, "云河区住建委", "bureau", "district", "11019901", "住建", above=[CITY, DISTRICT]),
    desk(CITY_BUREAU, "云州市住建委", "bureau", "city", "110199", "住建", above=[CITY]),
    desk(DISCIPLINE, "云河区纪委监委", "discipline", "district", "11019901", above=[CITY, DISTRICT]),
]
BY_ID = {row.id: row for row in DESKS}
HOUSING = Rule(
    "R1", 12, "bureau:住建", "房屋征收由征收部门组织实施", frozenset({"拆迁", "安置房"}), frozenset({"宅基地"})
)
PARKING = Rule("R2", 22, "street", "停车秩序由属地街道统筹", frozenset({"停车", "停车位"}))
CORRUPTION = Rule("R0", 5, "discipline", "属检举控告，转专岗", frozenset({"受贿"}))
BY_CATEGORY = Rule("C010605", 900, "bureau:住建", "按分类办理", category="010605", by_category=True)
RULES = [HOUSING, PARKING, CORRUPTION, BY_CATEGORY]
HERE = Facts(territory="11019901001")


def told(*words, **more):
    return replace(HERE, words=frozenset(words), **more)


def test_a_word_names_the_organ_and_says_why():
    found = propose(told("拆迁"), RULES, DESKS)
    assert (found.rule, found.desk.id, found.percent) == (HOUSING, BUREAU, 100)
    assert found.reasons == ("提到“拆迁”", HOUSING.reason)


def test_no_rule_no_proposal():
    assert propose(told(), RULES, DESKS) is None
    assert propose(told("路灯"), RULES, DESKS) is None


def test_an_excluded_word_silences_the_rule():
    assert propose(told("拆迁", "宅基地"), RULES, DESKS) is None


def test_more_and_longer_words_weigh_more():
    assert propose(told("拆迁", "停车", "停车位"), RULES, DESKS).rule == PARKING
    assert propose(told("拆迁", "安置房", "停车"), RULES, DESKS).rule == HOUSING


def test_corruption_goes_before_everything():
    assert propose(told("受贿", "拆迁", "安置房", "停车位"), RULES, DESKS).desk.id == DISCIPLINE


EVERYDAY = Rule("Y1", 740, "street", "小区的其他事", frozenset({"小区", "楼道", "居民"}))
OTHER_HOUSING = Rule("Y2", 741, "bureau:住建", "住房的其他事", frozenset({"房屋"}))


def test_everyday_words_give_way_to_words_that_say_something():
    rules = [*RULES, EVERYDAY]
    assert propose(told("拆迁", "小区", "楼道"), rules, DESKS).rule == HOUSING
    assert propose(told("小区", "楼道", "房屋"), [*rules, OTHER_HOUSING], DESKS).rule == EVERYDAY


def test_everyday_words_lend_their_weight_to_the_rules_of_their_target():
    rules = [*RULES, EVERYDAY]
    even = told("拆迁", "停车")
    assert propose(even, rules, DESKS).rule == HOUSING  # 一样重：次序在前的
    found = proposals(replace(even, words=even.words | {"小区"}), rules, DESKS)
    assert [row.rule for row in found] == [PARKING, HOUSING]


def test_like_wording_leans_and_alone_is_only_enough_when_it_says_something():
    even = told("拆迁", "停车")
    assert propose(replace(even, alike={PARKING.code: 1.0}), RULES, DESKS).rule == PARKING
    near = propose(told(alike={PARKING.code: 1.0, HOUSING.code: 0.2}), RULES, DESKS)
    assert near.rule == PARKING and near.reasons == ("用语和这一项相近", PARKING.reason) and near.hits == ()
    assert propose(told(alike={PARKING.code: 0.2}), RULES, DESKS) is None
    assert propose(told("受贿", alike={PARKING.code: 9.0}), RULES, DESKS).rule == CORRUPTION


def test_a_chosen_category_is_enough():
    found = propose(told(category="010605"), RULES, DESKS)
    assert (found.rule, found.desk.id) == (BY_CATEGORY, BUREAU)
    assert propose(told(category="010606"), RULES, DESKS).rule == BY_CATEGORY
    assert propose(told(category="150201"), RULES, DESKS) is None


def test_a_report_goes_to_discipline_and_repeats_no_word():
    found = propose(told("拆迁", is_report=True), RULES, DESKS)
    assert (found.rule, found.desk.id) == (None, DISCIPLINE)
    assert "拆迁" not in "".join(found.reasons)


def test_the_nearest_organ_of_that_function():
    assert propose(told("拆迁"), RULES, DESKS).desk.id == BUREAU
    assert propose(told("拆迁", territory="11019902"), RULES, DESKS).desk.id == CITY_BUREAU


def test_a_street_is_known_only_by_its_area():
    assert propose(told("停车"), RULES, DESKS).desk.id == STREET
    found = propose(told("停车", territory="11019901"), RULES, DESKS)
    assert found.desk is None
    assert "属地" in found.reasons[-1]


def test_no_weaker_rule_steps_in_where_the_street_is_unknown():
    facts = told("停车", "停车位", "拆迁", territory="11019901")
    assert propose(facts, RULES, DESKS).desk is None
    assert [row.rule for row in proposals(facts, RULES, DESKS)] == [PARKING, HOUSING]


def test_the_registering_organ_stands_for_an_unknown_area():
    facts = told("停车", territory="", registrar=BY_ID[STREET])
    assert propose(facts, RULES, DESKS).desk.id == STREET


def test_a_rule_of_another_area_is_silent():
    assert propose(told("拆迁"), [replace(HOUSING, territory="11019902")], DESKS) is None


def test_the_accused_is_passed_over_with_the_article():
    found = propose(told("拆迁", accused=BUREAU), RULES, DESKS)
    assert found.desk.id == CITY_BUREAU
    assert "第三十条" in found.reasons[-1]


def test_where_the_street_is_the_accused_the_bureau_above_with_that_function_takes_it():
    """它的上一级同职能单位：街道的事没有市级街道可交，由规则写明。"""
    accused = told("停车位", accused=STREET)
    assert propose(accused, RULES, DESKS).desk is None
    found = propose(accused, [replace(PARKING, above="bureau:住建")], DESKS)
    assert found.desk.id == BUREAU
    assert found.reasons[-1] == "不得转给被检举控告的“青柳街道”及其下级（条例第三十条）"
    assert propose(told("停车位"), [replace(PARKING, above="bureau:住建")], DESKS).desk.id == STREET


def test_an_accused_street_s_matter_goes_above_even_where_no_place_is_named():
    rules = [replace(PARKING, above="bureau:住建")]
    accused = told("停车位", territory="11019901", accused=STREET, accused_does=does("street", ""))
    found = propose(accused, rules, DESKS)
    assert (found.desk.id, found.reasons[-1]) == (BUREAU, OF_A_STREET)
    assert propose(accused, RULES, DESKS).desk is None  # 规则没有写上一级
    unknown = propose(told("停车位", territory="11019901"), rules, DESKS)
    assert unknown.desk is None and "属地还没有写明" in unknown.reasons[-1]


def learnt(trust=0.9, **shares):
    return Judged({"R1": 0.0, **shares}, trust, {"R1": "例句里这样说", "R0": "例句里这样说"})


def test_what_the_examples_say_of_a_rule_is_proposed_under_its_name_and_reason():
    found = propose(told(), RULES, DESKS, learnt(R1=0.7, R2=0.3))
    assert (found.rule, found.desk.id) == (HOUSING, BUREAU)
    assert found.reasons == (HOUSING.reason, "例句里这样说")


def test_of_one_organ_s_rules_the_one_the_examples_name_stands_for_it():
    lift = Rule("R3", 22, "bureau:住建", "综合整治", frozenset({"拆迁"}))
    found = proposals(told("拆迁", "停车位"), [PARKING, lift, HOUSING], DESKS, learnt(R1=0.9))
    assert [(row.rule, row.desk.id) for row in found] == [(HOUSING, BUREAU), (PARKING, STREET)]


def test_examples_alone_never_call_the_discipline_body():
    found = propose(told(), RULES, DESKS, learnt(R0=1.0))
    assert found.desk.id == DISCIPLINE and not found.stops and found.rule is None
    assert propose(told("停车位"), RULES, DESKS, learnt(R0=0.4, R2=0.6)).desk.id == STREET


def test_what_is_said_of_an_accused_bureau_is_mostly_of_its_own_function():
    close = learnt(trust=1.0, R1=0.25, R2=0.5)
    assert propose(told(), RULES, DESKS, close).desk.id == STREET
    assert 0.25 * THEIRS > 0.5
    assert propose(told(accused=BUREAU, accused_does="住建"), RULES, DESKS, close).desk.id == CITY_BUREAU
    rules = [HOUSING, replace(PARKING, above="bureau:住建")]
    found = propose(told(accused=STREET, accused_does=does("street", "")), rules, DESKS, learnt(R1=0.5, R2=0.25))
    assert (found.rule.code, found.desk.id) == ("R2", BUREAU)


def test_the_organ_complained_of_only_with_a_reason():
    assert propose(told("停车", about=STREET), RULES, DESKS).desk is None
    assert propose(told("停车", about=STREET, about_reason="唯一有权处理"), RULES, DESKS).desk.id == STREET


@settings(deadline=None)
@given(
    st.sets(st.sampled_from(["拆迁", "安置房", "停车", "停车位", "受贿"])),
    st.sampled_from([None, *BY_ID]),
    st.sampled_from([None, *BY_ID]),
    st.sampled_from(["", "110199", "11019901", "11019901001", "11019902"]),
    st.booleans(),
)
def test_never_the_accused_nor_what_lies_below_it(words, accused, about, territory, is_report):
    facts = Facts(
        words=frozenset(words),
        accused=accused,
        about=about,
        territory=territory,
        is_report=is_report,
        registrar=BY_ID[STREET],
    )
    found = proposals(facts, RULES, DESKS)
    desks = [row.desk for row in found if row.desk]
    assert all(accused not in row.within and about not in row.within for row in desks)
    assert len(desks) == len(set(desks))
    assert all(row.reasons and 0 <= row.percent <= 100 for row in found)
