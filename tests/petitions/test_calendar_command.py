"""`manage calendar`：先看，再发布；发布的就是看到的；坏行用一句话说明是哪一行。"""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from petitions.clocks import republication
from petitions.models import Deadline
from rulebook.models import CalendarVersion
from tests.cast import on_day
from tests.petitions.places import forwarded
from tests.rulebook import REFERENCE

pytestmark = pytest.mark.usefixtures("city")

SOURCE = "关于2026年3月14日上班的通知"


@pytest.fixture
def table(tmp_path):
    """2026 年的表，多一行：3 月 14 日（周六）上班。"""
    path = tmp_path / "2026.csv"
    kept = (REFERENCE / "calendar" / "2026.csv").read_text(encoding="utf-8")
    path.write_text(kept + "2026-03-14,班,调休\n", encoding="utf-8")
    return path


def calendar(*arguments) -> str:
    out = io.StringIO()
    with on_day("2026-03-11"):
        call_command("calendar", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def on_file(path, *arguments, year=2026, source=SOURCE) -> str:
    return calendar("--file", str(path), "--year", str(year), "--source", source, *arguments)


def test_what_is_published_moves_exactly_what_the_preview_listed(table):
    with on_day("2026-03-10"):
        petition = forwarded()
    seen = json.loads(on_file(table, "--preview", "--json"))
    assert not CalendarVersion.objects.filter(source=SOURCE).exists()
    assert [(move["petition"], move["term"], move["due_on"]) for move in seen["moves"]] == [
        (petition.number, "D04", ["2026-03-17", "2026-03-16"])
    ]
    done = json.loads(on_file(table, "--publish", "--by", "admin1", "--json"))
    assert done["moves"] == seen["moves"] and (done["moved"], done["by_term"]) == (1, {"D04": 1})
    assert (done["version"], done["published_by"], done["finished"]) == (2, "admin1", True)
    assert Deadline.objects.get(petition=petition, term="D04").due_on == date(2026, 3, 16)
    again = json.loads(on_file(table, "--publish", "--by", "admin1", "--json"))
    assert (again["version"], again["moved"], again["counted"]) == (2, 0, 0)


def test_it_reads_for_a_person_with_number_term_and_days(table):
    with on_day("2026-03-10"):
        petition = forwarded()
    said = on_file(table, "--preview")
    assert f"{petition.number}  D04 提出职权异议  2026-03-17 → 2026-03-16" in said
    assert "日子变动的期限 1 个（D04 1）；只变暂定标记的 0 个" in said


def test_what_was_left_half_done_is_resumed(table):
    with on_day("2026-03-10"):
        petition = forwarded()
    before = Deadline.objects.filter(petition=petition, term="D04").values("calendar_version", "due_on", "internal_on")
    as_it_was = before.get()
    on_file(table, "--publish", "--by", "admin1")
    Deadline.objects.filter(petition=petition, term="D04").update(**as_it_was)
    with on_day("2026-03-11"):
        assert republication.pending() == 1
    assert json.loads(calendar("--resume", "--json"))["moved"] == 1


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("日子,休/班,名称\n2027-01-01,休,元旦\n", "第1行应为表头“日期,休/班,名称”"),
        ("日期,休/班,名称\n2027-01-01,休,元旦\n2027-13-01,休,元旦\n", "第3行日期“2027-13-01”应写成"),
        ("日期,休/班,名称\n2027-01-01,放,元旦\n", "第2行“放”应为“休”或“班”"),
        ("日期,休/班,名称\n2027-01-01,休\n", "第2行应有3列，现有2列"),
        ("日期,休/班,名称\n2027-01-01,休,元旦\n2027-01-01,休,元旦\n", "第3行与前面重复：2027-01-01"),
        ("日期,休/班,名称\n2027-01-04,班,元旦\n", "第2行2027-01-04本来就是工作日"),
        ("日期,休/班,名称\n2029-01-04,休,元旦\n", "第2行2029-01-04不属于2027年"),
        (f"日期,休/班,名称\n2027-01-01,休,{'长' * 41}\n", "第2行名称超过40字"),
        ("日期,休/班,名称\n", "里没有一天"),
        ("日期,休/班,名称\n2027-01-01,休,元\0旦\n", "不是 CSV 文本文件"),
    ],
)
def test_bad_lines_are_refused_with_a_sentence_naming_the_line(tmp_path, lines, said):
    path = tmp_path / "2027.csv"
    path.write_text(lines, encoding="utf-8")
    for step in (["--preview"], ["--publish", "--by", "admin1"]):
        with pytest.raises(CommandError, match=said):
            on_file(path, *step, year=2027)
    assert not CalendarVersion.objects.filter(year=2027).exists()


def test_a_table_saved_by_a_spreadsheet_in_gb18030_is_read(tmp_path):
    path = tmp_path / "2027.csv"
    path.write_bytes("日期,休/班,名称\r\n2027-01-01,休,元旦\r\n".encode("gb18030"))
    on_file(path, "--publish", "--by", "admin1", "--provisional", year=2027)
    version = CalendarVersion.objects.get(year=2027)
    assert version.provisional and version.days.get().name == "元旦"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--publish"], "发布须写明 --by"),
        (["--publish", "--by", "nobody1"], "没有用户“nobody1”"),
        (["--publish", "--by", "officer1"], "没有“系统配置”职权"),
    ],
)
def test_who_publishes_must_be_named_and_be_the_rule_keeper(table, arguments, said):
    with pytest.raises(CommandError, match=said):
        on_file(table, *arguments)


def test_the_source_the_file_and_a_sensible_year_are_asked_for(table):
    with pytest.raises(CommandError, match="须注明文件依据"):
        on_file(table, "--preview", source=" ")
    with pytest.raises(CommandError, match="年份应在2022至2100之间"):
        on_file(table, "--preview", year=1999)
    with pytest.raises(CommandError, match=r"没有找到文件 2031\.csv"):
        on_file(table.with_name("2031.csv"), "--preview")
    with pytest.raises(CommandError, match="--file 和 --year"):
        calendar("--preview")
