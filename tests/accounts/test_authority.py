"""Authority, both ways: whoever may, may and sees; whoever may not, does not even see. One and many agree."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import TestCase

from accounts import authority
from accounts.models import Appointment, Delegation, Grant, Organ, Post, Reach, Relation, Role, User
from accounts.staff import staff_pack
from petitions.models import Involvement, Petition, Submission
from rulebook.acts import Act
from rulebook.models import RuleSet
from rulebook.timekeeping import now, today
from tests.accounts import authority_table as table

ROLES = table.rows_of("roles.csv")
RELATIONS = [relation for relation in Relation.values if relation != Relation.ANY]
# 街道、科室、社区、同区另一街道、区信访办、区住建委、区司法局、区纪委、区政府、市信访办、市纪委、外区信访办、外区纪委
ORGANS = ["YHQL", "YHQLCJ", "YHQL01", "YHWH", "YHXF", "YHZJ", "YHSF", "YHJJ", "YH", "YZXF", "YZJJ", "SQXF", "SQJJ"]
GEOGRAPHY = table.Geography()


@dataclass(frozen=True)
class Scene:
    """One petition of the matrix: who is involved how, from the side of the test."""

    relation: str
    organ: str
    username: str = ""
    secrecy: int = 0
    accused: str = ""
    ended: bool = False


class World:
    """The demo city's organs and grants, one person for each role, and a petition for each scene."""

    def __init__(self):
        staff_pack.load(table.PACK)
        self.organs = Organ.objects.in_bulk(field_name="code")
        self.roles = Role.objects.in_bulk(field_name="code")
        self.rules = RuleSet.objects.create(code="t", city="云州市", effective_from=date(2022, 5, 1), content_hash="0")
        for role in ROLES:
            self.seat(f"t-{role['code']}", role["code"], table.seat_of(role))
        scenes = [
            Scene(relation, organ, secrecy=secrecy) for relation in RELATIONS for organ in ORGANS for secrecy in (0, 1)
        ]
        scenes += [
            Scene(relation, table.seat_of(role), f"t-{role['code']}", secrecy)
            for role in ROLES
            for relation in RELATIONS
            for secrecy in (0, 1)
        ]
        scenes += [
            Scene(relation, organ, accused=accused, secrecy=secrecy)
            for relation in ("handles", "discipline", "registered")
            for organ in ("YHQL", "YHXF", "YHJJ", "YZXF")
            for accused in ("YHQL", "YH", "YHQLCJ", "YZXF")
            for secrecy in (0, 1)
        ]
        scenes += [Scene(relation, organ, ended=True) for relation in RELATIONS for organ in ("YHQL", "YZXF")]
        scenes += [Scene("", "")]
        self.scene_of = self.build(scenes)
        self.petitions = list(Petition.objects.order_by("pk"))
        self.share_involvements()
        with connection.cursor() as cursor:  # 别的测试回滚后统计信息是空的，不分析就会选出极慢的连接次序
            cursor.execute("ANALYZE petitions_petition, petitions_involvement, accounts_organ")

    def __deepcopy__(self, memo):
        """Shared by all tests of the class: what they change in the database is rolled back, the world stays."""
        return self

    def seat(self, username: str, role: str, organ: str) -> User:
        user = User.objects.create(username=username, name=username, organ=self.organs[organ])
        post = Post.objects.create(organ=self.organs[organ], role=self.roles[role], title=username)
        Appointment.objects.create(user=user, post=post, since=date(2022, 5, 1))
        return user

    def build(self, scenes) -> dict[int, Scene]:
        users = User.objects.in_bulk(field_name="username")
        first, moment = self.organs["YHQL"], now()
        submission = Submission.objects.create(
            number="t", channel="visit", original="x", received_on=today(), organ=first, rule_set=self.rules
        )
        made = Petition.objects.bulk_create(
            Petition(
                submission=submission,
                ordinal=n,
                number=f"t-{n}",
                rule_set=self.rules,
                kind="appeal",
                title="x",
                organ=first,
                first_receiver=first,
                received_on=today(),
                secrecy=scene.secrecy,
                accused_organ=self.organs.get(scene.accused),
            )
            for n, scene in enumerate(scenes, start=1)
        )
        Involvement.objects.bulk_create(
            Involvement(
                petition=petition,
                kind=scene.relation,
                organ=self.organs[scene.organ],
                user=users.get(scene.username),
                since=moment,
                until=moment if scene.ended else None,
            )
            for petition, scene in zip(made, scenes, strict=True)
            if scene.relation
        )
        return {petition.pk: scene for petition, scene in zip(made, scenes, strict=True)}

    def share_involvements(self) -> None:
        """Read the rows once for all questions of the module, as current_involvements() would for each."""
        rows = {}
        for row in Involvement.objects.filter(until=None).select_related("organ"):
            rows.setdefault(row.petition_id, []).append(row)
        for petition in self.petitions:
            petition.__dict__["_involved"] = rows.get(petition.pk, [])


