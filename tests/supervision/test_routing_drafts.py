"""分流规则的草案：照近一年的件试算，试算什么也不改；由第二个人启用，一键退回；每个数点得开。"""

from datetime import date, timedelta
from random import Random

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Organ
from petitions.act.decorator import Refused
from petitions.models import Petition, PetitionEvent
from routing.destination import acts as actions
from routing.destination import routing_pack
from routing.destination.rule_trial import replay
from routing.models import RoutingProposal, RoutingRule
from supervision.models import RoutingDraft
from supervision.sandbox import ladder_drafts, routing_drafts
from tests.cast import fresh, on_day, registered, someone
from tests.desk.case.hands import signed_in, text

DAY = date(2026, 3, 2)
NEW = "/supervision/drafts/routing/new/"
SAYINGS = (
    *("工地包工头拖欠工资半年", "小区供暖不热，室温只有十二度", "村里宅基地翻建一直批不下来", "公交末班车太早"),
    *("邻居私搭乱建违法建设", "今天心情很好", "自来水发黄，水压低", "加装电梯谈不拢", "房屋征收补偿太低"),
)


def told(original, **more):
    given = {"title": original[:20], "claims": ["请处理"], "category": None} | more
    return registered(original=original, letters_too=False, **given)


def routed(original, **more):
    """Registered, proposed for, and decided as proposed; what no rule knew waits."""
    petition = told(original, **more)
    row = actions.propose_for(petition)
    if row.organ_id:
        actions.settle(fresh(petition), row.organ, by=someone("clerk1"), reason="按职责办理。")
    return petition


@pytest.mark.django_db
@pytest.mark.parametrize("luck", range(3))
def test_a_replay_of_the_live_rules_equals_history(city, luck):
    """当时的规则、当时的文字，一年后重判，建议去的还是同一个单位。"""
    dice, then = Random(luck), {}
    for number in range(12):
        with on_day(DAY + timedelta(days=number * 9)):
            words = "，".join(dice.sample(SAYINGS, dice.choice([1, 1, 2])))
            at_office = {"by": "dclerk1", "organ": Organ.objects.get(code="YHXF")}
            petition = told(words, place=dice.choice(["", "静安街道"]), **at_office)
            row = actions.propose_for(petition)
            then[petition.pk] = row.organ_id
            if row.organ_id and dice.random() < 0.7:
                actions.forward(fresh(petition), to=row.organ, by=someone("dclerk1"), reason="按职责办理。")
    with on_day(DAY + timedelta(days=300)):
        found = {one.petition: one for one in replay(Petition.objects.all(), {})}
    assert {pk: one.live for pk, one in found.items()} == then
    assert all(one.live == one.draft == one.then for one in found.values())
    assert len(set(then.values())) > 3


def without_words(code, *gone):
    facts = routing_pack.facts_of(code)
    return facts | {"words": [word for word in facts["words"] if word not in gone]}


def proposed(rule=None, code="R03", by="super1"):
    return routing_drafts.propose(code=code, rule=rule, reason="试一试", by=someone(by))


def everything():
    return (
        list(RoutingProposal.objects.order_by("pk").values()),
        list(RoutingRule.objects.order_by("pk").values()),
        list(Petition.objects.order_by("pk").values("pk", "seq", "last_hash", "proposed", "organ")),
        PetitionEvent.objects.count(),
    )


@pytest.mark.django_db
def test_a_replay_says_what_would_have_been_proposed_and_changes_nothing(city):
    with on_day(DAY):
        wages, heat = routed(SAYINGS[0]), routed(SAYINGS[1])
        old = everything()
        draft = proposed(code="R11")  # 停用
        assert routing_drafts.replay_waiting() == 1 and routing_drafts.replay_waiting() == 0
        assert everything() == old
        case = draft.cases.get(petition=heat)
    assert (case.then_organ, case.live_organ, case.chosen_organ) == (case.then_organ,) * 3
    assert case.then_organ is not None and case.draft_organ != case.then_organ
    assert list(draft.cases.changed()) == list(draft.cases.worse()) == [case]
    assert not draft.cases.better().exists() and not draft.cases.otherwise_than_then().exists()
    same = draft.cases.get(petition=wages)
    assert same.live_organ == same.draft_organ == same.then_organ


