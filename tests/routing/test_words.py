"""词表：文中有的词都找得到，没有的一个也不报。"""

from hypothesis import given, settings
from hypothesis import strategies as st

from routing.destination.word_scan import WordList, outermost

signs = st.text(alphabet="停车位费物业电梯", min_size=1, max_size=4)


@settings(deadline=None)
@given(st.sets(signs), st.text(alphabet="停车位费物业电梯，", max_size=30))
def test_exactly_the_words_that_stand_in_the_text(words, text):
    assert WordList(words).found_in(text) == {word for word in words if word in text}


@settings(deadline=None)
@given(st.sets(signs))
def test_only_the_outermost_words_count(words):
    kept = outermost(words)
    assert all(any(word in longer for longer in kept) for word in words)
    assert not any(a != b and a in b for a in kept for b in kept)


def test_a_longer_word_says_all_that_the_shorter_says():
    assert outermost({"停车", "停车位", "物业"}) == ["停车位", "物业"]
