"""质量评查：名单抽定不变，两人互不相见，第三人定，信访件一字不动。"""

import json
import re
from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organ, Outbox
from petitions.act.decorator import Actor, Refused, Stale
from petitions.act.states import Kind
from petitions.models import Petition
from rulebook.acts import Act
from supervision.models import Reading, SampledPetition, SamplePlan
from supervision.sampling import plans, population, results, scoring
from tests.cast import do, fresh, on_day, registered, someone
from tests.desk.case.hands import signed_in, text

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 10)
PERIOD = {"since": date(2026, 3, 1), "until": date(2026, 3, 31)}
READERS = ("dhead1", "dchief1", "csuper1")


def filed(count=1, *, street="YHQL", by="officer1", **told):
    """Inquiries that were registered and filed on the day: the shortest way to an ended petition."""
    made = []
    with on_day(DAY):
        for _ in range(count):
            organ = Organ.objects.get(code=street)
            one = registered(by, organ=organ, kind=Kind.INQUIRY, letters_too=False, **told)
            made.append(do(one, Act.FILE, by, reason="表达感谢，没有要办的事"))
    return made


def drawn(by="super1", named=READERS, **told):
    """A plan over March, drawn on 8 April."""
    facts = {"name": "三月评查", "size": 3, "seed": "云河三月", "by_category": False, "by_ending": True, **PERIOD}
    with on_day("2026-04-08"):
        return plans.make(someone(by), readers_named=[someone(name) for name in named], **(facts | told))


def sheets_of(plan, place=1):
    return list(plan.sampled.get(place=place).readings.select_related("reader__organ").order_by("seat"))


def filled(one, **differs):
    """A full sheet: everything done, but for what the test says."""
    given = {item["code"]: "yes" for item in one.sampled.plan.sheet.items} | differs
    return scoring.save(one, by=one.reader, answers=given, remark="", version=one.version, hand_in=True)


def test_the_list_is_frozen_and_everybody_is_told_how_many_they_have(city):
    filed(4)
    filed(2, street="YHWH", by="officer.wh")
    plan, empty = drawn()
    assert empty == 0 and plan.population == 6
    assert {row["name"]: (row["population"], row["drawn"]) for row in plan.strata} == {
        "青柳街道": (4, 2),
        Organ.objects.get(code="YHWH").short_name: (2, 1),
    }
    assert plan.sampled.count() == 3 and plans.is_whole(plan)
    pairs = [{sheet.reader.username for sheet in sheets_of(plan, place)} for place in (1, 2, 3)]
    assert all(len(pair) == 2 and pair <= set(READERS) for pair in pairs)
    assert {row.recipient.username for row in Outbox.objects.filter(dedupe_key__startswith="sample:")} <= set(READERS)
    with pytest.raises(Refused, match="抽定的不能重抽"):
        drawn()
    swapped = list(plan.sampled.order_by("place"))
    SampledPetition.objects.filter(pk=swapped[0].pk).update(
        petition=Petition.objects.exclude(pk__in=[one.petition_id for one in swapped]).first()
    )
    assert not plans.is_whole(plan)


def test_only_what_ended_and_may_be_read_is_in_the_population(city):
    ended, secret, report, accused = filed(4)
    Petition.objects.filter(pk=secret.pk).update(secrecy=1)
    Petition.objects.filter(pk=report.pk).update(kind=Kind.REPORT)
    Petition.objects.filter(pk=accused.pk).update(accused_organ=Organ.objects.get(code="YHZJ"))
    filed(street="YHXF", by="dclerk1")  # 评查单位自己的件
    with on_day(DAY):
        registered()  # 还没有了结
    found = {
        name: [one.number for one in population.ended(someone(name), *PERIOD.values())] for name in ("super1", "super2")
    }
    assert found == {"super1": [ended.number], "super2": []}
    assert population.ended(someone("super1"), date(2026, 3, 11), date(2026, 3, 31)) == []


def test_who_had_a_part_in_it_does_not_read_it_and_the_place_stays_empty_until_somebody_else_comes(city):
    [one] = filed()
    with on_day(DAY):
        one = fresh(one)
        one.log(Act.NOTE, by=Actor.of(someone("dchief1")), note="向登记人核对过来信")
        one.keep()
    plan, empty = drawn(named=("dhead1", "dchief1"), size=2)
    assert empty == 1 and [sheet.reader.username for sheet in sheets_of(plan)] == ["dhead1"]
    with pytest.raises(PermissionDenied, match="主持人"):
        plans.add_readers(plan, by=someone("dhead1"), named=[someone("csuper1")])
    assert plans.add_readers(plan, by=someone("super1"), named=[someone("csuper1")]) == 0
    assert {sheet.reader.username for sheet in sheets_of(plan)} == {"dhead1", "csuper1"}


