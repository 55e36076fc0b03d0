"""规则包写错了什么，用句子说出来。"""

from datetime import date

import pytest

from rulebook.city import rules_pack
from rulebook.city.options import OPTIONS, amber_days, filled
from rulebook.terms import BY_CODE
from tests.rulebook import ABOUT, REFERENCE, pack_folder

CALENDAR_2027 = '\n[[calendar]]\nyear = 2027\nsource = "放假通知"\n'


def complaints(folder):
    return rules_pack.read(folder).complaints


def term(code, length, source=""):
    return f'[[term]]\ncode = "{code}"\nlength = {length}\nsource = "{source}"\n'


def test_the_reference_pack_is_sound_and_shortens_nothing():
    reference = rules_pack.read(REFERENCE)
    assert reference.complaints == []
    assert reference.terms == {}
    assert reference.settings == filled({})
    assert [table.year for table in reference.calendars] == [2022, 2023, 2024, 2025, 2026]


def test_the_reference_calendars_hold_every_listed_day():
    counts = {
        table.year: (
            sum(not worked for worked, _ in table.days.values()),
            sum(worked for worked, _ in table.days.values()),
        )
        for table in rules_pack.read(REFERENCE).calendars
    }
    assert counts == {2022: (31, 7), 2023: (27, 7), 2024: (28, 8), 2025: (28, 5), 2026: (33, 6)}


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        (
            term("D06", 90),
            "《信访工作条例》第三十四条“办结并出具处理意见”为60日，地方规定不得长于此（现为90日）",
        ),
        (
            term("D04", 6),
            "《信访工作条例》第二十三条第三款“提出职权异议”为5个工作日，地方规定不得长于此（现为6个工作日）",
        ),
        (
            term("D03", 10),
            "《信访工作条例》第二十三条第三款“转送、交办件书面告知”缩短为10日，须注明文件依据（source）",
        ),
        (
            term("D08", 20, "某文件"),
            "《信访工作条例》第三十五条“申请复查”为30日，是留给信访人或者承办机关的权利，地方规定不得缩短（现为20日）",
        ),
        (
            term("D12", 20),
            "《信访工作条例》第二十二条第一款第三项“交办件反馈办结报告”由交办时指定，不能统一规定天数",
        ),
        (term("D99", 20), "期限“D99”不在规则簿之列"),
        (term("D06", 0), "《信访工作条例》第三十四条“办结并出具处理意见”的天数应为1以上的整数"),
        (term("D06", '"六十"'), "《信访工作条例》第三十四条“办结并出具处理意见”的天数应为1以上的整数"),
        (term("D03", 10, "某文件") * 2, "期限“D03”写了两次"),
        (term("D03", 10, "某文件") + 'unit = "working_day"\n', "期限“D03”多出一列：unit"),
    ],
)
def test_a_term_is_refused_in_a_sentence(tmp_path, terms, sentence):
    assert complaints(pack_folder(tmp_path, terms=terms)) == [sentence]


def test_a_shorter_term_with_its_source_is_taken(tmp_path):
    found = rules_pack.read(pack_folder(tmp_path, terms=term("D03", 10, "青山信发〔2025〕3号第四条")))
    assert found.complaints == []
    assert found.terms == {"D03": (10, "青山信发〔2025〕3号第四条")}


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("max_extensions = 9", "应为1至3的整数"),
        ("max_extensions = true", "应为1至3的整数"),
        ("days = 45", "设置“days”不存在"),
        ("amber_days_by_term = { D77 = 3 }", "期限“D77”不在规则簿之列"),
        ("amber_days_by_term = 3", "应写成"),
        ('petition_number = "{region}-{seq}"', "缺少 year"),
        ('petition_number = "{year}{seq}{name}"', "写法不对"),
        ("letter_number = 1", "应为文字"),
    ],
)
def test_a_setting_is_refused_in_a_sentence(tmp_path, settings, words):
    [complaint] = complaints(pack_folder(tmp_path, settings=f"[settings]\n{settings}\n"))
    assert words in complaint


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("2027-01-01,假,元旦", "第2行“假”应为“休”或“班”"),
        ("2027/01/01,休,元旦", "第2行日期“2027/01/01”应写成"),
        ("2027-01-01,休", "第2行应有3列"),
        ("2025-01-01,休,元旦", "不属于2027年"),
        ("2027-01-04,班,元旦", "本来就是工作日"),
        ("2027-01-01,休,元旦\n2027-01-01,休,元旦", "第3行与前面重复"),
    ],
)
def test_a_calendar_line_is_refused_in_a_sentence(tmp_path, lines, words):
    folder = pack_folder(tmp_path, about=ABOUT + CALENDAR_2027, y2027=f"日期,休/班,名称\n{lines}\n")
    [complaint] = complaints(folder)
    assert words in complaint
    assert complaint.startswith("calendar/2027.csv")


