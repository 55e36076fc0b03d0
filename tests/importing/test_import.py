"""批量导入：坏的退回、好的登记、重跑无害、历史不打扰人。"""

import csv
import json
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from openpyxl import Workbook, load_workbook

from accounts.models import Notice, Outbox
from desk.bulk_import import import_run
from desk.bulk_import.columns import FIELDS
from desk.bulk_import.import_run import import_file
from desk.bulk_import.mapping import MapRefused
from desk.bulk_import.table_reader import Unreadable
from documents.models import Letter
from petitions.models import Claim, Deadline, EventText, Party, Person, Petition, PetitionEvent, Submission
from petitions.record.verification import verify
from routing.models import RoutingProposal
from rulebook.timekeeping import today
from tests.cast import someone
from tests.importing.sheets import BROKEN, good_row, write

pytestmark = pytest.mark.usefixtures("city")


def good_rows(count):
    return [good_row(n, today()) for n in range(count)]


def bring(path, by="clerk1", **told):
    return import_file(path, by=someone(by), **told)


def written():
    models = (Submission, Petition, Party, Person, Claim, PetitionEvent, EventText, Deadline, RoutingProposal)
    return {model.__name__: model.objects.count() for model in models}


@pytest.fixture
def broken_sheet(tmp_path):
    """Every column told, 5 % of the rows broken, each in a way of its own."""
    rows = good_rows(220)
    at = {}
    for place, (way, (name, cell, _)) in enumerate(BROKEN.items()):
        n = 10 + 17 * place
        rows[n][name] = cell
        at[rows[n]["external_id"]] = way
    assert len(at) == len(BROKEN) == 11  # of 220 rows: 5 %
    return write(tmp_path / "every-column.csv", rows), at


def test_exactly_the_broken_rows_are_refused_each_with_its_reason(broken_sheet, tmp_path):
    path, at = broken_sheet
    tally = bring(path, errors=tmp_path / "out.xlsx")
    assert (tally.rows, tally.registered, tally.refused, tally.already_there) == (220, 209, 11, 0)
    assert Submission.objects.count() + tally.refused == tally.rows
    assert not Submission.objects.filter(external_id__in=at).exists()
    sheet = list(load_workbook(tmp_path / "out.xlsx").active.iter_rows(values_only=True))
    header, refused = sheet[0], [dict(zip(sheet[0], row, strict=True)) for row in sheet[1:]]
    assert header[-1] == "原因" and header[:-1] == tuple(next(iter(_csv(path))))
    assert {row["外部编号"] for row in refused} == set(at)
    for row in refused:
        assert BROKEN[at[row["外部编号"]]][2] in row["原因"]
    assert (tmp_path / "out.xlsx").stat().st_mode & 0o077 == 0


def _csv(path):
    with path.open(encoding="utf-8-sig", newline="") as source:
        yield from csv.reader(source)


def test_a_number_used_twice_is_registered_once(tmp_path):
    rows = good_rows(3)
    rows[2]["external_id"] = rows[0]["external_id"]
    tally = bring(write(tmp_path / "twice.csv", rows))
    assert (tally.registered, tally.refused) == (2, 1)
    assert "在文件里出现过" in tally.first_refused[0]


def test_more_than_five_representatives_of_a_visit_are_refused(tmp_path):
    rows = good_rows(1)  # 来访
    rows[0]["representatives"] = "；".join(f"周文杰{n}" for n in range(5))
    rows[0]["people_count"] = "30"
    tally = bring(write(tmp_path / "many.csv", rows))
    assert tally.refused == 1 and "不得超过五人" in tally.first_refused[0]


def test_running_it_again_adds_nothing(broken_sheet):
    path, _ = broken_sheet
    bring(path)
    before = written()
    tally = bring(path)
    assert (tally.registered, tally.already_there, tally.refused) == (0, 209, 11)
    assert written() == before


def test_the_mended_rows_can_be_imported_from_the_refused_file(broken_sheet, tmp_path):
    path, _ = broken_sheet
    bring(path, errors=tmp_path / "every-column.xlsx")
    book = load_workbook(tmp_path / "every-column.xlsx")
    heads = [cell.value for cell in book.active[1]]
    for row in book.active.iter_rows(min_row=2):
        if "原话" in row[-1].value:
            row[heads.index("原话")].value = "补上的原话：楼道灯坏了"
    book.save(tmp_path / "every-column.xlsx")
    tally = bring(tmp_path / "every-column.xlsx")
    assert (tally.registered, tally.refused) == (1, 10)


