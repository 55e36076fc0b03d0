"""抽样与推断：同一粒种子处处同一份名单；每层按比例又不少于下限；区间罩得住真值。不用数据库。"""

from random import Random

import pytest

from supervision.sampling.draw import CannotDraw, Stratum, Unit, allocate, draw, hash_of
from supervision.sampling.estimates import Layer, kappa, stratified_mean, wilson

A, B, C = (
    Stratum("YHQL", "城乡建设", "close"),
    Stratum("YHQL", "劳动社保", "close"),
    Stratum("YHWH", "城乡建设", "answer"),
)

EXPECTED = "00044 00057 00030 00031 00047 00001 00017 00007 00013 00036 00025 00053".split()


def city():
    """Sixty petitions in three strata of 40, 15 and 5."""
    layers = [A] * 40 + [B] * 15 + [C] * 5
    return [Unit(f"110199-2026-{n:05d}", layer) for n, layer in enumerate(layers, start=1)]


def test_the_list_is_the_same_on_any_machine_and_in_any_order():
    drawn = draw(city(), seed="云河 2026-11", size=12)
    assert [unit.number[-5:] for unit in drawn.units] == EXPECTED  # 写死在此：换了机器、版本也不许变
    shuffled = city()
    for n in range(3):
        Random(n).shuffle(shuffled)
        again = draw(shuffled, seed="云河 2026-11", size=12)
        assert (again.units, again.list_hash, again.population_hash) == (
            drawn.units,
            drawn.list_hash,
            drawn.population_hash,
        )
    assert drawn.list_hash == hash_of(unit.number for unit in drawn.units)


def test_another_seed_or_one_petition_more_gives_another_fingerprint():
    drawn = draw(city(), seed="云河 2026-11", size=12)
    assert draw(city(), seed="云河 2026-12", size=12).list_hash != drawn.list_hash
    more = draw([*city(), Unit("110199-2026-00061", C)], seed="云河 2026-11", size=12)
    assert more.population_hash != drawn.population_hash


def test_strata_share_in_proportion_and_none_goes_below_its_least():
    sizes = {A: 40, B: 15, C: 5}
    assert allocate(sizes, size=12, least=1) == {A: 8, B: 3, C: 1}
    assert allocate(sizes, size=12, least=3) == {A: 6, B: 3, C: 3}
    assert allocate(sizes, size=100, least=1) == sizes
    assert allocate({A: 40, C: 1}, size=10, least=3) == {A: 9, C: 1}


def test_whatever_the_sizes_the_sample_is_as_large_as_was_asked():
    dice = Random(11)
    for _ in range(200):
        sizes = {Stratum(str(n)): dice.randint(1, 60) for n in range(dice.randint(1, 12))}
        least = dice.randint(0, 3)
        size = dice.randint(max(1, least * len(sizes)), 200)
        drawn = allocate(sizes, size=size, least=least)
        assert sum(drawn.values()) == min(size, sum(sizes.values()))
        assert all(min(least, of) <= drawn[one] <= of for one, of in sizes.items())


def test_what_cannot_be_drawn_is_said_in_a_sentence():
    with pytest.raises(CannotDraw, match="共 3 层，每层至少 2 件，就要抽 6 件"):
        allocate({A: 40, B: 15, C: 5}, size=5, least=2)
    with pytest.raises(CannotDraw, match="没有可以评查的"):
        draw([], seed="一二三四", size=5)


def test_a_share_has_wilsons_interval_and_a_whole_has_none_of_error():
    share = wilson(8, 10)
    assert (round(share.value), round(share.low, 1), round(share.high, 1)) == (80, 49.0, 94.3)
    assert wilson(10, 10).high == 100 and wilson(10, 10).low < 75
    whole = wilson(8, 10, whole=True)
    assert whole.low == whole.value == whole.high == 80
    assert wilson(0, 0) is None


def test_a_large_stratum_weighs_more_than_a_small_one():
    told = stratified_mean([Layer(90, (80.0, 90.0, 100.0)), Layer(10, (40.0, 60.0))])
    assert told.value == pytest.approx(0.9 * 90 + 0.1 * 50)
    # 0.81·(1−3/90)·100/3 + 0.01·(1−2/10)·200/2 = 26.9，自由度 3 的 t = 3.182
    assert told.value - told.low == pytest.approx(3.182 * 26.9**0.5)
    assert told.high == 100.0


def test_what_was_drawn_whole_has_no_error_and_what_tells_nothing_has_no_interval():
    whole = stratified_mean([Layer(2, (80.0, 90.0)), Layer(1, (40.0,))])
    assert whole.low == whole.value == whole.high == 70
    assert stratified_mean([Layer(50, (80.0,))]).low is None
    assert stratified_mean([Layer(50, (80.0, 80.0, 80.0))]).low is None
    assert stratified_mean([Layer(50, ())]) is None
    assert stratified_mean([Layer(1, (84.0,)), Layer(4, ())]).low is None  # 还有一层没有评


def test_the_interval_covers_the_truth_about_as_often_as_it_says():
    dice = Random(7)
    units = city()
    score = {unit.number: float(dice.choice((40, 60, 75, 85, 95, 100))) for unit in units}
    truth = sum(score.values()) / len(score)
    covered = 0
    for seed in range(300):
        drawn = draw(units, seed=f"种子{seed}", size=20, least=2)
        layers = [
            Layer(share.population, tuple(score[u.number] for u in drawn.units if u.stratum == share.stratum))
            for share in drawn.shares
        ]
        told = stratified_mean(layers)
        covered += told.low <= truth <= told.high
    assert 0.91 <= covered / 300 <= 0.99


def test_kappa_takes_chance_off_the_agreement():
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([("yes", "yes"), ("no", "no")]) == 1
    assert kappa([("yes", "yes")] * 9) is None and kappa([]) is None
