"""从进度页申请复查、复核：到哪天为止、为什么，过了日子怎么办（第三十五条、第三十六条；rules §1.9.2、E26–E28）。"""

import re

import pytest

from accounts.models import Outbox
from petitions.act.consequences import carry_out
from petitions.models import Proceeding
from public.progress import credentials
from public.progress.own_progress import of
from rulebook.acts import Act
from tests.cast import fresh, issued, on_day, someone
from tests.petitions.contested import couple, decided, served_opinion

pytestmark = pytest.mark.django_db
GROUNDS = "维修资金的使用情况没有查清。"


def lead(petition):
    return petition.submission.parties.order_by("position").first()


def offer_of(petition, act, party=None):
    page = next(one for one in of(party or lead(petition)) if one.number == petition.number)
    return next((offer for offer in page.offers if offer.act is act), None)


def send(door, offer, **told):
    fields = {f"{offer.key}-{name}": value for name, value in told.items()}
    return door.post("/q/ask/", {"ask": offer.token} | fields)


def test_the_page_says_until_when_and_why_and_the_request_reaches_the_reviewing_organ(city, door, ask):
    petition = served_opinion()
    with on_day("2026-06-01"):
        page = ask(lead(petition)).content.decode()
        assert "可以书面向云州市云河区人民政府申请复查，最后一天是 2026 年 6 月 22 日" in page
        assert "《信访工作条例》第三十五条" in page and "节假日的已经顺延" in page
        answer = send(door, offer_of(petition, Act.REQUEST_REVIEW), words=GROUNDS)
    assert answer.status_code == 200 and "已经收到" in answer.content.decode()
    asked = petition.proceedings.get()
    assert (asked.kind, asked.organ.code, f"{asked.applied_on}", asked.grounds) == (
        "review",
        "YH",
        "2026-06-01",
        GROUNDS,
    )
    line = petition.events.get(act="request_review")
    assert (line.actor_kind, line.by, line.text.body) == ("petitioner", None, GROUNDS)
    assert fresh(petition).next_term == "D09"
    told = set(line_readers(petition))
    assert "review1" in told and not told & {"handler1", "officer1", "clerk1"}


def test_while_it_is_reviewed_the_page_says_who_answers_and_by_when(city, door, ask):
    petition = served_opinion()
    with on_day("2026-06-01"):
        send(door, offer_of(petition, Act.REQUEST_REVIEW), words=GROUNDS)
        page = ask(lead(petition)).content.decode()
        said = re.sub(r"<[^>]+>", "", page)
        assert "复查中 云州市云河区人民政府正在审查您的复查申请，最迟 7 月 1 日 前给您书面意见。" in said
        assert "在本系统的办理已经结束" not in said and "还可以申请复核" in said
    with on_day("2026-07-03"):
        assert "本应在 7 月 1 日 前给您书面意见，已经超过 2 天" in re.sub(
            r"<[^>]+>", "", ask(lead(petition)).content.decode()
        )


def line_readers(petition):
    told = Outbox.objects.filter(dedupe_key__startswith=f"review:{petition.pk}:")
    return told.values_list("recipient__username", flat=True)


def test_sent_twice_it_is_one_request(city, door):
    petition = served_opinion()
    with on_day("2026-06-01"):
        offer = offer_of(petition, Act.REQUEST_REVIEW)
        send(door, offer, words=GROUNDS)
        again = send(door, offer, words=GROUNDS)
    assert again.status_code == 200 and "不用再提交" in again.content.decode()
    assert Proceeding.objects.count() == 1


def test_a_day_late_it_takes_a_reason_and_nothing_typed_is_lost(city, door):
    petition = served_opinion()
    with on_day("2026-06-23"):
        offer = offer_of(petition, Act.REQUEST_REVIEW)
        assert "申请期到 2026 年 6 月 22 日已满" in offer.until and "正当理由" in offer.until
        refused = send(door, offer, words=GROUNDS)
        assert refused.status_code == 422 and GROUNDS in refused.content.decode()
        assert "请写明正当理由" in refused.content.decode()
        token = re.search(r'name="ask" value="([^"]+)"', refused.content.decode()).group(1)
        assert token == offer.token
        assert send(door, offer, words=GROUNDS, excuse="住院手术，出院小结在窗口提交").status_code == 200
    assert petition.proceedings.get().excuse.startswith("住院")


def test_each_of_two_petitioners_asks_for_themselves_unseen_by_the_other(city, door, ask):
    petition = served_opinion(parties=couple())
    first, second = petition.submission.parties.order_by("position")
    with on_day("2026-06-01"):
        send(door, offer_of(petition, Act.REQUEST_REVIEW, first), words=GROUNDS)
        assert offer_of(petition, Act.REQUEST_REVIEW, first) is None
        assert offer_of(petition, Act.REQUEST_REVIEW, second) is not None
        theirs = ask(second).content.decode()
    assert "已收到" not in theirs and "待审查" not in theirs and GROUNDS not in theirs
    assert petition.proceedings.get().party == first


def test_a_token_of_one_petitioner_does_not_act_for_another(city, door):
    petition = served_opinion(parties=couple())
    first, second = petition.submission.parties.order_by("position")
    with on_day("2026-06-01"):
        offer = offer_of(petition, Act.REQUEST_REVIEW, first)
        offer.token = credentials.ask_token(second, Act.REQUEST_REVIEW, offer.subject.pk)
        assert send(door, offer, words=GROUNDS).status_code == 409
        assert door.post("/q/ask/", {"ask": "x"}).status_code == 422
    assert not petition.proceedings.exists()


def test_after_the_review_a_recheck_and_the_road_is_lit_step_by_step(city, door):
    petition = served_opinion()
    with on_day("2026-06-01"):
        send(door, offer_of(petition, Act.REQUEST_REVIEW), words=GROUNDS)
        (page,) = of(lead(petition))
        assert [step.stand for step in page.route] == ["done", "done", "done", "done", "now", "ahead"]
        assert f"{page.route[4].until}" == "2026-07-01"
        decided(petition.proceedings.get())
        service = petition.services.get(letter__kind="F18")
        service.petition = fresh(petition)
        carry_out(service, Act.SERVE, by=someone("review1"), means="direct", on=service.letter.issued_at.date())
        offer = offer_of(petition, Act.REQUEST_RECHECK)
        assert "第三十六条" in offer.until and "云州市人民政府" in offer.until
        assert send(door, offer, words="复查没有核对账目。").status_code == 200
    assert petition.proceedings.latest("number").kind == "recheck"


def test_no_remedy_is_offered_before_the_opinion_has_arrived(city):
    with on_day("2026-05-20"):
        petition = issued()
        assert offer_of(petition, Act.REQUEST_REVIEW) is None
