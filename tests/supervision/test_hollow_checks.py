"""虚假办结核查：夜里列出、一次办结一条；督查人员认定，两人同时只记一次；属实的接着下督办单。"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from petitions.act.decorator import Refused
from petitions.act.states import Kind
from petitions.intake.registration import PartyFacts
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.timekeeping import now
from supervision.hollow import nightly, verdicts
from supervision.models import HollowCheck
from supervision.tasks import watch_for_hollow_closings
from tests.cast import accepted, closed, do, fresh, on_day, registered, serve_all, someone
from tests.desk.case.hands import signed_in, text

DAY = date(2026, 3, 2)
PROMISED = "将尽快研究，请耐心等待。"
CLAIMS = ["尽快修好电梯", "公示维修资金使用情况"]


def hollow(day=DAY, answer=PROMISED, **told):
    """Closed with the same empty sentence for every claim, through real acts."""
    with on_day(day):
        petition = accepted(**told)
        petition = do(petition, Act.INQUIRE, form="heard", note="电话听取意见。")
        rows = [
            {"number": claim.number, "finding": "support", "answer": answer}
            for claim in petition.claims.order_by("number")
        ]
        told = {"facts": "信访人反映的情况收悉，我单位高度重视。", "basis": "《物业管理条例》第三十五条"}
        petition = do(petition, Act.DRAFT, findings=rows, **told)
        petition = do(do(petition, Act.SUBMIT), Act.PASS, "legal1", opinion="同意。")
        return do(serve_all(do(petition, Act.SIGN, "deputy1"), on=day), Act.CLOSE)


def watch(day=DAY + timedelta(days=1)):
    with on_day(day):
        return nightly.watch()


REASON = "第 1、2 项没有写哪天做到，也没有落实的记录"


def listed(petition=None, **told):
    """A check as the watch would have opened it; how the petition came there is beside the point."""
    petition = petition or registered(letters_too=False)
    rows = [{"code": "undone", "weight": 3.0, "reason": REASON, "about": 0}] * 2  # 一条线索两处，准确率里只算一件
    facts = {"closing": petition.seq, "closed_on": DAY, "signals": rows, "score": 4.0, "opened_at": now()}
    return HollowCheck.objects.create(petition=petition, **(facts | told))


@pytest.fixture
def check(city):
    return listed()


def test_a_hollow_closing_is_listed_once_and_a_sound_one_never(city):
    petition = hollow()
    with on_day(DAY):
        closed(claims=["尽快修好电梯"])  # 意见写了维保单位已更换
    Petition.objects.filter(pk=petition.pk).update(kind=Kind.REPORT, secrecy=1)
    assert watch() == 0  # 检举控告从不列
    Petition.objects.filter(pk=petition.pk).update(kind=Kind.APPEAL, secrecy=0)
    assert (watch(), watch(), watch(DAY + timedelta(days=3))) == (1, 0, 0)
    check = HollowCheck.objects.get()
    assert (check.petition, check.is_open, check.closed_on) == (petition, True, DAY)
    assert check.closing == petition.events.get(act="close").seq
    assert any("第 1、2 项" in reason for reason in check.reasons)
    assert fresh(petition).seq == petition.seq  # 信访件一行也没有多
    verdicts.judge(check, by=someone("super1"), verdict="dismissed", words="电梯已修好。")
    assert watch() == 0 and HollowCheck.objects.count() == 1  # 认定过的不再列


def test_what_becomes_known_later_is_added_and_leads_to_the_other_petition(city):
    petition = hollow()
    watch()
    before = HollowCheck.objects.get().score
    party = petition.submission.parties.get()
    told = {"original": petition.submission.original, "parties": [facts_of(party)]}
    with on_day(DAY + timedelta(days=20)):
        again = registered(**told)
    assert watch(DAY + timedelta(days=21)) == 0
    check = HollowCheck.objects.get()
    assert check.score > before
    assert [row["about"] for row in check.signals if row["code"] == "repeated"] == [again.pk]
    html = text(signed_in("super1").get(f"/supervision/hollow/{check.pk}/"))
    assert again.number in html and "同一信访人又提出同一事项" in html


def facts_of(party):
    return PartyFacts(
        name=party.name, sex="女", birth_year=1954, id_number=party.id_number, phone=party.phone, address=party.address
    )


def test_the_list_gives_reasons_and_another_district_sees_none(check):
    html = text(signed_in("super1").get("/supervision/hollow/"))
    assert check.petition.number in html and check.reasons[0] in html
    assert 'href="/supervision/hollow/"' in text(signed_in("super1").get("/supervision/"))
    other = text(signed_in("super2").get("/supervision/hollow/"))
    assert check.petition.number not in other and "这里没有件" in other
    assert signed_in("super2").get(f"/supervision/hollow/{check.pk}/").status_code == 404
    for stranger in ("officer1", "clerk1", "disc1"):
        assert signed_in(stranger).get("/supervision/hollow/").status_code == 403


def test_confirmed_it_leads_to_an_order_with_the_ground_and_reasons_filled_in(check):
    supervisor, address = signed_in("super1"), f"/supervision/hollow/{check.pk}/"
    empty = supervisor.post(address, {"verdict": "confirmed", "words": " "})
    assert empty.status_code == 422 and "请写明看了哪些材料" in text(empty)
    told = {"verdict": "confirmed", "words": "到现场看过，电梯仍停。"}
    page = text(supervisor.post(address, told, follow=True))
    assert "到现场看过，电梯仍停。" in page and f"/supervision/orders/new/?case={check.petition.number}" in page
    form = supervisor.get("/supervision/orders/new/", {"case": check.petition.number}).context["form"]
    assert form.initial["ground"] == "SV05" and check.reasons[0] in form.initial["problem"]


def test_of_two_verdicts_the_first_stands_and_the_second_is_told(check):
    verdicts.judge(check, by=someone("super1"), verdict="dismissed", words="电梯已修好，有验收单。")
    with pytest.raises(Refused, match=r"已于.*认定“不属虚假办结”"):
        verdicts.judge(check, by=someone("super1"), verdict="confirmed", words="再记一次")
    answer = signed_in("super1").post(f"/supervision/hollow/{check.pk}/", {"verdict": "confirmed", "words": "再"})
    assert answer.status_code == 422 and "没有再记一次" in text(answer) and "有验收单" in text(answer)
    check.refresh_from_db()
    assert check.state == "dismissed"


def test_who_may_not_order_may_not_judge(check):
    for stranger in ("officer1", "super2"):
        with pytest.raises(PermissionDenied):
            verdicts.judge(check, by=someone(stranger), verdict="confirmed", words="属实")
    with pytest.raises(Refused, match="请选择"):
        verdicts.judge(check, by=someone("super1"), verdict="maybe", words="属实")


def test_what_was_missed_is_added_by_number_and_the_head_shows_the_record(check):
    with on_day(DAY):
        missed, running = closed(), check.petition
    verdicts.judge(check, by=someone("super1"), verdict="confirmed", words="属实")
    page = signed_in("super1")
    done = page.post("/supervision/hollow/", {"number": missed.number, "words": "现场看过，没有修。"}, follow=True)
    assert "人工补记" in text(done)
    head = text(page.get("/supervision/hollow/?view=confirmed"))
    assert "已认定 1 件，属实 1 件；另补记漏掉的 1 件" in head and "1 / 1" in head and "100%" in head
    for number, said in ((missed.number, "已在清单里"), (running.number, "没有办结"), ("没有这个号", "请核对编号")):
        refused = page.post("/supervision/hollow/", {"number": number, "words": "也是"})
        assert refused.status_code == 422 and said in text(refused) and "也是" in text(refused)


def test_neither_the_page_nor_the_watch_asks_more_for_more_petitions(city):
    petition = hollow()
    client = signed_in("super1")

    def asked():
        with CaptureQueriesContext(connection) as told, on_day(DAY + timedelta(days=1)):
            watch_for_hollow_closings()
        with CaptureQueriesContext(connection) as page:
            client.get("/supervision/hollow/")
        return len(told), len(page)

    asked()  # 头一回列出来，多几句
    few = asked()
    with on_day(DAY):
        hollow()
    asked()
    assert HollowCheck.objects.count() == 2 and petition.number in text(client.get("/supervision/hollow/"))
    many = asked()
    assert many[0] == few[0] <= 28 and max(many[1], few[1]) <= 10  # 菜单的数有时在缓存里，少一句
