"""登记之后提建议，人来定；两样都留下。"""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organ, User
from petitions.act.decorator import Refused
from petitions.act.states import State
from petitions.models import Category, Petition
from routing.destination import acts as actions
from routing.models import RoutingProposal, RoutingRule
from rulebook.timekeeping import today
from tests.cast import fresh, on_day, registered, someone
from tests.insight.reports import report

CANARY = "青瓷花瓶"


def told(original, **more):
    return registered(original=original, letters_too=False, **({"title": original[:20], "claims": ["请处理"]} | more))


def organ(code):
    return Organ.objects.get(code=code)


@pytest.mark.django_db
class TestProposing:
    @pytest.fixture(autouse=True)
    def _city(self, city):
        pass

    def test_wages_go_to_the_labour_bureau_of_the_district(self):
        petition = told("工地包工头拖欠工资半年", category=None)
        row = actions.propose_for(petition)
        assert (row.rule_code, row.organ.code) == ("R03", "YHRS")
        assert any("拖欠工资" in reason for reason in row.reasons)
        assert fresh(petition).proposed
        assert row.category.level1
        assert "拖欠工资" in row.category_reason

    def test_what_no_rule_knows_waits_visibly(self):
        petition = told("今天心情很好", place="", title="感谢")
        row = actions.propose_for(petition)
        assert row.is_triage
        assert not fresh(petition).proposed
        waiting = RoutingProposal.objects.visible_to(someone("officer1")).waiting_for_triage()
        assert list(waiting) == [row]

    def test_asked_again_it_is_made_anew_never_doubled(self):
        petition = told("工地包工头拖欠工资半年")
        actions.propose_for(petition)
        Petition.objects.filter(pk=petition.pk).update(about_organ=organ("YHRS"))
        row = actions.propose_for(fresh(petition))
        assert RoutingProposal.objects.get() == row
        assert row.organ.code == "YZRS"

    def test_a_chosen_category_alone_names_the_organ(self):
        category = Category.objects.get(code="010209")
        petition = told("请派人来看看", category=category, title="来看看", place="")
        row = actions.propose_for(petition)
        assert (row.rule_code, row.organ.code) == ("C010209", "YHYL")

    def test_the_place_named_gives_the_street(self):
        petition = told(
            "翠微巷8号院停车位被占",
            organ=organ("YHXF"),
            by=clerk_of("YHXF"),
            place="",
            territory="",
        )
        assert actions.propose_for(petition).organ.code == "YHQL"

    def test_many_at_once_cost_no_more_queries_than_one(self):
        petitions = [told(f"拖欠工资{n}个月") for n in range(1, 6)]
        loaded = list(Petition.objects.select_related("submission", "organ", "category").order_by("pk"))
        with on_day(today()):  # 时钟停住：报时不去查拨钟的行
            actions.book()
            with CaptureQueriesContext(connection) as one:
                actions.proposals_for(loaded[:1])
            with CaptureQueriesContext(connection) as many:
                rows = actions.proposals_for(loaded)
        assert len(one) == len(many) <= 9
        assert [row.petition_id for row in rows] == [petition.pk for petition in petitions]
        assert RoutingProposal.objects.count() == 5

    def test_a_rule_ended_today_no_longer_speaks(self):
        petition = told("拖欠工资半年")
        assert actions.propose_for(petition).rule_code == "R03"
        RoutingRule.objects.filter(code="R03").update(valid_to=today().replace(year=today().year - 1))
        assert actions.propose_for(fresh(petition)).rule_code != "R03"

    def test_a_report_goes_to_discipline_and_shows_no_word(self):
        petition = report(f"举报某人收受{CANARY}，拖欠工资")
        row = actions.propose_for(petition)
        assert (row.organ.code, row.secrecy, row.category) == ("YHJJ", 1, None)
        assert CANARY not in "".join(row.reasons) and "工资" not in "".join(row.reasons)
        assert not RoutingProposal.objects.visible_to(someone("officer1")).exists()


