"""追责情形是城市包的行，引条文；改了的从改的那天起，旧记录仍指旧行。"""

from pathlib import Path

import pytest
from django.conf import settings

from rulebook.books import rule_set_on
from rulebook.city.publication import PackRefused
from rulebook.timekeeping import today
from supervision.models import ResponsibilityRule
from supervision.proposals import accountability, responsibility_pack

PACKS = Path(settings.BASE_DIR) / "citypacks"
HEAD = "code,article,item,words,mark\n"
GOOD = HEAD + "44-1,第四十四条,第一项,不按规定登记,源\n45-1,第四十五条,第一项,推诿拖延,源\n"


def folder(tmp_path, text):
    (tmp_path / "responsibility.csv").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["reference", "yunzhou", "beijing"])
def test_the_packs_of_the_house_name_every_article_from_42_to_46(name):
    rows, complaints = responsibility_pack.read(PACKS / name)
    assert complaints == [] and {row["article"] for row in rows} == set(responsibility_pack.ARTICLES)


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ("第四十四条", "第四十条", "第2行的条“第四十条”"),
        ("45-1", "44-1", "代号为空或者重复"),
        ("不按规定登记", "", "没有写情形"),
        ("推诿拖延,源", "推诿拖延,真", "第3行的可信度"),
        (GOOD[len(HEAD) :], "", "没有写任何一种情形"),
    ],
)
def test_every_fault_is_a_sentence(tmp_path, was, becomes, complaint):
    complaints = responsibility_pack.check(folder(tmp_path, GOOD.replace(was, becomes, 1)))
    assert any(complaint in said for said in complaints), complaints


def test_loading_twice_changes_nothing_and_what_left_the_file_is_ended(city, tmp_path):
    rules = rule_set_on(today())
    before = ResponsibilityRule.objects.count()
    assert (
        responsibility_pack.load(PACKS / "yunzhou", rule_set=rules) == 0
        and ResponsibilityRule.objects.count() == before
    )
    assert responsibility_pack.load(folder(tmp_path, GOOD), rule_set=rules) == 2
    assert [row.words for row in accountability.rules_in_force()] == ["不按规定登记", "推诿拖延"]
    assert ResponsibilityRule.objects.count() == before + 2
    with pytest.raises(PackRefused):
        responsibility_pack.load(folder(tmp_path, HEAD), rule_set=rules)
