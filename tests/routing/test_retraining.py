"""用一个月：人另定的改变下一版，差的不启用，一键退回；不够学的只按分类表和关键词，并且说出来。"""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Organ, Outbox
from petitions.act.decorator import Refused
from petitions.act.states import Kind
from petitions.models import Category, Petition
from routing.destination import acts as actions
from routing.destination import hit_figures
from routing.learning import nightly_training
from routing.learning.training import Case, train
from routing.models import Promotion, RoutingProposal, SorterVersion, Subject
from rulebook.timekeeping import now
from tests.authority.crawling import signed_in
from tests.cast import accepted, fresh, on_day, registered, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]

PAGE = "/config/models/"
# 本地的叫法，规则包里没有；人把它们归到这几类
LOCAL = {
    "010203": ("惠民亭", "亭子玻璃碎了", "亭门锁坏了", "亭内座椅松动", "亭边地砖翘起"),
    "010299": ("口袋角", "角落灯带不亮", "角落雕塑歪了", "角落积水", "角落栏杆锈断"),
    "150402": ("零工驿", "零工登记没人叫号", "零工介绍排不上", "零工推荐名单不公开", "零工大厅不开门"),
}
A_MONTH = [f"2026-03-{day:02d}" for day in range(2, 32)]


def told(code: str, at: int) -> str:
    name, *matters = LOCAL[code]
    return f"春柳苑{at}号楼前的{name}，{matters[at % len(matters)]}，已经第{at}次反映"


def a_day_of_work(day: str, at: int, code_of=lambda code: code) -> None:
    """Two petitions of each local matter, put by the clerk into the category the house means."""
    with on_day(day):
        for code in LOCAL:
            for turn in (0, 1):
                original = told(code, 2 * at + turn)
                category = Category.objects.get(code=code_of(code))
                petition = registered(
                    original=original, title=original[:30], claims=["请处理"], letters_too=False, category=category
                )
                actions.propose_for(petition)


@pytest.fixture
def month(city):
    for at, day in enumerate(A_MONTH):
        a_day_of_work(day, at)


def organ(code: str) -> Organ:
    return Organ.objects.get(code=code)


def hits_on(code: str) -> str | None:
    """The category proposed for a matter nobody has registered yet."""
    found = actions.suggest_category(told(code, 900), told(code, 900)[:30])
    return found[0].code if found else None


def test_a_month_of_use(month):
    """Before, the pack knows none of the words; after one night the desk proposes what clerks chose, and says why."""
    assert all(hits_on(code) != code for code in LOCAL)
    with on_day("2026-04-01"):
        said = nightly_training.retrain(Subject.LEVEL3)
        assert "第 1 版已启用" in said
        version = SorterVersion.objects.get()
        assert version.scores["top1"] > version.rival_scores["top1"]
        assert version.cases + version.held_back == 6 * len(A_MONTH)
        assert [hits_on(code) for code in LOCAL] == list(LOCAL)
        found = actions.suggest_category(told("150402", 901))[0]
        assert f"已确认的 {version.cases} 件里" in found.reason
    # 之后登记的件，建议与人定的都留着，页上看得出前后
    a_day_of_work("2026-04-20", 400)
    with on_day("2026-04-20", hour=11):
        rates = hit_figures.of_categories().rates
        assert {rate.label for rate in rates} == {"城乡建设", "劳动和社会保障"}
        for rate in rates:
            assert rate.hits > rate.hits_before
        page = signed_in(someone("admin1")).get(PAGE).content.decode()
        assert "三级分类第 1 版" in page
        assert "启用过" in page
        assert f"{version.scores['top1']}%" in page and f"原 {version.rival_scores['top1']}%" in page
    last = RoutingProposal.objects.latest("pk")
    assert last.category.code == last.petition.category.code == "150402"
    assert last.category_reason.startswith("已确认的")