def somebody(username) -> User:
    return User.objects.select_related("organ__office").get(username=username)


def cells(role: str) -> dict[str, dict[str, list[str]]]:
    """act → relation (any among them) → reaches, out of the checked-in table."""
    header, *rows = table.read()
    return {
        row[1]: {
            relation: cell.removeprefix("may ").split("/") if cell != "not" else []
            for relation, cell in zip(header[2:], row[2:], strict=True)
        }
        for row in rows
        if row[0] == role
    }


def expected(granted: dict[str, list[str]], seat: str, username: str, scene: Scene) -> bool:
    """The oracle: what the table says about one act in one scene."""
    if scene.accused and scene.accused in GEOGRAPHY.line(seat):
        return False
    if Reach.CITY in granted[Relation.ANY] and not scene.secrecy:
        return True
    if not scene.relation or scene.ended:
        return False
    reaches = list(granted[scene.relation])
    if scene.secrecy and scene.relation == Relation.REGISTERED:
        reaches = [reach for reach in reaches if reach == Reach.SELF]
    elif scene.secrecy and scene.relation != Relation.DISCIPLINE:
        reaches = []
    elif not scene.secrecy:
        reaches += granted[Relation.ANY]
    return any(
        scene.username == username if reach == Reach.SELF else GEOGRAPHY.reaches(reach, seat, scene.organ)
        for reach in reaches
    )


