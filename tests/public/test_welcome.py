"""群众的首页、接待场所、法定途径：不登录、不用脚本，每条链接都通（第十八条）。"""

import re

import pytest

from accounts.models import Organ
from rulebook.triage.paths import PATHS

pytestmark = pytest.mark.django_db


def page(door, address, status=200) -> str:
    answer = door.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_the_first_page_leads_to_everything_and_every_link_opens(door, city):
    first = page(door, "/welcome/")
    links = set(re.findall(r'href="(/[a-z/]+/)"', first))
    assert {"/submit/", "/q/", "/suggest/", "/where/", "/ways/", "/route/", "/q/check/"} <= links
    for address in sorted(links):
        page(door, address)
    assert "110、119、120" in first


def test_the_brand_of_a_public_page_leads_home_and_the_workbench_stays_with_the_staff(door, city):
    assert 'class="brand" href="/welcome/"' in page(door, "/q/")
    assert door.get("/").headers["Location"].startswith("/login/")


def test_where_and_when_to_come_stands_for_the_city_and_each_district(door, city):
    told = page(door, "/where/")
    for office in Organ.objects.petition_offices():
        assert office.name in told and office.phone in told and office.hours in told
        assert office.hours and office.transport in told
    district = page(door, "/where/11019901/")
    for office in Organ.objects.filter(kind__in=("street", "town")):
        assert (office.name in district) == office.territory.startswith("11019901")
    assert "平安建设办公室" not in district  # 科室不独立接待


def test_what_is_not_known_is_said_and_not_left_blank(door, city):
    Organ.objects.filter(code="YHXF").update(hours="", phone="", address="", transport="")
    told = page(door, "/where/")
    assert "尚未公布，去之前请先打电话" in told and "怎么去</dt><dd></dd>" not in told


@pytest.mark.parametrize("code", ["110199", "11019901001", "999", "nowhere"])
def test_an_area_that_is_no_district_is_not_there(door, city, code):
    assert door.get(f"/where/{code}/").status_code == 404


def test_an_office_out_of_force_receives_nobody(door, city):
    Organ.objects.filter(code="YHXF").update(valid_to="2022-06-01")
    assert "云河区信访办" not in page(door, "/where/")


def test_all_paths_with_authority_limit_and_basis(door, city):
    told = page(door, "/ways/")
    for path in PATHS.values():
        assert f'id="{path.code}"' in told
        assert path.label in told and path.door in told and path.law in told and path.limits in told


@pytest.mark.parametrize(
    ("words", "there", "not_there"),
    [
        ("工资", "P05", "P19"),  # 只写在“办什么”里
        ("工伤", "P21", "P01"),
        ("司法行政部门", "P03", "P09"),
        ("民法典", "P01", "P02"),
        ("p14", "P14", "P13"),
    ],
)
def test_the_search_looks_in_name_purpose_authority_limit_and_basis(door, city, words, there, not_there):
    told = page(door, f"/ways/?q={words}")
    assert f'id="{there}"' in told and f'id="{not_there}"' not in told
    assert f'value="{words}"' in told


def test_nothing_found_says_what_to_do_and_too_much_is_refused_and_kept(door, city):
    assert "换一个词再查" in page(door, "/ways/?q=无此事项")
    long = "征收" * 40
    refused = page(door, f"/ways/?q={long}", 422)
    assert "查询词不超过 60 字" in refused and long in refused and "<title>错误：" in refused