def test_a_sheet_not_handed_in_passes_on_when_its_reader_leaves(city):
    filed()
    plan, _ = drawn(named=("dhead1", "dchief1"), size=2)
    filled(sheets_of(plan)[0])
    stays, leaves = (sheet.reader for sheet in sheets_of(plan))
    type(leaves).objects.filter(pk=leaves.pk).update(is_active=False)
    assert plans.add_readers(plan, by=someone("super1"), named=[someone("csuper1")]) == 0
    assert {sheet.reader.username for sheet in sheets_of(plan)} == {stays.username, "csuper1"}


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"named": ("dhead1",)}, "至少要选两名评查人"),
        ({"named": ("dhead1", "super1")}, "主持人自己不评"),
        ({"named": ("dhead1", "clerk1")}, "至少要选两名"),
        ({"until": date(2026, 2, 1)}, "止日早于起日"),
        ({"until": date(2026, 5, 1)}, "不能晚于今天"),
        ({"since": date(2024, 3, 1)}, "一次最多评查 366 天"),
        ({"since": date(2026, 3, 20)}, "没有可以评查的"),
    ],
)
def test_an_impossible_plan_is_refused_in_a_sentence_and_leaves_nothing(city, told, sentence):
    filed()
    with pytest.raises(Refused, match=sentence):
        drawn(**told)
    assert not SamplePlan.objects.exists()


def test_nobody_sees_the_other_sheet_before_both_are_in(city):
    filed()
    plan, _ = drawn(size=2)
    first, second = sheets_of(plan)
    filled(first, R1="no")
    page = f"/supervision/sampling/{plan.pk}/1/"
    for name in (second.reader.username, "super1", first.reader.username):
        html = text(signed_in(name).get(page))
        assert "交齐以前谁也看不见谁的" in html and not re.search(r"\bR1\b", html)
    assert signed_in(second.reader.username).get(f"/supervision/sampling/sheets/{first.pk}/").status_code == 404
    assert signed_in("super1").get(f"/supervision/sampling/sheets/{second.pk}/").status_code == 404
    with pytest.raises(PermissionDenied):
        scoring.save(second, by=first.reader, answers={}, remark="", version=0, hand_in=False)
    with pytest.raises(Refused, match="已经交了"):
        filled(first)
    filled(second)
    assert "R1" in text(signed_in("super1").get(page))


def test_alike_sheets_settle_themselves_and_differences_wait_for_the_third_with_a_reason(city):
    filed(2)
    plan, _ = drawn(size=2)
    for sheet in sheets_of(plan, 1):
        filled(sheet, N2="na", W3="no")
    settled = plan.sampled.get(place=1)
    assert settled.settled_at and settled.answers["W3"] == "no"
    first, second = sheets_of(plan, 2)
    filled(first, R1="no")
    filled(second, I4="na")
    two = plan.sampled.get(place=2)
    assert two.settled_at is None
    assert [item["code"] for item in scoring.Pair.of(two).differences] == ["R1", "I4"]
    for decided, sentence in (
        ({"R1": ("no", "登记晚了两天")}, "I4 两人不一致"),
        ({"R1": ("no", " "), "I4": ("na", "没有利害关系")}, "R1 两人不一致"),
        ({"R1": ("na", "不能不适用"), "I4": ("na", "没有利害关系")}, "R1 两人不一致"),
    ):
        with pytest.raises(Refused, match=sentence):
            scoring.settle(two, by=someone("super1"), decided=decided)
    whole = {"R1": ("no", "登记晚了两天"), "I4": ("na", "没有利害关系")}
    with pytest.raises(PermissionDenied, match="韩峥"):
        scoring.settle(two, by=first.reader, decided=whole)
    scoring.settle(two, by=someone("super1"), decided=whole)
    two.refresh_from_db()
    assert (two.answers["R1"], two.answers["I4"], two.answers["R2"]) == ("no", "na", "yes")
    with pytest.raises(Refused, match="已经定分"):
        scoring.settle(two, by=someone("super1"), decided=whole)


