"""检索写法：两种写法算同一个字；凡是原文里的，折叠之后还在里面。"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insight.search.normal_form import (
    FIELD_END,
    bigrams,
    code,
    codes,
    codes_in,
    joined,
    lexemes,
    normalise,
    snippet,
    words_of,
    year_lexeme,
)

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("電梯停運，請盡快修復！", "电梯停运请尽快修复"),
        ("羣峯裏的衞生綫", "群峰里的卫生线"),
        ("阿依古丽·买买提", "阿依古丽买买提"),
        ("12 号 楼", "12号楼"),
        ("①㎡", "1m2"),
        ("𠮷野", "𠮷野"),
        ("Café", "cafe"),
    ],
)
def test_two_ways_of_writing_are_one(written, folded):
    assert normalise(written) == folded


@settings(deadline=None)
@given(texts, texts)
def test_folding_goes_sign_by_sign(before, after):
    assert normalise(before + after) == normalise(before) + normalise(after)


@settings(deadline=None)
@given(texts)
def test_folding_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)
    assert FIELD_END not in normalise(text)


@settings(deadline=None)
@given(texts, st.data())
def test_bigrams_of_a_part_are_bigrams_of_the_whole(text, data):
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, len(text)))
    assert bigrams(normalise(text[first:last])) <= bigrams(normalise(text))


@settings(deadline=None)
@given(st.lists(texts, max_size=3))
def test_each_bigram_has_a_code_of_its_own(fields):
    folded = joined(fields)
    assert codes(folded) == {code(gram) for gram in bigrams(folded)}
    assert len(codes(folded)) == len(bigrams(folded))


@pytest.mark.parametrize("folded", ["", "电", "电梯", "电梯停", "𠮷野家\n电梯停运", "哈哈哈"])
def test_a_repeated_bigram_is_counted_as_often_as_it_stands(folded):
    met = [code(field[at : at + 2]) for field in folded.split(FIELD_END) for at in range(len(field) - 1)]
    assert sorted(codes_in(folded)) == sorted(met)


def test_no_bigram_reaches_over_the_end_of_a_field():
    assert bigrams(joined(["电梯", "停运"])) == {"电梯", "停运"}


def test_the_two_ends_of_a_hidden_number_are_not_one_number():
    body = joined(["电话138****6215，请回电"])
    assert body == "电话138\n6215请回电"


def test_stars_that_hide_a_name_do_not_break_the_text():
    assert joined(["公园**路"]) == "公园路"


def test_scope_cannot_be_mistaken_for_a_word():
    assert set(lexemes("电梯停", "停运")) == {"电梯", "梯停", "停运"}
    assert year_lexeme(2026) == "#y2026"
    assert "#" not in normalise("#y2026")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("电梯 停运", ["电梯", "停运"]),
        ("電梯", ["电梯"]),
        ("电 梯", ["电梯"]),
        ("电", []),
        ("", []),
        ("，。", []),
        ("电，", []),
        ("电梯 电梯", ["电梯"]),
        ("100%", ["100"]),
        ("“12 号楼” 电梯", ["12号楼", "电梯"]),
        ('"物业 费"涨价', ["物业费", "涨价"]),
        ("「电梯」", ["电梯"]),
        ("“没写完", ["没写完"]),
    ],
)
def test_words_of_a_query(query, words):
    assert words_of(query) == words


def test_a_snippet_marks_what_was_found():
    assert snippet("春柳苑電梯，停运三天", ["电梯停运"]) == [("春柳苑", False), ("電梯，停运", True), ("三天", False)]


@settings(deadline=None)
@given(texts, st.lists(st.text(min_size=2, max_size=4), max_size=3))
def test_a_snippet_is_a_stretch_of_the_text(text, words):
    shown = "".join(piece for piece, _ in snippet(text, [normalise(word) for word in words if normalise(word)]))
    assert shown in text
