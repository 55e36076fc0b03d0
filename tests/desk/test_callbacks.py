"""回访：不满意的评价当时开出一件，上一级信访部门打电话；每次联系都留着，结果记一次；打电话来评价的代录。"""

from datetime import date

import pytest

from accounts.models import Notice, Organ
from petitions.act.decorator import Refused
from petitions.models import CallBack, Rating, Reveal
from petitions.record.timeline import sentence
from petitions.service.callback import rules as calling_back
from petitions.service.callback.models import Try
from petitions.service.callback.rules import office_above
from rulebook.acts import Act
from tests.cast import closed, on_day, someone
from tests.rated import CONTENT, POOR, SAID, call_back_on, of_two_bodies, opinion, rate

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def petition(city):
    """Rated not satisfied with the street the day it was served."""
    with on_day(DAY):
        petition = of_two_bodies()
        rate(opinion(petition), {"office": CONTENT, "organ": POOR}, words=SAID)
    return petition


@pytest.fixture
def caller(client):
    client.force_login(someone("super1"))
    return client


def told(client, pk, do, day="2026-03-03", **fields):
    """Post one of the forms of the page as it is drawn now."""
    prefix = {"try": "t", "conclude": "c"}.get(do, "")
    seen = CallBack.objects.get(pk=pk).tries.count()
    data = {"do": do} | {f"{prefix}-{name}": value for name, value in ({"seen": seen} | fields).items()}
    with on_day(day):
        return client.post(f"/callbacks/{pk}/", data)


class TestOpening:
    def test_one_call_back_per_service_and_body_with_its_day_in_the_same_transaction(self, petition):
        one = call_back_on(petition)
        assert CallBack.objects.count() == 1
        assert (one.office.code, one.due_on, one.state) == ("YHXF", date(2026, 3, 16), "open")  # 十个工作日

    @pytest.mark.parametrize(
        ("rated", "above"),
        [("YHQL", "YHXF"), ("YHQLCJ", "YHXF"), ("YHZJ", "YZXF"), ("YHXF", "YZXF"), ("SQXF", "YZXF"), ("YZXF", "YZXF")],
    )
    def test_the_petition_office_of_the_level_above_calls(self, city, rated, above):
        assert office_above(Organ.objects.get(code=rated)).code == above

    def test_the_office_that_was_rated_does_not_call_about_itself(self, city):
        with on_day(DAY):
            petition = of_two_bodies()
            rate(opinion(petition), {"office": POOR, "organ": CONTENT})
        assert call_back_on(petition, "office").office.code == "YZXF"
        assert not CallBack.objects.of_caller(someone("super1")).exists()
        assert CallBack.objects.of_caller(someone("csuper1")).exists()

    def test_a_rating_that_was_changed_to_satisfied_is_not_called_about_and_comes_back_with_the_change(self, petition):
        with on_day("2026-03-05"):
            rate(opinion(petition), {"office": CONTENT, "organ": CONTENT})
        assert call_back_on(petition).state == "dropped"
        with pytest.raises(Refused, match="已经改了评价"):
            calling_back.attempt(call_back_on(petition), by=someone("super1"), result=Try.NO_ANSWER, seen=0)
        with on_day("2026-03-06"):
            rate(opinion(petition), {"office": CONTENT, "organ": POOR})
        assert (call_back_on(petition).state, call_back_on(petition).due_on) == ("open", date(2026, 3, 20))

    def test_word_goes_to_the_callers_alone(self, petition):
        people = Notice.objects.filter(text__contains="待回访").values_list("user__username", flat=True)
        messages = petition_words()
        assert set(people) <= {"super1"} and messages == {"super1"}


def petition_words() -> set[str]:
    """Who is owed word of a call-back, sent or not."""
    from accounts.models import Outbox, User

    keys = Outbox.objects.filter(text__contains="待回访").values_list("recipient", flat=True)
    return set(User.objects.filter(pk__in=keys).values_list("username", flat=True))