def test_the_results_weigh_the_strata_and_leave_the_petitions_as_they_were(city):
    made = filed(4)
    before = [(one.seq, one.state, one.closed_at) for one in map(fresh, made)]
    plan, _ = drawn(size=2)
    low, high = 2, 1
    for sheet in sheets_of(plan, low):
        filled(sheet, R1="no", R2="no", N1="no", W1="no")
    half = results.of(plan, someone("super1"))
    assert not half.is_final
    assert [(one.place, round(score)) for one, score in half.below] == [(low, 74)]
    first, second = sheets_of(plan, high)
    filled(first)
    filled(second, R1="no")
    scoring.settle(plan.sampled.get(place=high), by=someone("super1"), decided={"R1": ("yes", "当日登记")})
    told = results.of(plan, someone("super1"))
    assert told.is_final and told.whole.score.value == pytest.approx((74 + 100) / 2)
    [organ] = told.organs
    assert (organ.name, organ.population, organ.drawn, organ.settled) == ("青柳街道", 4, 2, 2)
    assert organ.score.low < organ.score.value < organ.score.high
    assert round(organ.passed.value) == 50 and organ.passed.low < 15
    assert {one.code: (one.kept, one.applied) for one in told.items}["R1"] == (1, 2)
    assert 0.7 < told.kappa < 1
    html = text(signed_in("super1").get(f"/supervision/sampling/{plan.pk}/results/"))
    ordered = plan.sampled.get(place=low).petition.number
    assert f"/supervision/orders/new/?case={ordered}&amp;ground=SV07" in html and "不重新启动办理" in html
    form = signed_in("super1").get(f"/supervision/orders/new/?case={ordered}&ground=SV07").context["form"]
    assert form["ground"].value() == "SV07"
    assert [(one.seq, one.state, one.closed_at) for one in map(fresh, made)] == before


def test_the_sheet_page_keeps_what_was_chosen_and_tells_of_another_page(city):
    filed()
    plan, _ = drawn(size=2)
    one = sheets_of(plan)[0]
    hand, url = signed_in(one.reader.username), f"/supervision/sampling/sheets/{one.pk}/"
    assert url in text(hand.get("/supervision/sampling/"))
    answer = hand.post(url, {"do": "hand_in", "version": 0, "i_R1": "no", "remark": "登记日晚于收到日。"})
    html = text(answer)
    assert answer.status_code == 422 and "R2 还没有评" in html and "登记日晚于收到日。" in html
    assert answer.context["form"]["i_R1"].value() == "no" and not Reading.objects.get(pk=one.pk).answers
    assert hand.post(url, {"do": "keep", "version": 0, "i_R1": "no", "remark": "登记日晚于收到日。"}).status_code == 302
    kept = hand.get(url).context["form"]
    assert (kept["i_R1"].value(), kept["remark"].value(), kept["version"].value()) == ("no", "登记日晚于收到日。", 1)
    answer = hand.post(url, {"do": "keep", "version": 0, "i_R1": "yes"})
    assert answer.status_code == 422 and "刚在另一个页面保存过" in text(answer)
    assert answer.context["form"]["i_R1"].value() == "yes"
    assert Reading.objects.get(pk=one.pk).answers == {"R1": "no"}
    again = hand.post(url, {"do": "keep", "version": answer.context["form"]["version"].value(), "i_R1": "yes"})
    assert again.status_code == 302 and Reading.objects.get(pk=one.pk).answers == {"R1": "yes"}
    with pytest.raises(Stale):
        scoring.save(one, by=one.reader, answers={}, remark="", version=1, hand_in=False)


def test_the_plan_page_shows_sizes_first_and_draws_once(city):
    filed(3)
    hand = signed_in("super1")
    told = {
        "name": "三月评查", "since": "2026-03-01", "until": "2026-03-31", "size": 2, "least": 1, "seed": "云河三月",
        "by_ending": "on", "readers_named": [someone(name).pk for name in READERS],
    }  # fmt: skip
    with on_day("2026-04-08"):
        page = text(hand.post("/supervision/sampling/new/", told | {"do": "preview"}))
        assert "总体 3 件，1 层，抽取 2 件" in page and "存" in page
        assert not SamplePlan.objects.exists()
        numbers = Petition.objects.values_list("number", flat=True)
        assert not [number for number in numbers if number in page], "抽定以前看得到名单，就能挑种子"
        refused = hand.post("/supervision/sampling/new/", told | {"do": "draw", "seed": ""})
        assert refused.status_code == 422 and "请填写种子" in text(refused) and "三月评查" in text(refused)
        answer = hand.post("/supervision/sampling/new/", told | {"do": "draw"}, follow=True)
        assert "已抽定 2 件" in text(answer) and "检举控告" in text(answer)
        again = hand.post("/supervision/sampling/new/", told | {"do": "draw", "seed": "另一粒种子"})
    assert again.status_code == 422 and "抽定的不能重抽" in text(again)
    assert SamplePlan.objects.count() == 1


