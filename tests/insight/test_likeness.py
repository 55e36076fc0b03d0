"""两段文字有多像：一样的最像，不相干的不像，少见的词比常见的词更算数。"""

from hypothesis import given, settings
from hypothesis import strategies as st

from insight.duplicates.shared_wording import percent_alike, same_place, shared_stretches, weights_of
from insight.search.normal_form import bigrams

texts = st.text(alphabet="电梯停运三天请修复物业费垃圾", min_size=2, max_size=40)
TEXT = "春柳苑三号楼电梯停运三天老人下不了楼"


def weights(text, frequencies=None):
    return weights_of({gram: (frequencies or {}).get(gram, 0) for gram in bigrams(text)}, 1000)


def test_the_same_text_is_wholly_alike():
    assert percent_alike(bigrams(TEXT), weights(TEXT)) == 100
    assert shared_stretches(TEXT, TEXT) == (TEXT,)


def test_another_matter_is_not_alike():
    assert percent_alike(bigrams("地铁末班车能否延长到零点"), weights(TEXT)) == 0


@settings(deadline=None)
@given(texts, texts)
def test_a_percentage_is_a_percentage(asked, body):
    assert 0 <= percent_alike(bigrams(body), weights(asked)) <= 100
    assert all(stretch in asked and stretch in body for stretch in shared_stretches(asked, body))


def test_what_many_texts_share_counts_little():
    rare = percent_alike(bigrams("春柳苑的广场舞"), weights(TEXT, {"春柳": 2, "柳苑": 2}))
    common = percent_alike(bigrams("春柳苑的广场舞"), weights(TEXT, {"春柳": 900, "柳苑": 900}))
    assert rare > common


def test_shared_stretches_are_the_longest():
    body = "柳岸新居电梯停运两日老人下不了楼"
    assert shared_stretches(TEXT, body) == ("老人下不了楼", "电梯停运")


def test_the_place_is_asked_apart_from_the_words():
    assert same_place("春柳苑", TEXT)
    assert not same_place("柳岸新居", TEXT)
    assert not same_place("", TEXT)
