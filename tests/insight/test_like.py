"""与数据库自己逐字比对的结果一模一样：一千件以内全同，一千件以上件数封顶、前二十件全同。"""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insight.models import SearchDocument
from insight.search.indexing import index_all
from insight.search.normal_form import words_of
from insight.search.petition_search import CAPPED, PAGE, search
from tests.cast import someone
from tests.insight.corpus import pile_up

PLACES = ["春柳苑", "槐荫里", "柳岸新居", "棉纺二宿舍", "和鸣里"]
THINGS = ["电梯停运", "水压不足", "物业费上涨", "路灯不亮", "垃圾没人清", "暖氣不熱", "停车位被占"]
TAILS = ["，老人下不了楼。", "；已经三天！", "（见照片）", " 12 号楼ＡＢ座", "，请尽快处理", "……希望给个说法"]
EVERYWHERE = "请尽快答复"


def texts(many: int) -> list[str]:
    """Invented letters of recurring parts, the same every time: many hits, few hits and overlapping ones."""
    draw = random.Random(7)
    parts = lambda: draw.choice(PLACES) + draw.choice(THINGS) + draw.choice(TAILS)  # noqa: E731
    return [f"{parts()}{parts() if draw.random() < 0.4 else ''}{EVERYWHERE}" for _ in range(many)]


@pytest.mark.django_db
class TestAsTheDatabaseItself:
    @pytest.fixture(autouse=True)
    def _corpus(self, city):
        self.texts = texts(1_050)
        pile_up(self.texts)
        index_all()
        self.user = someone("officer1")

    def by_like(self, word: str) -> list[int]:
        """The truth: every document the plain LIKE of the database finds, the newest first."""
        found = SearchDocument.objects.extra(where=["body LIKE %s OR beside LIKE %s"], params=[f"%{word}%"] * 2)
        return list(found.order_by("-pk").values_list("pk", flat=True))

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_any_stretch_of_two_signs_or_more(self, data):
        text = data.draw(st.sampled_from(self.texts[:50]))
        first = data.draw(st.integers(0, len(text) - 2))
        query = '"' + text[first : data.draw(st.integers(first + 2, min(len(text), first + 12)))] + '"'
        words = words_of(query)
        if not words:
            assert search(self.user, query).refusal
            return
        right, page = self.by_like(words[0]), search(self.user, query)
        assert [row.pk for row in page.rows] == right[:PAGE]
        assert page.keys[:CAPPED] == right[:CAPPED]
        assert (page.count, page.capped) == (min(len(right), CAPPED), len(right) > CAPPED)

    def test_beyond_a_thousand_the_pages_go_on_to_the_last(self):
        right, seen, after = self.by_like(EVERYWHERE), [], None
        first = search(self.user, EVERYWHERE)
        assert (len(right), first.count_label) == (1_050, "1000+")
        while True:
            page = search(self.user, EVERYWHERE, after=after, size=100)
            seen += [row.pk for row in page.rows]
            after = page.next_key
            if after is None:
                break
        assert seen == right