class TestCalling:
    def test_the_page_has_the_complaint_the_script_and_a_hidden_number(self, petition, caller):
        with on_day("2026-03-03"):
            assert petition.number in caller.get("/callbacks/").content.decode()
            page = caller.get(f"/callbacks/{call_back_on(petition).pk}/").content.decode()
        party = petition.submission.parties.get()
        assert "诉求没有逐项答复" in page and "照着问" in page and "关于“尽快修好电梯”" in page
        assert party.phone not in page and party.masked_phone in page

    def test_the_number_is_shown_once_and_noted_out_of_the_sight_of_the_rated(self, petition, caller, client):
        one = call_back_on(petition)
        page = told(caller, one.pk, "reveal").content.decode()
        noted = Reveal.objects.get(call_back=one)
        assert noted.party.phone in page and (noted.by.username, noted.field) == ("super1", "电话")
        client.force_login(someone("officer1"))
        with on_day("2026-04-01"):
            assert "韩峥" not in client.get(f"/cases/{petition.number}/reveal/").content.decode()
        with on_day("2026-04-02"):
            assert "韩峥" in client.get(f"/cases/{petition.number}/reveal/").content.decode()

    def test_every_call_is_kept_and_the_next_day_appointed_shown(self, petition, caller):
        pk = call_back_on(petition).pk
        assert told(caller, pk, "try", result="no_answer").status_code == 302
        lacking = told(caller, pk, "try", result="appointed")
        assert lacking.status_code == 422 and "请写明约在哪一天" in lacking.content.decode()
        assert told(caller, pk, "try", result="appointed", again_on="2026-03-05").status_code == 302
        with on_day("2026-03-04"):
            page = caller.get("/callbacks/").content.decode()
        assert "2 次" in page and "约 03-05" in page
        results = call_back_on(petition).tries.order_by("pk").values_list("result", flat=True)
        assert list(results) == ["no_answer", "appointed"]

    def test_the_outcome_is_noted_once_with_whether_the_complaint_was_right(self, petition, caller):
        pk = call_back_on(petition).pk
        lacking = told(caller, pk, "conclude", outcome="unsolved", words="电梯仍停。")
        assert lacking.status_code == 422 and "属实还是不属实" in lacking.content.decode()
        assert "电梯仍停。" in lacking.content.decode()
        done = told(caller, pk, "conclude", outcome="unsolved", finding="confirmed", words="电梯仍停。")
        assert done.status_code == 302
        one = call_back_on(petition)
        assert (one.state, one.outcome, one.finding, one.words) == ("done", "unsolved", "confirmed", "电梯仍停。")
        assert one.tries.get().result == "reached"
        again = told(caller, pk, "conclude", outcome="solved", finding="unfounded", words="好了。")
        assert again.status_code == 422 and "韩峥已于 03-03 10:00 记下结果“未解决”" in again.content.decode()

    def test_not_reached_only_after_the_calls_the_city_asks_for(self, petition, caller):
        pk = call_back_on(petition).pk
        told(caller, pk, "try", result="no_answer")
        early = told(caller, pk, "conclude", outcome="unreached", words="没有人接。")
        assert early.status_code == 422 and "打满 3 次" in early.content.decode()
        for _ in range(2):
            told(caller, pk, "try", result="engaged")
        assert told(caller, pk, "conclude", outcome="unreached", words="三次没有打通。").status_code == 302
        assert call_back_on(petition).finding == ""

    def test_of_two_clerks_the_second_is_told(self, petition):
        one, by = call_back_on(petition), someone("super1")
        with on_day("2026-03-03"):
            calling_back.attempt(one, by=by, result=Try.NO_ANSWER, seen=0)
            with pytest.raises(Refused, match=r"韩峥已于 03-03 10:00 记了一次联系（无人接听）"):
                calling_back.attempt(one, by=by, result=Try.ENGAGED, seen=0)
            with pytest.raises(Refused, match="记了一次联系"):
                calling_back.conclude(one, by=by, outcome="solved", finding="unfounded", words="好了。", seen=0)
        assert one.tries.count() == 1

    @pytest.mark.parametrize("username", ["officer1", "dclerk1", "dhead1"])
    def test_nobody_else_opens_it(self, petition, client, username):
        client.force_login(someone(username))
        assert client.get("/callbacks/").status_code == 403
        assert client.get(f"/callbacks/{call_back_on(petition).pk}/").status_code == 403

    @pytest.mark.parametrize("username", ["csuper1", "super2"])
    def test_another_offices_caller_has_no_such_page(self, petition, client, username):
        client.force_login(someone(username))
        assert client.get(f"/callbacks/{call_back_on(petition).pk}/").status_code == 404

    def test_it_waits_on_the_workbench_and_in_the_menu_of_the_caller(self, petition, caller):
        with on_day("2026-03-03"):
            page = caller.get("/").content.decode()
        assert "待回访" in page and f"/callbacks/{call_back_on(petition).pk}/" in page


class TestByPhone:
    @pytest.fixture
    def street_only(self, city):
        with on_day(DAY):
            return closed()

    def enter(self, client, petition, day="2026-03-03", **fields):
        service = opinion(petition)
        with on_day(day):
            return client.post("/callbacks/rate/", {"number": petition.number, "service": service.pk} | fields)

    def test_a_rating_by_phone_counts_as_the_petitioners_and_says_so(self, street_only, caller):
        with on_day("2026-03-03"):
            page = caller.get("/callbacks/rate/", {"number": street_only.number}).content.decode()
        assert "陈玉兰" in page
        fields = {"score_organ": "dissatisfied", "reason_organ": "late", "words": "拖了两个月。"}
        unchecked = self.enter(caller, street_only, **fields)
        assert unchecked.status_code == 422 and "请先核对" in unchecked.content.decode()
        assert self.enter(caller, street_only, **fields, checked="on").status_code == 302
        one = Rating.objects.get()
        assert (one.score, one.entered_by.username) == ("dissatisfied", "super1")
        assert call_back_on(street_only).office.code == "YHXF"
        line = street_only.events.get(act=Act.RATE)
        with on_day("2026-03-03"):
            assert sentence(line) == "信访人评价（电话代录），04-01 评价期满以后可见"
        with on_day("2026-04-02"):
            assert sentence(line) == "信访人评价（电话代录）：对责任单位不满意"

    def test_the_same_window_and_who_has_nothing_to_rate_cannot_be_entered(self, street_only, caller):
        late = self.enter(caller, street_only, day="2026-04-02", score_organ="satisfied", checked="on")
        assert late.status_code == 422 and "没有可以评价的意见书" in late.content.decode()
        with on_day("2026-04-02"), pytest.raises(Refused, match="评价期已经结束"):
            rate(opinion(street_only), {"organ": CONTENT}, by=someone("super1"), checked=True)
        assert not Rating.objects.exists()

    def test_the_rated_do_not_enter_their_own_rating(self, petition, caller):
        refused = self.enter(caller, petition, score_organ="satisfied", score_office="satisfied", checked="on")
        assert refused.status_code == 422 and "您不能代录" in refused.content.decode()
        with on_day("2026-03-03"), pytest.raises(Refused, match="您不能代录"):
            scores = {"office": CONTENT, "organ": CONTENT}
            rate(opinion(petition), scores, by=someone("super1"), checked=True)

    def test_an_unknown_number_is_told_at_its_field(self, city, caller):
        page = caller.get("/callbacks/rate/", {"number": "YH-2026-99999"})
        assert page.status_code == 422 and "请核对编号" in page.content.decode()
