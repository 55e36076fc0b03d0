"""从已确认的件里学：学得会、说得出凭什么、存取不走样、没学过的不乱说。"""

import io
import json
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.learning import memory, training
from routing.learning.classifier import Sorter, UnknownForm
from routing.learning.features import grams_of, is_in_lead, spelled, without_lead
from routing.learning.scores import score
from routing.learning.training import Case, TooFew, held_back, train, train_on_invented
from tests.routing.learnable import cases


@pytest.fixture(scope="module")
def sorter() -> Sorter:
    return train(cases())


class TestWhatATextConsistsOf:
    def test_single_signs_and_pairs_and_the_title_once_more(self):
        grams = grams_of("停水", title="电")
        said = sorted((spelled(int(code)), is_in_lead(int(code))) for code in grams.codes)
        assert said == sorted(
            [("停", False), ("水", False), ("电", False), ("停水", False), ("电停", False), ("电", True)]
        )

    def test_without_a_title_the_opening_stands_for_it(self):
        lead = {spelled(int(code)) for code in grams_of("甲" * 30 + "停水").codes if is_in_lead(int(code))}
        assert "甲甲" in lead
        assert "停水" not in lead

    def test_a_short_text_can_do_without_its_opening(self):
        grams = without_lead(grams_of("停水停电"))
        told = zip(grams.codes, grams.counts, strict=True)
        assert {spelled(int(code)): int(count) for code, count in told} == {
            "停": 2,
            "水": 1,
            "电": 1,
            "停水": 1,
            "水停": 1,
            "停电": 1,
        }

    def test_width_and_old_forms_make_no_difference(self):
        assert np.array_equal(grams_of("ＡＢ幼兒園").codes, grams_of("ab幼儿园").codes)

    @given(st.text(max_size=40), st.text(max_size=10))
    def test_any_text_is_read(self, text, title):
        grams = grams_of(text, title)
        assert len(grams.codes) == len(grams.counts)
        assert (np.diff(grams.codes.astype(object)) > 0).all() if len(grams.codes) > 1 else True


class TestLearning:
    def test_what_was_confirmed_is_proposed_for_the_like(self, sorter):
        assert sorter.rank("锦绣里的包工头又拖欠工资")[0].label == "劳动和社会保障"
        assert sorter.rank("孩子小学入学划片不公")[0].label == "教育文体"

    def test_the_shares_are_parts_of_one(self, sorter):
        ranked = sorter.rank("楼道堆放杂物")
        assert sum(row.share for row in ranked) == pytest.approx(1, abs=1e-5)
        assert [row.share for row in ranked] == sorted((row.share for row in ranked), reverse=True)

    def test_it_says_which_words_spoke(self, sorter):
        text = "工地拖欠工资，请尽快处理"
        said = sorter.because(text, "劳动和社会保障")
        assert said
        assert all(pair in text for pair in said)
        assert sorter.because(text, "没有学过的一类") == ()

    def test_a_text_of_unknown_signs_is_still_ranked(self, sorter):
        assert len(sorter.rank("zzz")) == 3
        assert len(sorter.rank("")) == 3

    def test_stored_and_read_again_it_judges_the_same(self, sorter):
        again = Sorter.from_bytes(sorter.to_bytes())
        for case in cases()[::7]:
            assert again.rank(case.text, case.title) == sorter.rank(case.text, case.title)

    def test_bytes_of_another_form_are_refused_in_a_sentence(self, sorter, monkeypatch):
        monkeypatch.setattr("routing.learning.classifier.FORM", 99)
        stored = sorter.to_bytes()
        monkeypatch.undo()
        with pytest.raises(UnknownForm, match="请重新训练"):
            Sorter.from_bytes(stored)

    def test_what_the_release_before_stored_is_still_read(self, sorter):
        """It knew no memory; a city keeps proposing until the next night's training."""
        with np.load(io.BytesIO(sorter.to_bytes())) as held:
            arrays = {name: held[name] for name in ("codes", "worth", "weights", "bias")}
        told = json.dumps({"form": 1, "labels": sorter.labels, "sharpness": sorter.sharpness}).encode()
        stored = io.BytesIO()
        np.savez_compressed(stored, told=np.frombuffer(told, dtype=np.uint8), **arrays)
        again = Sorter.from_bytes(stored.getvalue())
        assert again.rank("小学入学划片") == sorter.rank("小学入学划片")

    def test_trained_twice_it_is_the_same(self):
        assert train(cases()).to_bytes() == train(cases()).to_bytes()

    def test_one_label_or_single_cases_are_too_few(self):
        with pytest.raises(TooFew, match="不足两个"):
            train([Case("停水", "水"), Case("停水", "水"), Case("停电", "电")])

    def test_the_words_of_the_answers_are_learnt_too(self):
        """An answer names what the letter did not: 人社局 answered, so 参保 speaks for it."""
        bare = cases()
        told = [Case(c.text, c.label, c.title, "经核参保情况" if c.label.startswith("劳动") else "") for c in bare]
        asked = "咨询参保"
        before, after = ({r.label: r.share for r in train(c).rank(asked)} for c in (bare, told))
        assert after["劳动和社会保障"] > before["劳动和社会保障"]

    def test_the_same_cases_are_always_held_back(self):
        assert [held_back(c.text) for c in cases()] == [held_back(c.text + "。 ") for c in cases()]
        share = sum(held_back(str(number)) for number in range(1000)) / 1000
        assert 0.15 < share < 0.25


