"""演示城市（小的一份，每种走向至少一件）在三十个最别扭的日子真走一遍：长假前、中、后，月末年末，闰日，放假安排的最后一天和以后。"""

import json
from datetime import datetime
from io import StringIO

import pytest
from django.core.management import call_command

from petitions.record.verification import verify
from rulebook.timekeeping import BEIJING, at

pytestmark = [pytest.mark.django_db, pytest.mark.nightly]

AWKWARD = [
    *("2025-12-31", "2026-01-01", "2026-01-05"),  # 元旦
    *("2026-02-13", "2026-02-14", "2026-02-18", "2026-02-24"),  # 春节，14 日调休上班
    *("2026-03-31", "2026-04-03", "2026-04-06", "2026-04-07"),  # 季末、清明
    *("2026-04-30", "2026-05-03", "2026-05-06"),  # 劳动节
    *("2026-06-19", "2026-06-22", "2026-06-30"),  # 端午、半年末
    *("2026-09-25", "2026-09-30", "2026-10-04", "2026-10-08", "2026-10-10"),  # 中秋、国庆
    *("2026-11-30", "2026-12-04", "2026-12-05", "2026-12-31"),  # 长假后两个月；放假安排的最后一天
    *("2027-01-04", "2027-02-15", "2027-03-08", "2028-02-29"),  # 没有放假安排的年份，闰日
]


def test_there_are_thirty_of_them():
    assert len(set(AWKWARD)) == 30


@pytest.mark.parametrize("day", AWKWARD)
def test_no_step_is_refused_and_the_log_is_whole(day, tmp_path):
    out = StringIO()
    with at(datetime.fromisoformat(f"{day}T10:20").replace(tzinfo=BEIJING)):
        call_command("demo_city", small=True, json=True, notice=tmp_path / "notice.txt", stdout=out)
        report = json.loads(out.getvalue())
        assert (report["refusals"], report["faults"], list(verify())) == ([], [], [])
        assert report["petitions"] >= 40
