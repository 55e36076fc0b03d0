"""organs.csv, roles.csv, grants.csv: complaints in sentences; loading twice changes nothing."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from accounts.models import Appointment, Grant, Organ, Role, User
from accounts.staff import staff_pack
from rulebook.city.publication import PackRefused

YUNZHOU = Path(settings.BASE_DIR) / "citypacks" / "yunzhou"
SHARED = YUNZHOU.parent / "reference"


@pytest.fixture
def copy(tmp_path):
    for path in (YUNZHOU / "organs.csv", YUNZHOU / "people.csv", SHARED / "roles.csv", SHARED / "grants.csv"):
        shutil.copy(path, tmp_path)
    return tmp_path


def change(folder, name, old, new):
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_demo_city_has_no_complaints_and_loads_twice(db):
    counts = staff_pack.load(YUNZHOU)
    tables = [list(model.objects.order_by("pk").values()) for model in (Organ, Role, Grant)]
    assert staff_pack.load(YUNZHOU) == counts
    assert [list(model.objects.order_by("pk").values()) for model in (Organ, Role, Grant)] == tables
    section = Organ.objects.get(code="YHQLCJ")
    assert section.office.code == "YHQL"
    assert [Organ.objects.get(pk=pk).code for pk in section.ancestor_ids] == ["YZ", "YH", "YHQL", "YHQLCJ"]
    assert Organ.objects.get(code="YHFG").successor.code == "YHZJ"
    assert Organ.objects.get(code="YHQL").review_organ.code == "YH"


def test_a_grant_taken_out_is_taken_away_and_a_moved_organ_takes_its_sections_along(copy, db):
    staff_pack.load(copy)
    change(copy, "grants.csv", "ST_CLERK,reveal,registered,own\n", "")
    change(copy, "organs.csv", ",street,street,YH,11019901001,", ",street,street,SQ,11019901001,")
    staff_pack.load(copy)
    assert not Grant.objects.filter(role__code="ST_CLERK", act="reveal", relation="registered", reach="own").exists()
    street = Organ.objects.get(code="YHQL")
    assert street.path.startswith(Organ.objects.get(code="SQ").path)
    for section in street.subordinates.all():
        assert section.path == f"{street.path}{section.pk}/"
        assert section.office == street


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("grants.csv", "ST_CLERK,view,", "ST_CLERK,peek,", "行为“peek”不认识"),
        ("grants.csv", "ST_CLERK,view,registered,own", "ST_CLERK,view,befriends,own", "关系“befriends”不认识"),
        ("grants.csv", "ST_CLERK,view,registered,own", "ST_CLERK,view,registered,moon", "范围“moon”不认识"),
        ("grants.csv", "ST_CLERK,view,", "NOBODY,view,", "角色“NOBODY”不认识"),
        ("roles.csv", "ST_OFFICER,", "ST_CLERK,", "角色“ST_CLERK”写了两次"),
        ("organs.csv", ",street,street,YH,11019901001,", ",street,street,QQ,11019901001,", "上级“QQ”不在表中"),
        ("organs.csv", ",government,city,,110199,", ",government,city,YHQL,110199,", "绕成了圈"),
        ("organs.csv", ",street,street,YH,11019901001,", ",tower,street,YH,11019901001,", "性质“tower”不认识"),
        ("organs.csv", "2022-05-01,2024-12-31,YHZJ", "2022-05-01,,YHZJ", "写了承继单位，却没有停用日"),
        ("organs.csv", "2022-05-01,2024-12-31,YHZJ", "2022-05-01,2020-12-31,YHZJ", "停用日早于起用日"),
        ("organs.csv", "2022-05-01,2024-12-31,YHZJ", "五月,2024-12-31,YHZJ", "应写成 2022-05-01 的样子"),
        ("organs.csv", "code,name,", "code,title,", "缺少列：name"),
    ],
)
def test_complaints_are_sentences_and_nothing_is_loaded(copy, db, name, old, new, said):
    change(copy, name, old, new)
    with pytest.raises(PackRefused) as refused:
        staff_pack.load(copy)
    assert any(said in complaint for complaint in refused.value.complaints)
    assert not Organ.objects.exists() and not Role.objects.exists()


def test_an_act_out_of_every_superiors_sight_is_refused(copy):
    lines = (copy / "grants.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not (",view," in line and line.endswith((",territory", ",city")))]
    (copy / "grants.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    complaints = staff_pack.read(copy).complaints
    assert "“受理”授予了“承办”单位，却没有任何上级能查看这种关系的件" in complaints
    assert not any("纪检专岗" in complaint for complaint in complaints)


def test_people_of_the_demo_load_twice(db):
    staff_pack.load(YUNZHOU)
    shown = staff_pack.load_people(YUNZHOU / "people.csv", "demo-Pass-1")
    counts = User.objects.count(), Appointment.objects.count()
    staff_pack.load_people(YUNZHOU / "people.csv", "another-Pass-2")
    assert (User.objects.count(), Appointment.objects.count()) == counts
    clerk = User.objects.get(username="clerk1")
    assert clerk in shown and clerk.check_password("demo-Pass-1")  # 再装一次不改密码
    assert clerk.office.code == "YHQL"