@pytest.mark.django_db
def test_a_new_word_finds_cases_that_waited(city):
    with on_day(DAY):
        petition = told("今天心情很好，棋牌馆", place="", title="感谢")
        assert actions.propose_for(petition).is_triage
        facts = routing_pack.facts_of("R11")
        draft = proposed(facts | {"words": [*facts["words"], "棋牌馆"]}, code="R11")
        routing_drafts.replay_waiting()
    case = draft.cases.get()
    assert case.live_organ is None and case.draft_organ is not None
    assert list(draft.cases.changed()) == [case]


@pytest.mark.django_db
def test_only_the_own_cases_of_the_last_twelve_months_are_judged(city):
    with on_day(DAY - timedelta(days=400)):
        routed(SAYINGS[0])
    with on_day(DAY):
        recent = routed(SAYINGS[0])
        draft = proposed()
        routing_drafts.replay_waiting()
    assert [case.petition for case in draft.cases.all()] == [recent]


@pytest.mark.django_db
def test_a_second_person_enables_it_and_one_click_brings_back_the_rule_before(city):
    with on_day(DAY):
        before = routing_pack.facts_of("R03")
        draft = proposed(without_words("R03", "讨薪"), by="super1")
        with pytest.raises(Refused, match="还没有试算"):
            routing_drafts.enable(draft, by=someone("admin1"))
        routing_drafts.replay_waiting()
        with pytest.raises(PermissionDenied):
            routing_drafts.enable(draft, by=someone("super1"))
        routing_drafts.enable(draft, by=someone("admin1"))
        with pytest.raises(Refused, match="这份草案已启用"):
            routing_drafts.enable(draft, by=someone("admin1"))
        assert "讨薪" not in routing_pack.facts_of("R03")["words"]
        assert RoutingRule.objects.in_force_on(DAY).filter(code="R03").count() == 1
        assert RoutingRule.objects.in_force_on(DAY - timedelta(days=1)).get(code="R03").words == before["words"]
        routing_drafts.undo(draft, by=someone("admin1"))
        assert routing_pack.facts_of("R03") == before
        with pytest.raises(Refused, match="这份草案已退回"):
            routing_drafts.undo(draft, by=someone("admin1"))


@pytest.mark.django_db
def test_a_new_rule_and_an_ended_one_are_brought_back_too(city):
    with on_day(DAY):
        facts = routing_pack.facts_of("R03")
        new, gone = proposed(facts | {"words": ["棋牌馆"]}, code="R90"), proposed(None, code="R04")
        before = routing_pack.facts_of("R04")
        routing_drafts.replay_waiting()
        for draft in (new, gone):
            routing_drafts.enable(RoutingDraft.objects.get(pk=draft.pk), by=someone("admin1"))
        assert routing_pack.facts_of("R90")["words"] == ["棋牌馆"] and routing_pack.facts_of("R04") is None
        for draft in (new, gone):
            routing_drafts.undo(draft, by=someone("admin1"))
        assert routing_pack.facts_of("R90") is None and routing_pack.facts_of("R04") == before


@pytest.mark.django_db
def test_whoever_made_it_does_not_enable_it_nor_is_it_enabled_beside_another_rule_than_replayed(city):
    with on_day(DAY):
        own = proposed(by="admin1")
        other = proposed(without_words("R03", "讨薪"))
        routing_drafts.replay_waiting()
        with pytest.raises(Refused, match="不能是拟稿的人"):
            routing_drafts.enable(own, by=someone("admin1"))
        routing_drafts.enable(other, by=someone("admin1"))
        late = proposed(without_words("R03", "欠薪"))
        routing_drafts.replay_waiting()
        routing_drafts.undo(other, by=someone("admin1"))
        with pytest.raises(Refused, match="试算以后这条规则又换过"):
            routing_drafts.enable(late, by=someone("admin1"))
        ladder_drafts.drop(late, by=someone("super1"))
        late.refresh_from_db()
        assert late.get_state_display() == "已作废"


