"""按类别写的阶梯：同一代号，写得最细的一条为准，各响一次；改了类别，下一次巡查重看。"""

from datetime import date, datetime, time, timedelta
from itertools import combinations, product
from random import Random

import pytest

from petitions.models import Category, Petition
from rulebook.acts import Act
from rulebook.books import calendar_in_force, rule_set_on
from rulebook.timekeeping import BEIJING, at, now, today
from supervision.board import board_counts, board_figures, case_list
from supervision.ladder import climb, ladder_pack
from supervision.ladder.rungs import Rung, bracket, due_rungs, of_category, rung_called
from supervision.models import LadderRow, Reminder
from supervision.sandbox import deadline_spans, ladder_drafts
from supervision.sandbox.replay import replay
from tests.cast import accepted, do, fresh, on_day, someone
from tests.supervision.test_board_counts import shown
from tests.supervision.test_pack import GOOD, folder
from tests.supervision.test_sandbox import climbed

DAY = date(2026, 3, 2)
DUE = DAY + timedelta(days=60)
PLAIN = [Rung(code="L1", label="提醒", level=1, offset=-15), Rung(code="L4", label="红牌督办", level=4, offset=1)]
WAGES = Rung(code="L1", label="欠薪早提醒", level=1, offset=-30, category="15")
FARM = Rung(code="L1", label="农民工", level=1, offset=-40, category="1506")
CHOSEN = ["", "010101", "150101", "150604"]
MORE = Rung(code="W", label="欠薪另加", level=2, offset=-20, category="15")


class TestPure:
    """不用库。"""

    ladder = [*PLAIN, WAGES, FARM, MORE]

    def labels(self, category):
        return [rung.label for rung in of_category(self.ladder, category)]

    def test_the_most_exact_category_takes_the_place_of_the_same_code(self):
        assert self.labels("") == ["提醒", "红牌督办"]
        assert self.labels("010101") == ["提醒", "红牌督办"]
        assert self.labels("150101") == ["红牌督办", "欠薪早提醒", "欠薪另加"]
        assert self.labels("150604") == ["红牌督办", "农民工", "欠薪另加"]
        assert rung_called(self.ladder, "L1", "150604") is FARM
        assert rung_called(self.ladder, "W", "010101") is None

    def test_all_codes_of_a_bracket_have_one_ladder(self):
        assert [bracket(self.ladder, code) for code in ("", "01", "150101", "150604")] == ["", "", "15", "1506"]

    def test_whatever_it_is_classified_as_each_code_is_climbed_at_most_once(self):
        for days in combinations((-45, -35, -25, -10, 5), 3):
            for chosen in product(CHOSEN, repeat=3):
                told: list[str] = []
                for offset, category in zip(days, chosen, strict=True):
                    meant = of_category(self.ladder, category)
                    told += [rung.code for rung in due_rungs(DUE, meant, told, DUE + timedelta(days=offset), None)]
                assert len(told) == len(set(told))

    @pytest.mark.parametrize("category", CHOSEN)
    def test_a_ladder_without_categories_is_the_same_for_all(self, category):
        assert of_category(PLAIN, category) == PLAIN


SAID = '{ code = "L1", level = 1, label = "早提醒", offset = -30, tells = ["handler"], category = "15" },\n]'


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (SAID.replace('"15"', '"99"'), "“L1”的内容分类“99”不在分类表中"),
        (SAID.replace('"15"', '"1"'), "“L1”的内容分类“1”不在分类表中"),
        (SAID.replace('"15"', "15"), "的内容分类应写成代码，加引号"),
        (SAID.replace("\n]", "\n" + SAID), "D06 有重复的代号 L1（分类 15）"),
    ],
)
def test_each_fault_of_a_category_is_a_sentence(tmp_path, row, complaint):
    (tmp_path / "categories.csv").write_text("code\n150604\n010101\n", encoding="utf-8")
    complaints = ladder_pack.check(folder(tmp_path, GOOD.rstrip().removesuffix("]") + row))
    assert any(complaint in said for said in complaints), complaints


def test_a_category_of_the_pack_is_known_to_it(tmp_path):
    (tmp_path / "categories.csv").write_text("code\n150604\n010101\n", encoding="utf-8")
    read = ladder_pack.read(folder(tmp_path, GOOD.rstrip().removesuffix("]") + SAID))
    assert read.complaints == []
    assert [(rung["code"], rung["category"]) for rung in read.rungs] == [("L1", ""), ("L4", ""), ("L1", "15")]
    assert ladder_pack.understood(ladder_pack.written(read.rungs), ["150604"]).rungs == read.rungs


def earlier_for(prefix: str, offset: int, **more):
    """The live ladder of 办结 with one rung more, for a category, from the rule set's day."""
    live = LadderRow.objects.filter(valid_to=None, code="L1", category="", terms__contains=["D06"]).get()
    facts = {name: getattr(live, name) for name in ("rule_set", "level", "unit", "tells", "above", "channels")}
    given = facts | {"code": "L1", "label": "早提醒"} | more
    return LadderRow.objects.create(terms=["D06"], offset=offset, category=prefix, valid_from=live.valid_from, **given)


@pytest.fixture
def about(city):
    wages = Category.objects.filter(code__startswith="15").order_by("code").first()
    return {"wages": wages, "other": Category.objects.exclude(code__startswith="15").order_by("code").first()}