def test_every_row_gets_its_log_its_clock_and_a_proposal(tmp_path):
    tally = bring(write(tmp_path / "a.csv", good_rows(30)))
    assert tally.clocks == {"D02": 30}
    assert tally.proposed + tally.triage == 30 and tally.proposed > 0
    assert RoutingProposal.objects.count() == 30
    for petition in Petition.objects.all():
        lines = list(petition.events.order_by("seq"))
        assert [line.act for line in lines] == ["receive", "register"]
        assert all(line.backfilled for line in lines) and petition.submission.backfilled
    assert list(verify()) == []
    numbers = sorted(Petition.objects.values_list("number", flat=True))
    assert numbers == [f"11019901-{today():%Y}-{n:05d}" for n in range(1, 31)]


def test_a_row_says_all_that_the_desk_could(tmp_path):
    row = good_row(0, today())
    bring(write(tmp_path / "one.csv", [row]))
    petition = Petition.objects.select_related("submission", "category").get()
    lead, other = petition.submission.parties.order_by("position")
    assert petition.submission.original == row["text"]
    assert [claim.text for claim in petition.claims.order_by("number")] == ["尽快处理", "书面答复"]
    assert (petition.category.code, petition.territory, petition.place) == ("010103", "11019901001", "春柳苑")
    assert (lead.name, lead.id_number, lead.phone) == (row["name"], row["id_number"], row["phone"])
    assert (lead.name_withheld, lead.interest, lead.sex) == (True, "业主", "女")
    assert (other.name, other.role, other.interest) == ("周文杰", "representative", "邻居")
    submission = petition.submission
    assert (submission.people_count, submission.involved_count, submission.addressee) == (3, 40, "街道办主任")
    assert (submission.urgent, submission.public_consent, submission.truth_pledged) == (True, True, True)
    assert submission.petition_date == today() - timedelta(days=2)


def test_history_tells_nobody_unless_asked(tmp_path):
    bring(write(tmp_path / "quiet.csv", good_rows(4)))
    assert (Letter.objects.count(), Outbox.objects.count(), Notice.objects.count()) == (0, 0, 0)
    bring(write(tmp_path / "loud.csv", good_rows(4)), notify=True)
    assert Letter.objects.filter(kind="F01").count() == 8  # 每人一张回执


def test_a_dry_run_leaves_nothing(tmp_path):
    path = write(tmp_path / "a.csv", good_rows(12))
    tally = bring(path, dry_run=True)
    assert tally.registered == 12 and tally.proposed > 0
    assert set(written().values()) == {0}
    assert bring(path).registered == 12


def test_a_row_the_database_refuses_loses_itself_only(tmp_path, monkeypatch):
    """A fault that no check foresaw, in the middle of a batch."""
    monkeypatch.setitem(import_run.Rows.read.__globals__["LONGEST"], "call_record", 500)
    rows = good_rows(8)
    rows[5]["call_record"] = "录" * 61
    tally = bring(write(tmp_path / "a.csv", rows))
    assert (tally.registered, tally.refused) == (7, 1)
    assert "数据库不接受这一行" in tally.first_refused[0]
    assert Person.objects.count() == 14 and list(verify()) == []
    assert Petition.objects.filter(number__endswith="00007").exists()


def test_who_may_not_register_for_an_organ_is_told_so(tmp_path):
    rows = good_rows(3)
    rows[1]["organ"] = "YZXF"
    tally = bring(write(tmp_path / "a.csv", rows))
    assert (tally.registered, tally.refused) == (2, 1)
    assert "不能以“云州市信访办”的名义登记" in tally.first_refused[0]


def test_the_number_of_queries_does_not_grow_with_the_batch(tmp_path, django_assert_max_num_queries):
    bring(write(tmp_path / "warm.csv", good_rows(1)))
    with django_assert_max_num_queries(45 + 60 + 2 * 100):  # 每行只有登记行为自己的保存点，每个收到日问一次规则集
        bring(write(tmp_path / "a.csv", good_rows(100)))


def test_gb18030_and_short_rows(tmp_path):
    path = write(tmp_path / "old.csv", good_rows(2), encoding="gb18030")
    path.write_bytes(path.read_bytes() + "只有一格\r\n".encode("gb18030"))
    tally = bring(path)
    assert (tally.registered, tally.refused) == (2, 1)
    assert "这一行有 1 列" in tally.first_refused[0]


def test_xlsx_days_and_numbers_are_read_as_typed(tmp_path):
    book = Workbook()
    book.active.append(["编号", "内容", "收到", "电话", "人"])
    book.active.append([1001, "楼道灯坏了，要求尽快修", today() - timedelta(days=3), 13800000001, "陈玉兰"])
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "m.toml").write_text(
        'source = "热线"\n[columns]\nexternal_id = "编号"\ntext = "内容"\nreceived_on = "收到"\nphone = "电话"\n'
        'name = "人"\n[constants]\nchannel = "call"\nkind = "appeal"\n',
        encoding="utf-8",
    )
    assert bring(tmp_path / "a.xlsx", map_path=tmp_path / "m.toml").registered == 1
    submission = Submission.objects.get(external_source="热线", external_id="1001")
    assert submission.received_on == today() - timedelta(days=3)
    assert submission.parties.get().phone == "13800000001"