@pytest.mark.django_db
def test_nothing_to_change_is_refused_in_a_sentence(city):
    with on_day(DAY):
        with pytest.raises(Refused, match="与现行的规则相同"):
            proposed(routing_pack.facts_of("R03"))
        with pytest.raises(Refused, match="没有代码为“R99”的现行规则"):
            proposed(None, code="R99")
        with pytest.raises(PermissionDenied):
            proposed(by="clerk1")


def sent(page) -> dict:
    form = page.context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}


@pytest.mark.django_db
class TestPages:
    @pytest.fixture(autouse=True)
    def _on_the_day(self, city):
        with on_day(DAY):
            yield

    @pytest.mark.parametrize(
        ("name", "value", "complaint"),
        [
            ("code", "", "请写明代码"),
            ("priority", "0", "次序“0”应为"),
            ("words", "", "没有词语"),
            ("exclude", "讨薪", "同时被排除：讨薪"),
            ("target", "", "请选择去向"),
            ("category_code", "999999", "没有这个内容分类"),
            ("territory", "99", "没有单位管这片辖区"),
            ("reason", "", "没有写明理由"),
            ("why", "", "请写明为什么改"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field_and_the_rest_stays(self, name, value, complaint):
        browser = signed_in("super1")
        given = sent(browser.get(f"{NEW}?rule=R03")) | {"why": "词太宽"} | {name: value}
        answer = browser.post(NEW, given)
        assert answer.status_code == 422
        assert complaint in "".join(answer.context["form"].errors[name])
        assert "血汗钱" in text(answer) or name == "words"
        assert not RoutingDraft.objects.exists()

    def test_unchanged_it_is_refused_and_changed_it_is_replayed_read_enabled_and_undone(
        self, django_assert_max_num_queries
    ):
        petition = routed(SAYINGS[1])
        browser = signed_in("super1")
        given = sent(browser.get(f"{NEW}?rule=R11")) | {"why": "词太宽"}
        answer = browser.post(NEW, given)
        assert answer.status_code == 422 and "没有改动" in text(answer)
        answer = browser.post(NEW, given | {"words": "煤改电；取暖"})
        draft = RoutingDraft.objects.get()
        assert answer.url == f"/supervision/drafts/routing/{draft.pk}/"
        assert "等待试算" in text(browser.get(answer.url))
        routing_drafts.replay_waiting()
        with django_assert_max_num_queries(32):
            page = text(browser.get(answer.url))
        assert "词语去掉：供暖" in page and "启用（今天起）" not in page
        assert f"改 {draft.code}" in text(browser.get("/supervision/drafts/"))
        assert petition.number in text(browser.get(f"{answer.url}cases/?list=changed"))
        admin = signed_in("admin1")
        assert admin.post(answer.url, {"do": "enable"}).status_code == 302
        assert "退回启用前的规则" in text(admin.get(answer.url))
        assert admin.post(answer.url, {"do": "undo"}).status_code == 302
        assert admin.post(answer.url, {"do": "undo"}).status_code == 422

    def test_every_number_opens_just_so_many_cases(self):
        for saying in SAYINGS:
            routed(saying)
        draft = proposed()
        routing_drafts.replay_waiting()
        browser = signed_in("super1")
        page = browser.get(f"/supervision/drafts/routing/{draft.pk}/")
        cells = [cell for row in page.context["organs"] for cell in row["cells"]]
        for number in [*page.context["figures"], *cells]:
            opened = browser.get(number["url"]).context
            assert opened["page"].paginator.count + opened["hidden"] == number["n"], number

    def test_whoever_may_not_see_a_case_learns_only_that_there_is_one(self):
        petition = routed(SAYINGS[0])
        draft = proposed()
        routing_drafts.replay_waiting()
        someone_else = signed_in("admin1")
        assert not Petition.objects.visible_to(someone("admin1")).filter(pk=petition.pk).exists()
        page = text(someone_else.get(f"/supervision/drafts/routing/{draft.pk}/cases/?list=all"))
        assert petition.number not in page and "另有 1 件" in page

    def test_whoever_may_not_draft_sees_none_of_it(self):
        draft = proposed()
        browser = signed_in("clerk1")
        for page in (NEW, f"/supervision/drafts/routing/{draft.pk}/", f"/supervision/drafts/routing/{draft.pk}/cases/"):
            assert browser.get(page).status_code == 403