def rungs_of(petition):
    rows = Reminder.objects.filter(deadline__petition=petition, deadline__term="D06").order_by("pk")
    return [(row.rung, (row.made_at.astimezone(BEIJING).date() - DUE).days) for row in rows]


def sweep_daily(until: int, first: int = 1):
    for number in range(first, until + 1):
        with at(datetime.combine(DAY + timedelta(days=number), time(0, 0, 30), BEIJING)):
            climb.sweep()


def test_petitions_of_the_category_are_reminded_by_its_rung_and_the_others_by_the_general_one(about):
    earlier_for("15", -30)
    with on_day(DAY):
        wages, other = accepted(category=about["wages"]), accepted(category=about["other"])
        climb.sweep()
    sweep_daily(61)
    assert rungs_of(wages) == [("L1", -30), ("L2", -7), ("L3", -3), ("L4", 1)]
    assert rungs_of(other) == [("L1", -15), ("L2", -7), ("L3", -3), ("L4", 1)]


def test_once_classified_otherwise_it_is_looked_at_again_and_no_code_rings_twice(about):
    earlier_for("15", -30)
    with on_day(DAY):
        petition = accepted(category=about["other"])
        climb.sweep()
    sweep_daily(40)
    with on_day(DAY + timedelta(days=40), 15):
        do(petition, Act.CLASSIFY, "officer1", path="31-6", category=about["wages"])
        climb.sweep()
    sweep_daily(50, first=41)
    assert rungs_of(petition) == [("L1", -20)]
    line = fresh(petition).events.filter(act=Act.CLASSIFY).last()
    assert line.details["category_before"] == about["other"].pk


def test_the_board_counts_and_filters_by_the_rung_each_petition_stands_on(about):
    earlier_for("15", -30)
    with on_day(DAY):
        wages, other = accepted(category=about["wages"]), accepted(category=about["other"])
        none = accepted()
    with on_day(DAY + timedelta(days=35)):
        scope = case_list.scope_of(someone("super1"))
        counted = board_figures.count(scope, climb.ladders_on(DAY), DAY + timedelta(days=35))
        assert dict(counted.levels) == {1: 1}
        assert list(scope.filter(counted.of_level(1))) == [wages]
    with on_day(DAY + timedelta(days=50)):
        counted = board_figures.count(scope, climb.ladders_on(DAY), DAY + timedelta(days=50))
        assert dict(counted.levels) == {1: 3}
        assert set(scope.filter(counted.of_level(1))) == {wages, other, none}


@pytest.mark.parametrize("who", ["super1", "csuper1", "officer1"])
def test_the_counts_kept_stand_on_the_same_rungs_whatever_it_is_classified_as(about, who):
    earlier_for("15", -30)
    earlier_for(about["wages"].code, -40, code="W", label="另加", level=2)
    sibling = Category.objects.filter(code__startswith="15").exclude(pk=about["wages"].pk).first()
    with on_day(DAY):
        for category in (about["wages"], sibling, about["other"], None):
            petition = accepted(category=category)
        Petition.objects.filter(pk=accepted(category=about["wages"]).pk).update(secrecy=1)
    user, seen = someone(who), set()
    for days in (0, 19, 21, 31, 46, 61):
        with on_day(DAY + timedelta(days=days)):
            ladders, scope = climb.ladders_on(today()), case_list.scope_of(user)
            for category in (None, about["wages"], sibling, about["other"]):
                Petition.objects.filter(pk=petition.pk).update(category=category)
                kept, views = board_counts.of_board(user, ladders, today())
                board_counts.offices(user, kept)
                assert shown(kept, scope) == shown(board_figures.count(scope, ladders, today()), scope)
                assert sum(kept.levels.values()) == sum(
                    scope.filter(kept.of_level(level)).count() for level in range(7)
                )
                assert set(views["categories"]) == set(board_figures.views(scope, today())["categories"])
                seen.add(tuple(sorted(kept.levels.items())))
    assert board_counts.differences() == []
    assert len(seen) > 4 or who == "officer1"


@pytest.mark.parametrize("luck", range(2))
def test_a_replay_equals_history_where_petitions_are_classified_otherwise_on_the_way(about, luck):
    earlier_for("15", -30)
    earlier_for(about["wages"].code, -12, code="W", label="另加")
    dice = Random(luck)
    with on_day(DAY):
        petitions = [accepted(category=about[which]) for which in ("wages", "other", "wages")]
        climb.sweep()
    for number in range(1, 75):
        sweep_daily(number, first=number)
        with on_day(day := DAY + timedelta(days=number)):
            if dice.random() < 0.2:
                chosen = about[dice.choice(["wages", "other"])]
                do(fresh(dice.choice(petitions)), Act.CLASSIFY, "officer1", path="31-6", category=chosen)
            climb.sweep()
    with on_day(day):
        lives = deadline_spans.lives(Petition.objects.all())
        told = {one.key for one in replay(lives, ladder_drafts.in_force(), calendar_in_force(), first=DAY, until=now())}
    assert told == climbed()
    assert Reminder.objects.filter(rung="W").exists()


def test_a_database_that_knows_no_categories_keeps_its_ladder(city):
    live = ladder_pack.rungs_in_force()
    without = [{name: value for name, value in rung.items() if name != "category"} for rung in live]
    assert ladder_pack.is_in_force(without)  # 以前存下的草案没有这一项
    with on_day(DAY):
        ladder_pack.put_in_force(without, rule_set=rule_set_on(DAY), starts=DAY)
    assert ladder_pack.is_in_force(live)