class AuthorityTable(TestCase):
    """Every role of the demo city against every scene."""

    @classmethod
    def setUpTestData(cls):
        cls.world = World()

    def test_the_checked_in_table_is_what_the_grants_say(self):
        assert table.read() == table.from_grants(), "授权变了：重写 authority_table.csv 并在评审中核对差异"

    def test_may_exactly_where_the_table_says_and_otherwise_not_even_see(self):
        for role in ROLES:
            with self.subTest(role["code"]):
                self.check(role)

    def check(self, role):
        username, seat = f"t-{role['code']}", table.seat_of(role)
        user, granted = somebody(username), cells(role["code"])
        assert list(granted) == [act.value for act in table.ACTS]
        seen = set(Petition.objects.visible_to(user).values_list("pk", flat=True))
        found: dict[str, set[int]] = {}  # 授权写得一样的动作，答案也一样
        for act in table.ACTS:
            if (told := str(granted[act])) not in found:
                found[told] = self.wanted(granted[act], seat, username)
            wanted = found[told]
            alone = {petition.pk for petition in self.world.petitions if authority.may(user, act, petition)}
            together = set(Petition.objects.visible_to(user, act).values_list("pk", flat=True))
            assert self.scenes(alone ^ wanted) == set(), f"{act} 一件一件问"
            assert self.scenes(together ^ wanted) == set(), f"{act} 一起问"
            assert self.scenes(wanted - seen) == set(), f"{act} 可办却看不到"

    def wanted(self, granted, seat, username) -> set[int]:
        return {pk for pk, scene in self.world.scene_of.items() if expected(granted, seat, username, scene)}

    def scenes(self, pks) -> set[Scene]:
        return {self.world.scene_of[pk] for pk in pks}

    def test_system_posts_see_no_petition(self):
        for role in ("ADMIN", "AUDIT"):
            user = somebody(f"t-{role}")
            assert not Petition.objects.visible_to(user).exists()
            assert not any(authority.may(user, act, one) for act in table.ACTS for one in self.world.petitions)
            with pytest.raises(PermissionDenied, match="您的岗位不能对本件“查看”"):
                authority.require(user, Act.VIEW, self.world.petitions[0])

    def test_a_report_is_seen_by_the_discipline_post_of_its_organ_alone(self):
        """City posts, heads and the registrar's colleagues see nothing of it."""
        scene = Scene("discipline", "YHJJ", secrecy=1)
        reports = [pk for pk, found in self.world.scene_of.items() if found == scene]
        seeing = {
            role["code"]
            for role in ROLES
            if Petition.objects.visible_to(somebody(f"t-{role['code']}")).filter(pk__in=reports).exists()
        }
        assert len(reports) == 1 and seeing == {"DISCIPLINE"}

    def test_asked_of_one_and_of_many_agree_for_every_relation_and_reach(self):
        """A grant the demo city may not even have: every relation × reach, from five seats, over all scenes."""
        for relation in Relation.values:
            for reach in Reach.values:
                with self.subTest(relation=relation, reach=reach):
                    self.agree(relation, reach)

    def agree(self, relation, reach):
        name = f"x-{relation}-{reach}"
        self.world.roles[name] = Role.objects.create(code=name, name=name)
        Grant.objects.create(role=self.world.roles[name], act=Act.VIEW, relation=relation, reach=reach)
        granted = {other: [] for other in Relation.values} | {relation: [reach]}
        for organ in ("YHQL", "YHQLCJ", "YHXF", "YHJJ", "YZXF"):
            self.world.seat(f"{name}-{organ}", name, organ)
            user = somebody(f"{name}-{organ}")
            alone = {petition.pk for petition in self.world.petitions if authority.may(user, Act.VIEW, petition)}
            together = set(Petition.objects.visible_to(user).values_list("pk", flat=True))
            found = self.world.scene_of.items()
            wanted = {pk for pk, scene in found if expected(granted, organ, user.username, scene)}
            assert self.scenes(alone ^ together) == set(), organ
            assert self.scenes(alone ^ wanted) == set(), organ

    def test_without_organ_post_or_activity_nothing_is_seen(self):
        homeless = User.objects.create(username="homeless", name="无单位")
        idle = User.objects.create(username="idle", name="无岗位", organ=self.world.organs["YHQL"])
        self.world.seat("gone", "ST_OFFICER", "YHQL")
        User.objects.filter(username="gone").update(is_active=False)
        for user in (homeless, idle, somebody("gone")):
            assert not Petition.objects.visible_to(user).exists()
            assert not any(authority.may(user, Act.VIEW, petition) for petition in self.world.petitions)

    def test_appointments_and_delegations_count_on_their_days_only(self):
        head, stand_in = somebody("t-ST_HEAD"), self.world.seat("stand-in", "CM_WORKER", "YHQL01")
        post, day = Post.objects.get(title="t-ST_HEAD"), today()
        scene = Scene("handles", "YHQL")
        handled = next(petition for petition in self.world.petitions if self.world.scene_of[petition.pk] == scene)

        def seat_of(username):
            return authority.seat_for(somebody(username), Act.SIGN, handled)

        assert seat_of("stand-in") is None
        delegation = Delegation.objects.create(
            post=post, by=head, to=stand_in, since=day, until=day + timedelta(days=1), reason="出差"
        )
        assert (seat_of("stand-in").post_id, seat_of("stand-in").on_behalf_of_id) == (post.pk, head.pk)
        assert seat_of("t-ST_HEAD").on_behalf_of_id is None
        Delegation.objects.filter(pk=delegation.pk).update(since=day + timedelta(days=1))
        assert seat_of("stand-in") is None
        Delegation.objects.filter(pk=delegation.pk).update(since=day)
        Appointment.objects.filter(user=head).update(until=day - timedelta(days=1))
        assert seat_of("stand-in") is None
        assert seat_of("t-ST_HEAD") is None
