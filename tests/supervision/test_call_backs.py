"""回访的结果进数：已回访、解决率；属实的督办（SV09），评价期满以前不下（第四十条、rules §1.12、§1.15）。"""

from datetime import date

import pytest

from petitions.act.decorator import Refused
from petitions.models import Petition
from petitions.service.callback import rules as calling_back
from rulebook.timekeeping import today
from supervision.board import board_figures
from supervision.models import Ground
from supervision.orders import acts as actions
from supervision.statistics import callback_results
from tests.cast import closed, fresh, on_day, someone
from tests.rated import CONTENT, POOR, call_back_on, of_two_bodies, opinion, rate

pytestmark = pytest.mark.django_db
DAY, LAST, AFTER = date(2026, 3, 2), "2026-04-01", "2026-04-02"


def called(petition, outcome, finding="", body="organ", by="super1"):
    """Concluded the day after."""
    with on_day("2026-03-03"):
        one = call_back_on(petition, body)
        return calling_back.conclude(
            one, by=someone(by), outcome=outcome, finding=finding, words="电话里说的。", seen=0
        )


def rated(score=POOR):
    with on_day(DAY):
        petition = closed()
        rate(opinion(petition), {"organ": score})
    return petition


def test_the_share_is_those_solved_of_those_who_answered(city):
    called(rated(), "solved", "unfounded")
    called(rated(), "partly", "confirmed")
    called(rated(), "unsolved", "confirmed")
    called(rated(), "declined")
    with on_day(LAST):
        (one,) = callback_results.by_organ(
            callback_results.of_scope(Petition.objects.all(), someone("super1"), today())
        )
    assert (one.name, one.done, one.reached, one.solved, one.confirmed) == ("青柳街道", 4, 3, 1, 2)
    assert one.share == pytest.approx(100 / 3)


def test_nobody_reached_is_no_share_at_all(city):
    called(rated(), "declined")
    with on_day(LAST):
        (one,) = callback_results.by_organ(
            callback_results.of_scope(Petition.objects.all(), someone("super1"), today())
        )
    assert one.share is None


def test_the_numbers_lead_to_the_petitions(city, client):
    petition = rated()
    called(petition, "solved", "unfounded")
    client.force_login(someone("super1"))
    with on_day(LAST):
        assert "回访解决率" in client.get("/supervision/").content.decode()
        page = client.get("/supervision/callbacks/").content.decode()
        assert "100.0%" in page and petition.number not in page
        pk = call_back_on(petition).rating.organ_id
        assert petition.number in client.get(f"/supervision/callbacks/?organ={pk}").content.decode()


def test_an_office_finds_itself_in_the_numbers_once_the_window_is_over(city):
    with on_day(DAY):
        petition = of_two_bodies()
        rate(opinion(petition), {"office": POOR, "organ": CONTENT})
    called(petition, "unsolved", "confirmed", body="office", by="csuper1")

    def seen(username, day):
        with on_day(day):
            found = callback_results.of_scope(Petition.objects.all(), someone(username), today())
            return [one.name for one in callback_results.by_organ(found)]

    assert seen("super1", LAST) == seen("dhead1", LAST) == []
    assert seen("csuper1", LAST) == seen("super1", AFTER) == ["云河区信访办"]


def test_the_satisfaction_of_the_board_counts_a_score_when_its_window_is_over(city):
    rated(CONTENT), rated(POOR)

    def counted(day):
        with on_day(day):
            (organ,) = [
                row for row in board_figures.ratings(Petition.objects.all, "all", today()) if row["label"] == "责任单位"
            ]
            return organ["asked"], organ["rated"], organ["content"]

    assert counted(LAST) == (2, 0, None)
    assert counted(AFTER) == (2, 2, 50)


class TestTheOrder:
    def issue(self, petition, ground=Ground.SV09):
        told = {
            "problem": "评价不满意，回访属实。",
            "requirement": callback_results.REQUIREMENT,
            "due_on": date(2026, 4, 20),
        }
        return actions.open_order(fresh(petition), by=someone("super1"), to=petition.organ, ground=ground, **told)

    def test_what_was_found_true_prefills_the_order_once_the_window_is_over(self, city, client):
        petition = rated()
        called(petition, "unsolved", "confirmed")
        client.force_login(someone("super1"))
        with on_day(LAST):
            before = client.get("/supervision/orders/new/", {"case": petition.number}).context["form"].initial
            assert before["ground"] != "SV09"
            with pytest.raises(Refused, match="期满以前不能让责任单位知道评价"):
                self.issue(petition)
        with on_day(AFTER):
            form = client.get("/supervision/orders/new/", {"case": petition.number}).context["form"]
            assert form.initial["ground"] == "SV09"
            assert "信访人评价青柳街道不满意（诉求没有逐项答复），2026-03-03 回访：未解决" in form.initial["problem"]
            assert self.issue(petition).ground == "SV09"
            again = client.get("/supervision/orders/new/", {"case": petition.number}).context["form"].initial
        assert again["ground"] != "SV09"

    def test_what_was_not_found_true_is_no_ground(self, city):
        petition = rated()
        called(petition, "solved", "unfounded")
        with on_day(AFTER), pytest.raises(Refused, match="没有回访认定属实"):
            self.issue(petition)