def test_a_calendar_without_header_file_or_source_is_refused(tmp_path):
    about = ABOUT + CALENDAR_2027
    assert "应为表头" in complaints(pack_folder(tmp_path / "a", about=about, y2027="2027-01-01,休,元旦\n"))[0]
    assert complaints(pack_folder(tmp_path / "b", about=about)) == ["缺少2027年的放假安排：calendar/2027.csv"]
    unsourced = ABOUT + "\n[[calendar]]\nyear = 2027\n"
    good = "日期,休/班,名称\n2027-01-01,休,元旦\n"
    assert complaints(pack_folder(tmp_path / "c", about=unsourced, y2027=good)) == [
        "2027年的放假安排须注明文件依据（source）"
    ]
    assert complaints(pack_folder(tmp_path / "d", y2027=good)) == [
        "calendar/2027.csv 没有在 pack.toml 的 [[calendar]] 中注明依据"
    ]


def test_a_pack_says_who_and_from_when(tmp_path):
    found = complaints(pack_folder(tmp_path, about='[pack]\ncode = "x"\neffective_from = "2026-01-01"\n'))
    assert found == [
        "pack.toml 的 [pack] 缺少 city（城市）",
        "pack.toml 的 [pack] 缺少 sources（依据）",
        "pack.toml 的 effective_from 应写成 2026-01-01 的样子，不加引号",
    ]


def test_a_broken_file_is_one_complaint_not_a_crash(tmp_path):
    [complaint] = complaints(pack_folder(tmp_path, terms="[[term"))
    assert complaint.startswith("terms.toml写法不对")


def test_a_folder_without_a_pack_is_no_pack(tmp_path):
    with pytest.raises(FileNotFoundError):
        rules_pack.read(tmp_path)


def test_a_city_takes_the_national_calendars_from_its_base(tmp_path):
    about = ABOUT + 'base = "reference"\n' + CALENDAR_2027
    (tmp_path / "reference").symlink_to(REFERENCE)
    folder = pack_folder(tmp_path / "city", about=about, y2027="日期,休/班,名称\n2027-01-01,休,元旦\n")
    found = rules_pack.read(folder)
    assert found.complaints == []
    assert [table.year for table in found.calendars] == [2022, 2023, 2024, 2025, 2026, 2027]
    lost = ABOUT + 'base = "nowhere"\n'
    assert complaints(pack_folder(tmp_path / "lost", about=lost)) == ["pack.toml 的 base 所指的规则包“nowhere”不存在"]


def test_this_year_must_be_covered():
    reference = rules_pack.read(REFERENCE)
    assert rules_pack.check_coverage(reference, date(2026, 3, 2)) == []
    assert rules_pack.check_coverage(reference, date(2027, 3, 2)) == ["缺少2027年的放假安排：calendar/2027.csv"]


def test_a_clock_turns_amber_by_share_by_days_or_by_its_own_row():
    values = filled({})
    assert amber_days(BY_CODE["D06"], values) == 15
    assert amber_days(BY_CODE["D03"], values) == 3
    assert amber_days(BY_CODE["D09"], values) == 6
    assert amber_days(BY_CODE["D12"], values) == 3


def test_every_option_accepts_its_own_default():
    assert [option.key for option in OPTIONS.values() if option.check(option.default)] == []