@pytest.fixture(scope="module")
def heeding() -> Sorter:
    """One that was told to heed the nearest cases, whatever it would have found out by itself."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(training, "HEEDS", (0.33,))
        patched.setattr(training, "ENOUGH_TO_REMEMBER", 200)
        return train(cases(per_label=80))


class TestTheNearestCases:
    """Beside what the words tell in general stand the cases most like the new one."""

    def test_a_case_nearly_the_same_brings_its_label(self, heeding):
        for case in cases(per_label=80)[::20]:
            said = heeding.remembered(grams_of("你好，" + case.text, case.title))
            assert heeding.labels[said.argmax()] == case.label
            assert said.sum() == pytest.approx(1)

    def test_planes_and_nearest_cases_are_heard_as_told(self, heeding):
        grams = grams_of("工地拖欠工资，幼儿园收费也高")
        alone = replace(heeding, memory=None, heed=0.0)
        expected = 0.67 * alone.shares(grams) + 0.33 * heeding.remembered(grams)
        assert heeding.shares(grams) == pytest.approx(expected)
        assert heeding.shares(grams).sum() == pytest.approx(1)

    def test_where_no_case_is_near_the_planes_decide_alone(self, heeding):
        alone = replace(heeding, memory=None, heed=0.0)
        for text in ("zzz", ""):
            assert heeding.rank(text) == alone.rank(text)

    def test_stored_and_read_again_it_remembers_the_same(self, heeding):
        again = Sorter.from_bytes(heeding.to_bytes())
        assert again.heed == 0.33
        for case in cases(per_label=80)[::40]:
            assert again.rank(case.text, case.title) == heeding.rank(case.text, case.title)

    def test_of_many_cases_only_the_heaviest_grams_are_kept(self, monkeypatch):
        monkeypatch.setattr(memory, "REMEMBERED", 12)
        rows = [(np.arange(5), np.array([0.1, 0.9, 0.2, 0.8, 0.3], dtype=np.float32)) for _ in range(6)]
        kept = memory.remember(rows, np.zeros(6, dtype=int), 1, np.ones(5, dtype=np.float32))
        assert np.diff(kept.starts).tolist() == [0, 6, 0, 6, 0]


class TestTheManner:
    """Training tries on its own cases how to weigh them; nobody sets it by hand."""

    def test_copied_letters_are_told_apart_by_the_one_word_that_differs(self):
        """Whole letters copied, one word exchanged: the word decides, not the rest."""
        told = "尊敬的领导，我们是春柳苑的居民，多次反映没有结果，今天再写一次信，请你们看看{}，盼早日回复"
        words = {"水务": ("停水", "水管", "水压"), "电力": ("停电", "电表", "跳闸")}
        made = [
            Case(told.format(f"{word}的事{at}") + "附件在后" * (at % 3), label)
            for label, of_label in words.items()
            for at in range(120)
            for word in (of_label[at % 3],)
        ]
        learnt = train(made)
        hits = [learnt.rank(told.format(word))[0].label == label for label, some in words.items() for word in some]
        assert all(hits)

    def test_it_is_found_out_only_where_there_are_cases_enough(self):
        assert train(cases()).memory is None


class TestScoring:
    def test_figures_of_a_known_table(self):
        scores = score(["甲", "甲", "乙", "丙"], [["甲", "乙"], ["乙", "甲"], ["乙"], ["甲", "乙", "丁", "丙"]])
        assert (scores.top1, scores.top3) == (50.0, 75.0)
        # 甲 1 of 2 guessed 2: F1 1/2; 乙 1 of 1 guessed 2: F1 2/3; 丙 0
        assert scores.macro_f1 == round(100 * (0.5 + 2 / 3 + 0) / 3, 2)
        assert scores.weighted_f1 == round(100 * (0.5 * 2 + 2 / 3) / 4, 2)

    def test_nothing_to_score_is_no_error(self):
        assert score([], []).top1 == 0.0


def test_judging_loads_no_training_library():
    """The web process proposes with numpy alone: 250 MB a worker."""
    asked = (
        "import sys, routing.learning.classifier, routing.learning.training;"
        "print([name for name in ('sklearn', 'scipy') if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"


class TestLearningFromInventedTexts:
    def test_a_word_told_once_is_enough(self):
        told = [Case("暖气，锅炉", "供热"), Case("龙头，水表", "供水"), Case("变压器，跳闸", "供电")]
        sorter = train_on_invented(told)
        assert [sorter.rank(said)[0].label for said in ("水表不走", "锅炉不烧", "又跳闸了")] == ["供水", "供热", "供电"]

    def test_what_is_likely_counts_beside_the_planes(self, monkeypatch):
        """The signs one matter alone has say more of it, and of no other matter."""
        told = [Case("暖气，锅炉", "供热"), Case("龙头，水表", "供水"), Case("变压器，跳闸", "供电")]
        with_likelihood = train_on_invented(told)
        monkeypatch.setattr(training, "OF_INVENTED", replace(training.OF_INVENTED, naive=0.0))
        without = train_on_invented(told)
        gained = with_likelihood.scores(grams_of("锅炉")) - without.scores(grams_of("锅炉"))
        assert with_likelihood.labels[int(gained.argmax())] == "供热"
        assert gained.sum() == pytest.approx(0, abs=0.05)

    def test_one_matter_alone_teaches_nothing(self):
        with pytest.raises(TooFew, match="只有一种去向"):
            train_on_invented([Case("暖气", "供热"), Case("锅炉", "供热")])