@pytest.mark.django_db
class TestDeciding:
    @pytest.fixture(autouse=True)
    def _city(self, city):
        self.petition = told("工地包工头拖欠工资半年")
        self.proposal = actions.propose_for(self.petition)
        self.by = someone("officer1")

    def test_following_the_proposal_needs_no_reason(self):
        row = actions.settle(self.petition, organ("YHRS"), by=self.by)
        assert (row.pk, row.followed, row.chosen_by) == (self.proposal.pk, True, self.by)

    def test_another_choice_wants_a_reason_and_both_are_kept(self):
        with pytest.raises(Refused, match="另选的理由"):
            actions.settle(self.petition, organ("YHZJ"), by=self.by)
        row = actions.settle(self.petition, organ("YHZJ"), by=self.by, reason="工程款纠纷，非工资")
        assert (row.organ.code, row.chosen_organ.code, row.followed) == ("YHRS", "YHZJ", False)
        assert list(RoutingProposal.objects.overridden()) == [row]

    def test_never_the_accused_nor_its_sub_units(self):
        Petition.objects.filter(pk=self.petition.pk).update(accused_organ=organ("YHSW"))
        with pytest.raises(Refused, match="第三十条"):
            actions.settle(fresh(self.petition), organ("YHSW"), by=self.by, reason="就是它的事")

    def test_the_organ_complained_of_wants_a_reason(self):
        Petition.objects.filter(pk=self.petition.pk).update(about_organ=organ("YHRS"))
        with pytest.raises(Refused, match="涉及单位"):
            actions.settle(fresh(self.petition), organ("YHRS"), by=self.by)
        assert actions.settle(fresh(self.petition), organ("YHRS"), by=self.by, reason="唯一有权机关").followed

    def test_a_stranger_may_not_decide(self):
        with pytest.raises(PermissionDenied):
            actions.settle(self.petition, organ("YHRS"), by=someone(clerk_of("SQXF")))

    def test_forwarding_settles_it_or_nothing_happens(self):
        actions.forward(fresh(self.petition), to=organ("YHRS"), by=self.by)
        assert fresh(self.petition).state == State.FORWARDED
        self.proposal.refresh_from_db()
        assert self.proposal.chosen_organ.code == "YHRS"

    def test_a_refused_act_settles_nothing(self):
        with pytest.raises(Refused):
            actions.forward(fresh(self.petition), to=organ("YHQL"), by=self.by, reason="本单位办理")
        self.proposal.refresh_from_db()
        assert self.proposal.chosen_at is None

    def test_a_decision_without_a_proposal_is_kept_too(self):
        other = told("今天心情很好")
        row = actions.settle(other, organ("YHRS"), by=self.by)
        assert (row.organ, row.followed, row.chosen_organ.code) == (None, None, "YHRS")


@pytest.mark.django_db
class TestSuggesting:
    @pytest.fixture(autouse=True)
    def _city(self, city):
        pass

    def test_at_most_three_organs_each_with_a_reason(self):
        found = actions.suggest("小区物业停车位拆迁工资医院学校", registrar=organ("YHQL"))
        assert len(found) == 3
        assert all(row.reasons and 0 < row.percent <= 100 for row in found)
        assert len({row.organ for row in found}) == 3

    def test_the_accused_is_not_suggested(self):
        plain = actions.suggest("拖欠工资", registrar=organ("YHQL"))
        assert plain[0].organ.code == "YHRS"
        turned = actions.suggest("拖欠工资", registrar=organ("YHQL"), accused=organ("YHRS"))
        assert "YHRS" not in [row.organ.code for row in turned]

    def test_categories_with_their_words(self):
        found = actions.suggest_category("暖气不热，室温只有十四度，供热站不管")
        assert found[0].code == "010208"
        assert {"暖气", "室温"} <= set(found[0].hits)
        assert len(found) <= 3
        assert actions.suggest_category("") == []

    def test_the_longest_name_in_the_smallest_area(self):
        place = actions.suggest_place("住在云河区青柳街道的翠微巷8号院")
        assert (place.name, place.territory) == ("翠微巷8号院", "11019901001")
        assert actions.suggest_place("不知道在哪里") is None


def clerk_of(code):
    posts = {"petition_office": "DS_CLERK"}
    office = organ(code)
    users = User.objects.filter(organ__office=office, appointments__post__role__code=posts[office.kind])
    return users.order_by("pk").first().username
