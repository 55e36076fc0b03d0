"""带入类案的文字：他件的姓名、证件、日期、数字、文号、编号、地点、单位都换成空白，法条和一般的话照留。"""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from petitions.handling.opinion.examination.placeholders import BLANK
from routing.precedent.blanked_text import Known, blanked

KNOWN = Known(
    people=frozenset({"陈玉兰", "欧阳知微"}),
    organs=frozenset({"云州市云河区青柳街道办事处", "青柳街道"}),
    places=frozenset({"春柳苑", "机床厂南路"}),
)


@pytest.mark.parametrize(
    ("said", "carried"),
    [
        ("信访人陈玉兰反映电梯停运属实", "信访人【姓名】反映电梯停运属实"),
        ("2026年3月5日、去年、3月中旬前", "【日期】、【日期】、【日期】前"),
        ("二〇二五年十月十二日受理", "【日期】受理"),
        ("维修费12.5万元，共三十二户", "维修费【数字】，共【数字】"),
        ("青街信〔2026〕3号", "【文号】"),
        ("见110199-2026-00001号件", "见【编号】号件"),
        ("身份证110199195406152426，电话13800000000", "身份证【证件】，电话【数字】"),
        ("春柳苑3号楼2单元", "【地点】【数字】【数字】"),
        ("青柳街道约谈云安居物业公司", "【单位】约谈【单位】"),
        ("责令云州市青柳安居物业服务有限公司整改", "责令【单位】整改"),
        ("张主任、李女士、王某到场", "【姓名】主任、【姓名】女士、【姓名】到场"),
        ("负责人刘建国，业主赵小兵反映", "负责人【姓名】，业主【姓名】反映"),
    ],
)
def test_details_of_the_other_file_become_blanks(said, carried):
    assert blanked(said, KNOWN).text == carried


@pytest.mark.parametrize(
    "said",
    [
        "依据《物业管理条例》第五十四条、第五十五条第二款",
        "物业公司未履行公示义务，该公司、本小区业主委员会表示配合",
        "事实清楚，符合法律、法规、规章或者其他有关规定的，予以支持",
        "《云州市物业管理办法》第12条",
        "全部门窗安装完毕，应当及时告知业主",
    ],
)
def test_the_law_and_general_words_stay(said):
    assert blanked(said, KNOWN).text == said


def test_what_is_this_files_own_stays():
    ours = Known(organs=KNOWN.organs, places=KNOWN.places, ours=frozenset({"春柳苑", "青柳街道"}))
    assert blanked("青柳街道到春柳苑核实", ours).text == "青柳街道到春柳苑核实"


def test_the_counts_say_what_was_left_out():
    found = blanked("陈玉兰2026年3月5日交了300元、200元", KNOWN)
    assert found.counts == {"姓名": 1, "日期": 1, "数字": 2}
    assert found.told == "姓名 1 处、日期 1 处、数字 2 处"


WORDS = st.sampled_from(
    ["经查，", "反映属实。", "街道责令整改，", "予以支持；", "依据《物业管理条例》第五十四条，", "并公示"]
)
DETAILS = st.one_of(
    st.sampled_from(sorted(KNOWN.people | KNOWN.organs | KNOWN.places)),
    st.dates().map(lambda day: f"{day.year:04}年{day.month}月{day.day}日"),
    st.integers(1, 10**8).map(lambda n: f"{n}元"),
    st.integers(10**8, 10**9 - 1).map(lambda n: f"138{n}"[:11]),
    st.integers(0, 9999).map(lambda n: f"110199-2026-{n:05}"),
    st.sampled_from(["三千元", "二十七户", "12号楼", "１２３室", "两个月"]),
)


@given(st.lists(st.tuples(WORDS, DETAILS), min_size=1, max_size=8))
@settings(max_examples=300, deadline=None)
def test_no_detail_survives_whatever_stands_around_it(parts):
    carried = blanked("".join(words + detail for words, detail in parts), KNOWN).text
    plain = BLANK.sub("", carried)
    assert not any(detail in plain for _, detail in parts), carried
    assert not re.search(r"\d", plain.replace("第五十四条", "")), carried
