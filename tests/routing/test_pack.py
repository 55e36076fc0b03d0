"""城市包的分流规则、分类、地名、审批级次：写错的说得出哪一行，重载不添新行。"""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

import petitions.intake.category_pack
import routing.destination.routing_pack
from petitions.models import ApprovalStep, Category, Place
from routing.models import RoutingRule
from rulebook.city.base_pack import file_of
from rulebook.city.publication import PackRefused

PACK = Path(settings.BASE_DIR) / "citypacks" / "yunzhou"
TABLES = ("routing", "categories", "gazetteer", "territories", "approvals", "roles", "organs")


@pytest.fixture
def folder(tmp_path):
    for name in TABLES:
        shutil.copy(file_of(PACK, f"{name}.csv"), tmp_path)
    return tmp_path


def edit(folder, name, *, old, new):
    path = folder / f"{name}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def append(folder, name, line):
    """One more row; columns the city may have added at the end stay empty."""
    path = folder / f"{name}.csv"
    text = path.read_text(encoding="utf-8").rstrip("\n")
    padding = "," * (text.split("\n")[0].count(",") - line.count(","))
    path.write_text(f"{text}\n{line}{padding}\n", encoding="utf-8")


@pytest.mark.django_db
def test_the_demo_city_is_sound(folder):
    assert petitions.intake.category_pack.check(folder) == []
    assert routing.destination.routing_pack.check(folder) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("R99,50,电梯,,,bureau:天文,,有理由,知", "没有单位承担“天文”职能"),
        ("R99,50,电梯,,,somewhere,,有理由,知", "不认识"),
        ("R99,50,,,,street,,有理由,知", "没有词语"),
        ("R99,x,电梯,,,street,,有理由,知", "次序“x”"),
        ("R99,50,电梯,999999,,street,,有理由,知", "内容分类“999999”"),
        ("R99,50,电梯,,99,street,,有理由,知", "辖区“99”"),
        ("R99,50,电梯,,,street,电梯,有理由,知", "同时被排除"),
        ("R99,50,电梯,,,street,,,知", "没有写明理由"),
        ("R99,50,电梯,,,street,,有理由,猜", "可信度“猜”"),
        ("R01,50,电梯,,,street,,有理由,知", "“R01”写了两次"),
    ],
)
def test_a_bad_rule_is_named(folder, line, sentence):
    append(folder, "routing", line)
    complaints = routing.destination.routing_pack.check(folder)
    assert any(sentence in complaint for complaint in complaints), complaints
    with pytest.raises(PackRefused):
        routing.destination.routing_pack.load(folder)


@pytest.mark.django_db
def test_who_takes_it_where_the_organ_is_the_accused_must_be_known_too(folder):
    path = folder / "routing.csv"
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([f"{header},above", *(f"{line}," for line in lines)]), encoding="utf-8")
    append(folder, "routing", "R99,50,电梯,,,street,,有理由,知,bureau:天文")
    assert any("“R99”的去向“bureau:天文”" in complaint for complaint in routing.destination.routing_pack.check(folder))
    edit(folder, "routing", old="bureau:天文", new="bureau:住建")
    routing.destination.routing_pack.load(folder)
    assert RoutingRule.objects.get(code="R99").above == "bureau:住建"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "line", "sentence"),
    [
        ("gazetteer", "某某里,小区,999", "辖区“999”不在"),
        ("gazetteer", "里,小区,11019901001", "太短"),
        ("approvals", "fly,street,1,ST_HEAD,批准,第三十四条", "行为“fly”"),
        ("approvals", "extend,moon,1,ST_HEAD,批准,第三十四条", "层级“moon”"),
        ("approvals", "extend,street,9,ST_HEAD,批准,第三十四条", "连续编号"),
        ("approvals", "extend,street,2,KING,批准,第三十四条", "角色“KING”"),
        ("approvals", "extend,street,2,ST_HEAD,批准,", "缺少名称或依据"),
        ("territories", "99,某区,district,110199", "开头"),
        ("territories", "11019909,某区,planet,110199", "层级“planet”"),
        ("territories", "1101999,某区,district,110199", "应为6或8位"),
        ("territories", "1101990199,某街道,street,11019901", "之后加3位"),
    ],
)
def test_a_bad_row_is_named(folder, name, line, sentence):
    append(folder, name, line)
    complaints = petitions.intake.category_pack.check(folder)
    assert any(sentence in complaint for complaint in complaints), complaints
    with pytest.raises(PackRefused):
        petitions.intake.category_pack.load(folder)


@pytest.mark.django_db
def test_a_torn_line_is_named(folder):
    edit(folder, "routing", old="R01,5,", new="R99,50,电梯\nR01,5,")
    assert routing.destination.routing_pack.check(folder) == ["routing.csv 第2行的列数与表头不符"]


@pytest.mark.django_db
def test_a_missing_table_is_a_complaint(folder):
    (folder / "routing.csv").unlink()
    assert routing.destination.routing_pack.check(folder) == ["缺少 routing.csv"]


@pytest.mark.django_db
def test_loading_twice_changes_nothing(folder):
    routing.destination.routing_pack.load(folder)
    petitions.intake.category_pack.load(folder)
    held = [set(model.objects.values_list("pk", flat=True)) for model in (RoutingRule, Category, Place)]
    assert routing.destination.routing_pack.load(folder) | {"rules": 0} == {"rules": 0, "begun": 0, "ended": 0}
    petitions.intake.category_pack.load(folder)
    assert held == [set(model.objects.values_list("pk", flat=True)) for model in (RoutingRule, Category, Place)]
    steps = ApprovalStep.objects.filter(act="extend", organ_level="street").order_by("step")
    assert [step.roles for step in steps] == [["ST_OFFICER"], ["ST_HEAD"]]


@pytest.mark.django_db
def test_a_changed_rule_is_ended_and_begun_anew(folder):
    routing.destination.routing_pack.load(folder)
    before = RoutingRule.objects.get(code="R03")
    edit(folder, "routing", old="拖欠工资;", new="拖欠工资;拖欠薪酬;")
    assert routing.destination.routing_pack.load(folder)["begun"] == 1
    before.refresh_from_db()
    assert before.valid_to is not None
    assert "拖欠薪酬" in RoutingRule.objects.get(code="R03", valid_to=None).words


@pytest.mark.django_db
def test_what_left_the_files_is_ended_or_gone(folder):
    petitions.intake.category_pack.load(folder)
    edit(folder, "categories", old="010101,", new="019901,")
    edit(folder, "gazetteer", old="春柳苑,小区,11019901001\n", new="")
    petitions.intake.category_pack.load(folder)
    assert Category.objects.get(code="010101").valid_to is not None
    assert not Place.objects.filter(name="春柳苑").exists()


@pytest.mark.django_db
def test_streets_and_districts_are_places_too(folder):
    petitions.intake.category_pack.load(folder)
    assert Place.objects.get(name="青柳街道").territory == "11019901001"
