"""城市包中的文书样式 ↔ 行。"""

import shutil
from datetime import date

import pytest

from documents.letters import letter_pack
from documents.letters.fields import KINDS
from documents.letters.impediments import LetterRefused
from documents.models import LetterTemplate
from tests.documents.conftest import LETTERS

DAY = date(2022, 5, 1)


@pytest.fixture
def city(tmp_path):
    """A city pack of its own, standing on the reference pack beside it."""
    shutil.copytree(LETTERS / "letters", tmp_path / "reference" / "letters")
    folder = tmp_path / "yunhe"
    (folder / "letters").mkdir(parents=True)
    (folder / "pack.toml").write_text('[pack]\nbase = "reference"\n', encoding="utf-8")
    return folder


def rewrite(folder, kind, old, new):
    text = (LETTERS / "letters" / f"{kind}.txt").read_text(encoding="utf-8")
    assert old in text
    (folder / "letters" / f"{kind}.txt").write_text(text.replace(old, new), encoding="utf-8")


def test_the_reference_pack_is_clean():
    assert letter_pack.check(LETTERS) == []


def test_a_city_takes_what_it_does_not_write_itself(city):
    rewrite(city, "F10", "因情况复杂", "因案情复杂")
    read = letter_pack.read(city)
    assert read.complaints == []
    assert set(read.sources) == set(KINDS)
    assert "因案情复杂" in read.bodies["F10"]


def test_complaints_name_the_file(city):
    rewrite(city, "F10", "{{approver}}", "{{boss}}")
    found = letter_pack.check(city)
    assert "letters/F10.txt：F10《信访事项延期办理告知书》用了不存在的要素：boss" in found


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("{letter_code}{series}[{year}]{serial}号", "文号的年份应当用六角括号〔〕括入"),
        ("{letter_code}{series}〔{year}〕第{serial}号", "文号不加“第”，序号不编虚位"),
        ("{letter_code}{series}〔{year}〕{serial:04}号", "文号不加“第”，序号不编虚位"),
        ("{series}〔{year}〕{serial}号", "文号格式应当恰好用到 letter_code、serial、series、year"),
    ],
)
def test_numbers_are_written_by_the_standard(city, number, sentence):
    (city / "letters" / "numbers.toml").write_text(f'format = "{number}"', encoding="utf-8")
    assert sentence in letter_pack.check(city)


def test_a_series_stands_in_the_list(city):
    rewrite(city, "F10", "series: 告", "series: 延")
    assert "letters/F10.txt：类别字“延”不在 letters/numbers.toml 的 [series] 里" in letter_pack.check(city)


@pytest.mark.django_db
def test_loading_twice_adds_nothing():
    assert len(letter_pack.load(LETTERS, valid_from=DAY)) == len(KINDS)
    assert letter_pack.load(LETTERS, valid_from=DAY) == []
    assert letter_pack.load(LETTERS, valid_from=date(2026, 1, 1)) == []


@pytest.mark.django_db
def test_changed_words_need_a_new_version_and_end_the_old_one(city):
    letter_pack.load(city, valid_from=DAY)
    rewrite(city, "F10", "因情况复杂", "因案情复杂")
    with pytest.raises(LetterRefused, match="版本号应当大于1"):
        letter_pack.load(city, valid_from=date(2026, 7, 1))
    path = city / "letters" / "F10.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("version: 1", "version: 2"), encoding="utf-8")
    added = letter_pack.load(city, valid_from=date(2026, 7, 1))
    assert [(template.kind, template.version) for template in added] == [("F10", 2)]
    assert LetterTemplate.objects.for_kind("F10", date(2026, 6, 30)).version == 1
    assert LetterTemplate.objects.for_kind("F10", date(2026, 7, 1)).version == 2


@pytest.mark.django_db
def test_a_pack_with_complaints_is_not_loaded(city):
    rewrite(city, "F12", "{{review_organ}}", "上一级机关")
    with pytest.raises(LetterRefused, match="必须印出“复查机关全称”"):
        letter_pack.load(city, valid_from=DAY)
    assert not LetterTemplate.objects.exists()