def test_only_posts_that_sample_see_it_and_only_of_their_own_area(city):
    filed()
    plan, _ = drawn(size=2)
    seen = {
        name: signed_in(name).get(f"/supervision/sampling/{plan.pk}/").status_code
        for name in ("super1", "dhead1", "csuper1", "super2", "officer1", "clerk1", "disc1")
    }
    assert seen == {
        "super1": 200,
        "dhead1": 200,
        "csuper1": 200,
        "super2": 404,
        "officer1": 403,
        "clerk1": 403,
        "disc1": 403,
    }
    assert "质量评查" not in text(signed_in("officer1").get("/cases/"))


def test_what_became_confidential_leaves_the_list_and_cannot_be_read(city):
    filed(2)
    plan, _ = drawn(size=2)
    one = plan.sampled.get(place=1)
    Petition.objects.filter(pk=one.petition_id).update(secrecy=1)
    page = text(signed_in("super1").get(f"/supervision/sampling/{plan.pk}/"))
    assert one.petition.number not in page and plan.sampled.get(place=2).petition.number in page
    sheet = sheets_of(plan, 1)[0]
    hand = signed_in(sheet.reader.username)
    assert hand.get(f"/supervision/sampling/sheets/{sheet.pk}/").status_code == 404
    assert signed_in("super1").get(f"/supervision/sampling/{plan.pk}/1/").status_code == 404


def test_two_databases_restored_from_one_backup_give_the_same_list(city):
    """The same petitions under other keys, in another order: what a restore, a dump or a move may change."""
    filed(4)
    filed(3, street="YHWH", by="officer.wh")
    asked = ("--by", "super1", "--since", "2026-03-01", "--until", "2026-03-31", "--size", "4", "--seed", "云河三月")
    first = printed(*asked)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in ("petitionevent", "involvement", "leg", "deadline", "claim"):
            cursor.execute(f"UPDATE petitions_{table} SET petition_id = 900000 - petition_id")
        cursor.execute("UPDATE petitions_petition SET id = 900000 - id")
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    second = printed(*asked)
    assert second == first and len(first["list"]) == 4 and len(first["hash"]) == 64
    assert first["population"] == 7


def test_the_command_draws_a_plan_over_again_and_writes_nothing(city):
    filed(3)
    plan, _ = drawn(size=2)
    told = printed("--plan", "三月评查")
    assert told["agrees"] and told["hash"] == plan.list_hash
    assert told["list"] == list(plan.sampled.order_by("place").values_list("petition__number", flat=True))
    assert SamplePlan.objects.count() == 1 and Reading.objects.count() == 4
    filed()
    assert printed("--plan", "三月评查")["population"] != plan.population
    for words, sentence in (
        (("--plan", "没有的"), "没有名为"),
        (("--by", "super1"), "还要写明：--since"),
        (
            ("--by", "nobody", "--since", "2026-03-01", "--until", "2026-03-31", "--size", "2", "--seed", "abcd"),
            "没有用户",
        ),
    ):
        with pytest.raises(CommandError, match=sentence):
            printed(*words)


def printed(*words):
    out = StringIO()
    with on_day("2026-04-08"):
        call_command("draw_sample", *words, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_pages_ask_as_many_questions_for_one_petition_as_for_five(city):
    def asked(plan):
        hand, counts = signed_in("super1"), []
        for tail in ("", f"{plan.pk}/", f"{plan.pk}/1/", f"{plan.pk}/results/"):
            hand.get(f"/supervision/sampling/{tail}")
            with on_day("2026-04-09"), CaptureQueriesContext(connection) as caught:
                assert hand.get(f"/supervision/sampling/{tail}").status_code == 200
            counts.append(len(caught))
        return counts

    filed(2)
    small, _ = drawn(size=2)
    few = asked(small)
    filed(4)
    large, _ = drawn(size=6, name="再评一次")
    assert asked(large) == few and max(few) <= 20
