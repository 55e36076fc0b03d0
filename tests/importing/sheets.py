"""一张每一栏都有的导入表，以及十种已知的坏法。All people are invented."""

import csv
from datetime import date, timedelta
from pathlib import Path

from desk.bulk_import.columns import FIELDS
from petitions.parties.identity import check_sign

TROUBLES = ("电梯停运三天没人修", "地下车库漏水", "夜里施工太吵", "早市占道消防车进不来", "垃圾清运不及时")
CHANNELS = ("来访", "来信", "来电", "网上")
KINDS = ("申诉求决", "建议意见", "申诉求决", "咨询")
# 坏法：哪一栏、写成什么、退回的理由里必须有的话
BROKEN = {
    "empty text": ("text", "", "原话没有填写"),
    "unreadable date": ("received_on", "去年冬天", "不是日期"),
    "date in the future": ("received_on", "2999-01-01", "晚于今天"),
    "unknown channel": ("channel", "飞鸽传书", "信访形式“飞鸽传书”不认识"),
    "unknown kind": ("kind", "闲聊", "类别“闲聊”不认识"),
    "unknown category": ("category", "天上地下", "没有内容分类“天上地下”"),
    "bad checksum": ("id_number", "110199195406151234", "校验位不对"),
    "bad phone": ("phone", "12345", "电话应为"),
    "no people": ("people_count", "0", "应当是 1 到"),
    "no name": ("name", "", "没有填写姓名"),
    "unknown territory": ("territory", "桃花源", "没有问题属地“桃花源”"),
}


def identity(n: int) -> str:
    """An invented citizen number with a right last sign; odd n are men."""
    body = f"110199{1950 + n % 50}{1 + n % 12:02d}{1 + n % 28:02d}{n % 1000:03d}"
    return body + check_sign(body)


def good_row(n: int, day: date) -> dict[str, str]:
    """A row with every field told, by field."""
    channel = CHANNELS[n % 4]
    return {
        "external_id": f"KH-{n:05d}",
        "channel": channel,
        "received_on": f"{day - timedelta(days=n % 60):%Y-%m-%d}",
        "petition_date": f"{day - timedelta(days=n % 60 + 2):%Y/%m/%d}",
        "posted_on": f"{day - timedelta(days=n % 60 + 1):%Y年%m月%d日}" if channel == "来信" else "",
        "organ": "YHQL",
        "name": f"陈玉兰{n}",
        "party_kind": "自然人",
        "sex": "",
        "birth_year": "",
        "id_type": "",
        "id_number": identity(n),
        "id_status": "自述未核验",
        "phone": f"138000{n:05d}",
        "address": f"云河区青柳街道春柳苑{n}号楼102室",
        "delivery_address": "",
        "e_delivery": "否",
        "name_withheld": "是" if n % 7 == 0 else "否",
        "interest": "业主",
        "people_count": "3",
        "involved_count": "40",
        "representatives": f"周文杰/{identity(n + 500)}/139000{n:05d}/邻居",
        "agent": "",
        "text": f"春柳苑{n}号楼{TROUBLES[n % 5]}，要求：尽快处理；书面答复。",
        "title": f"春柳苑{n}号楼{TROUBLES[n % 5]}",
        "claims": "尽快处理；书面答复",
        "kind": KINDS[n % 4],
        "category": "010103",
        "place": "春柳苑",
        "territory": "青柳街道",
        "about": "",
        "accused": "",
        "accused_organ": "",
        "anonymous": "否",
        "urgent": "是" if n % 9 == 0 else "",
        "threat": "",
        "public_consent": "是",
        "oral_consent": "否",
        "truth_pledged": "是",
        "is_joint": "是",
        "step_by_step": "是",
        "litigation": "",
        "addressee": "街道办主任",
        "call_record": f"LY{n}" if channel == "来电" else "",
    }


def write(path: Path, rows: list[dict[str, str]], *, encoding="utf-8-sig") -> Path:
    """The rows as a CSV with Chinese headings."""
    with path.open("w", encoding=encoding, newline="") as out:
        table = csv.writer(out)
        table.writerow(FIELDS.values())
        table.writerows([row[name] for name in FIELDS] for row in rows)
    return path