def test_the_source_may_stand_among_the_constants(tmp_path):
    (tmp_path / "m.toml").write_text(
        '[columns]\ntext = "原话"\nexternal_id = "外部编号"\n[constants]\nsource = "信箱"\nchannel = "letter"\n'
        'kind = "inquiry"\nreceived_on = 2026-03-02\nanonymous = true\n',
        encoding="utf-8",
    )
    assert bring(write(tmp_path / "a.csv", good_rows(1)), map_path=tmp_path / "m.toml").registered == 1
    submission = Submission.objects.get(external_source="信箱")
    assert (submission.anonymous, submission.notice_exempt, f"{submission.received_on}") == (True, True, "2026-03-02")


def test_rows_without_a_number_are_known_by_their_words(tmp_path):
    rows = good_rows(3)
    for row in rows:
        row["external_id"] = ""
    rows[2] = rows[1]
    path = write(tmp_path / "a.csv", rows)
    assert bring(path).registered == 3
    assert bring(path).already_there == 3


def test_formulas_come_back_as_text(tmp_path):
    rows = good_rows(1)
    rows[0] |= {"text": "=HYPERLINK(1)", "channel": "?"}
    bring(write(tmp_path / "a.csv", rows), errors=tmp_path / "out.xlsx")
    cells = [cell for row in load_workbook(tmp_path / "out.xlsx").active.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells if cell.value == "=HYPERLINK(1)"} == {"s"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('source = "x"\n[columns]\ntext = "没有"', "文件里没有列“没有”"),
        ('source = "x"\n[columns]\ntext = "原话"\nshape = "概况"', "不认识的栏目“shape”"),
        ('[columns]\ntext = "原话"', "请写明 source"),
        ('source = "x"\n[columns]\nname = "姓名"', "没有写 text"),
        ("source = ", "读不出来"),
        ('source = "x"\n[colums]\ntext = "原话"', "不认识的“colums”"),
    ],
)
def test_a_map_that_does_not_fit_stops_before_the_first_row(tmp_path, words, said):
    (tmp_path / "m.toml").write_text(words, encoding="utf-8")
    with pytest.raises(MapRefused, match=said):
        bring(write(tmp_path / "a.csv", good_rows(1)), map_path=tmp_path / "m.toml")
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("name", "body"), [("a.xls", b"x"), ("a.xlsx", b"x"), ("a.csv", b""), ("b.csv", b"\xff\xff\xff")]
)
def test_what_is_no_table_is_said_so(tmp_path, name, body):
    (tmp_path / name).write_bytes(body)
    with pytest.raises(Unreadable):
        bring(tmp_path / name)


def test_the_command_prints_what_came_of_it(tmp_path, capsys):
    path = write(tmp_path / "a.csv", good_rows(5))
    call_command("import_petitions", path, by="clerk1", json=True)
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["registered"], told["clocks"]) == (5, 5, {"D02": 5})
    call_command("import_petitions", path, by="clerk1")
    assert "早已登记 5 行" in capsys.readouterr().out
    with pytest.raises(CommandError, match="没有可以登记的用户"):
        call_command("import_petitions", path, by="nobody")


def test_nothing_personal_reaches_the_screen(tmp_path, capsys):
    rows = good_rows(3)
    rows[1] |= {"id_number": "110199195406151234", "phone": "12345678901234"}
    call_command("import_petitions", write(tmp_path / "a.csv", rows), by="clerk1")
    said = capsys.readouterr()
    for secret in (rows[1]["id_number"], rows[1]["phone"], rows[1]["name"], rows[1]["address"]):
        assert secret not in said.out + said.err
    assert connection.queries == []


class TestTheGuide:
    """docs/import.md says what the code does."""

    def blocks(self):
        text = (settings.BASE_DIR / "docs" / "import.md").read_text(encoding="utf-8")
        return text, dict(re.findall(r"```(toml|csv)\n(.*?)```", text, re.DOTALL))

    def test_its_example_does_what_it_says(self, tmp_path):
        text, blocks = self.blocks()
        (tmp_path / "m.toml").write_text(blocks["toml"], encoding="utf-8")
        (tmp_path / "a.csv").write_text(blocks["csv"], encoding="utf-8")
        tally = bring(tmp_path / "a.csv", map_path=tmp_path / "m.toml")
        assert (tally.registered, tally.refused) == (2, 2)
        assert "【来电人】没有填写姓名（名称）；确系匿名的，匿名一栏写“是”" in text
        assert tally.first_refused[0] == "第 4 行：【来电人】没有填写姓名（名称）；确系匿名的，匿名一栏写“是”"
        assert "【来电时间】" in tally.first_refused[1] and "【来电号码】" in tally.first_refused[1]

    def test_it_names_every_field(self):
        text, _ = self.blocks()
        assert [name for name, label in FIELDS.items() if f"| `{name}` | {label} |" not in text] == []
