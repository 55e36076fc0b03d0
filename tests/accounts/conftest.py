"""A small town for tests of accounts: two districts, a street with a section, and a person for each need."""

from datetime import date
from types import SimpleNamespace

import pytest

from accounts.messages import notices
from accounts.models import Appointment, Grant, Organ, Post, Role, User

PASSWORD = "Qingliu-2026-a"


@pytest.fixture
def town(db):
    return build_town()


@pytest.fixture(autouse=True)
def broker_answers(monkeypatch):
    """Each test starts with a broker that was never found silent."""
    monkeypatch.setattr(notices, "_silent_until", 0.0)


def build_town() -> SimpleNamespace:
    """Organs, roles with grants, and people: see the names."""
    town = SimpleNamespace()
    town.city = organ("T", "云州市人民政府", "government", "city", None, "110199")
    town.office = organ("TXF", "云州市信访办公室", "petition_office", "city", town.city, "110199")
    town.district = organ("A", "云河区人民政府", "government", "district", town.city, "11019901")
    town.street = organ("A1", "青柳街道办事处", "street", "street", town.district, "11019901001")
    town.section = organ("A1S", "青柳街道民生保障办公室", "section", "section", town.street, "11019901001")
    town.other = organ("A2", "望河街道办事处", "street", "street", town.district, "11019901002")
    roles = {}
    for code, name, grants in (
        ("CLERK", "登记员", [("view", "registered", "own"), ("register", "registered", "own")]),
        ("HEAD", "主任", [("view", "any", "own"), ("approve", "handles", "own")]),
        ("ADMIN", "系统管理员", [("manage_users", "any", "city"), ("configure", "any", "city")]),
        ("DADMIN", "单位管理员", [("manage_users", "any", "subtree")]),
        ("AUDIT", "审计员", [("audit", "any", "city")]),
    ):
        roles[code] = Role.objects.create(code=code, name=name)
        Grant.objects.bulk_create(Grant(role=roles[code], act=a, relation=r, reach=e) for a, r, e in grants)
    town.roles = roles
    town.clerk = person("clerk", "王晓岚", town.street, roles["CLERK"])
    town.head = person("head", "陈树声", town.street, roles["HEAD"])
    town.deputy = person("deputy", "孙慕贤", town.section, roles["CLERK"])
    town.stranger = person("stranger", "赵延平", town.other, roles["CLERK"])
    town.admin = person("admin", "邵建平", town.office, roles["ADMIN"])
    town.street_admin = person("sadmin", "路广林", town.street, roles["DADMIN"])
    town.auditor = person("auditor", "贺静之", town.office, roles["AUDIT"])
    return town


def organ(code, name, kind, level, parent, territory, **more) -> Organ:
    return Organ.objects.create(
        code=code, name=name, short_name=name, kind=kind, level=level, parent=parent, territory=territory, **more
    )


def person(username, name, where, *roles, since=date(2022, 5, 1), until=None) -> User:
    user = User.objects.create_user(username, password=PASSWORD, name=name, organ=where)
    for role in roles:
        post, _ = Post.objects.get_or_create(organ=where, role=role, title=role.name)
        Appointment.objects.create(user=user, post=post, since=since, until=until)
    return user


def again(user) -> User:
    """The user as the next request would load them."""
    return User.objects.select_related("organ__office").get(pk=user.pk)