@pytest.fixture
def ten_days(city, monkeypatch):
    """Fewer cases are enough here."""
    monkeypatch.setattr(nightly_training, "LEAST", 40)
    monkeypatch.setattr(nightly_training, "LEAST_HELD_BACK", 5)
    for at, day in enumerate(A_MONTH[:10]):
        a_day_of_work(day, at)


def test_a_worse_model_is_kept_as_figures_only(ten_days):
    """Every case to learn from is moved into a wrong category: on the same held-back cases the new model is worse."""
    with on_day("2026-04-01"):
        nightly_training.retrain(Subject.LEVEL3)
        assert nightly_training.retrain(Subject.LEVEL3) == "没有新确认的件"
    before = [hits_on(code) for code in LOCAL]
    keys = [
        row.key for row in nightly_training.confirmed_cases(Subject.LEVEL3) if not nightly_training.held_back(row.key)
    ]
    codes = list(LOCAL)
    for petition in Petition.objects.filter(submission__number__in=keys).select_related("category"):
        petition.category = Category.objects.get(code=codes[codes.index(petition.category.code) - 1])
        Petition.objects.bulk_update([petition], ["category"])
    with on_day("2026-04-02"):
        assert "没有启用" in nightly_training.retrain(Subject.LEVEL3)
        page = signed_in(someone("admin1")).get(PAGE).content.decode()
    worse = SorterVersion.objects.get(number=2)
    assert worse.scores["top1"] < worse.rival_scores["top1"]
    assert worse.rival.number == 1
    assert bytes(worse.stored) == b""
    assert [hits_on(code) for code in LOCAL] == before == codes
    assert "未启用" in page


class TestGoingBack:
    @pytest.fixture(autouse=True)
    def _learnt(self, city):
        matters = [Case(told(code, at), code) for code in LOCAL for at in range(20)]
        with on_day("2026-04-01"):
            version = SorterVersion.objects.create(
                subject=Subject.LEVEL3,
                number=1,
                made_at=now(),
                cases=len(matters),
                held_back=20,
                scores={"top1": 90.0, "top3": 99.0, "macro_f1": 89.0},
                rival_scores={"top1": 40.0, "top3": 60.0, "macro_f1": 35.0},
                stored=train(matters).to_bytes(),
            )
            Promotion.objects.create(subject=Subject.LEVEL3, version=version, at=now(), reason="较好")
        assert hits_on("010203") == "010203"

    def back(self, by="admin1", **told):
        line = Promotion.objects.latest("pk")
        with on_day("2026-04-02"):
            return signed_in(someone(by)).post(
                PAGE + "back/", {"subject": "level3", "seen": line.pk, "reason": "四月以来分得不对"} | told, follow=True
            )

    def test_one_click_and_the_rules_alone_propose_again(self):
        page = self.back().content.decode()
        assert "已退回：三级分类：只按规则" in page
        line = Promotion.objects.latest("pk")
        assert (line.version, line.by.username, line.reason) == (None, "admin1", "四月以来分得不对")
        assert hits_on("010203") != "010203"
        assert Promotion.objects.count() == 2

    def test_twice_there_is_nothing_to_go_back_to(self):
        self.back()
        assert "没有可退回的版次" in self.back().content.decode()

    def test_who_looked_at_an_older_page_is_told(self):
        assert "已换了版次" in self.back(seen="0").content.decode()
        assert Promotion.objects.count() == 1

    def test_only_who_keeps_the_rules(self):
        answer = self.back(by="officer1")
        assert answer.status_code == 403
        with pytest.raises(PermissionDenied):
            nightly_training.go_back(Subject.LEVEL3, Promotion.objects.latest("pk").pk, by=someone("clerk1"))
        assert signed_in(someone("officer1")).get(PAGE).status_code == 403

    def test_a_reason_too_long_is_refused(self):
        with pytest.raises(Refused, match="不超过 200 字"):
            nightly_training.go_back(
                Subject.LEVEL3, Promotion.objects.latest("pk").pk, by=someone("admin1"), reason="长" * 201
            )


def test_a_city_with_few_cases_goes_by_the_pack_and_says_so():
    with on_day("2026-03-02"):
        registered(category=Category.objects.get(code="010208"), letters_too=False)
        assert "还不够学" in nightly_training.retrain_all()["level3"]
        page = signed_in(someone("admin1")).get(PAGE).content.decode()
        assert page.count("只按分类表、关键词和规则") >= len(Subject)
        found = actions.suggest_category("暖气不热，室温只有十四度，供热站不管")
    assert found[0].code == "010208"
    assert not SorterVersion.objects.exists()


def test_reports_and_secret_petitions_are_neither_learnt_nor_counted():
    with on_day("2026-03-02"):
        code = Category.objects.get(code="010208")
        open_one = registered(category=code, letters_too=False)
        registered(category=code, letters_too=False, kind=Kind.REPORT)
        secret = registered(category=code, letters_too=False)
        Petition.objects.filter(pk=secret.pk).update(secrecy=1)
        learnt = nightly_training.confirmed_cases(Subject.LEVEL3)
        assert [row.key for row in learnt] == [open_one.submission.number]
        assert nightly_training.confirmed_counts()["categories"] == 1
        for petition in Petition.objects.all():
            actions.propose_for(petition)
        assert sum(rate.cases for rate in hit_figures.of_categories().rates) <= 1


class TestTheOrgan:
    @pytest.fixture(autouse=True)
    def _small(self, city, monkeypatch):
        """The street handles what the pack knows no word for; few cases are enough here."""
        monkeypatch.setattr(nightly_training, "LEAST", 20)
        monkeypatch.setattr(nightly_training, "LEAST_HELD_BACK", 4)
        with on_day("2026-03-02"):
            accepted(original=told("010203", 0), title=told("010203", 0)[:30], claims=["请处理"])
            for at in range(1, 28):
                for code, handler in (("010203", "YHQL"), ("150402", "YHRS")):
                    words = {"original": told(code, at), "title": told(code, at)[:30], "claims": ["请处理"]}
                    petition = registered(**words, letters_too=False)
                    Petition.objects.filter(pk=petition.pk).update(first_handler=organ(handler))

    def test_what_was_handled_where_is_proposed_with_percent_and_reason(self):
        assert actions.suggest(told("150402", 99), "11019901001", registrar=organ("YHQL")) == []
        with on_day("2026-03-03"):
            assert "已启用" in nightly_training.retrain(Subject.ORGAN)
            found = actions.suggest(told("150402", 99), "11019901001", registrar=organ("YHQL"))
            assert found[0].organ.code == "YHRS"
            assert found[0].percent > 50
            assert "已确认的" in found[0].reasons[0]
            assert actions.suggest(told("010203", 99), "11019901001", registrar=organ("YHQL"))[0].organ.code == "YHQL"

    def test_never_the_accused_nor_without_reason_the_organ_complained_of(self):
        with on_day("2026-03-03"):
            assert "已启用" in nightly_training.retrain(Subject.ORGAN)
            for turned in ({"accused": organ("YHRS")}, {"about": organ("YHRS")}):
                found = actions.suggest(told("150402", 99), "11019901001", registrar=organ("YHQL"), **turned)
                assert "YHRS" not in {row.organ.code for row in found}

    def test_words_of_bribery_go_before_all_that_was_learnt_and_call_the_post(self):
        text = told("150402", 99) + "，管理员索贿才给登记"
        with on_day("2026-03-03"):
            assert "已启用" in nightly_training.retrain(Subject.ORGAN)
            first = actions.suggest(text, "11019901001", registrar=organ("YHQL"))[0]
            assert first.organ.kind == "discipline"
            assert first.calls == "云河区纪委监委检举控告对接专岗"
            petition = registered(original=text, letters_too=False)
            assert actions.propose_for(petition).organ.code == "YHJJ"
            actions.propose_for(fresh(petition))
            word = Outbox.objects.get(dedupe_key__startswith=f"called:{petition.pk}:")
            assert word.recipient.username == "disc1"
            assert "没有自动转送" in word.text and "索贿" not in word.text
