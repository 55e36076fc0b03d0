"""评价：送达以后三十日内，对信访部门和责任单位各评一次，期满以前可以改；期满以后的只是留言（rules §1.15、E70）。"""

import re
from datetime import date

import pytest

from petitions.act.decorator import Refused
from petitions.models import Rating
from petitions.record.timeline import sentence
from public.progress.own_progress import of
from rulebook.timekeeping import today
from supervision.board import board_figures
from tests.cast import closed, on_day, someone
from tests.rated import CONTENT, POOR, lead, of_two_bodies, opinion, rate

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def form_of(door, petition, **told):
    """What the page would send: the token it was drawn with and the fields by their names."""
    shown = next(one for one in of(lead(petition)) if one.number == petition.number).rating
    prefix = shown["form"].prefix
    return door.post("/q/rate/", {"rating": shown["token"]} | {f"{prefix}-{name}": told[name] for name in told})


def test_both_bodies_are_rated_from_the_page_with_the_query_code(city, door, ask):
    with on_day(DAY):
        petition = of_two_bodies()
        page = ask(lead(petition)).content.decode()
        assert "待评价" in page and "2026 年 4 月 1 日" in page
        answer = form_of(
            door,
            petition,
            score_office="satisfied",
            score_organ="dissatisfied",
            reason_organ="unanswered",
            words="第二项没有说清楚。",
        )
    assert answer.status_code == 200 and "评价已经收到" in answer.content.decode()
    kept = {row.body: (row.organ.code, row.score, row.reason) for row in Rating.objects.select_related("organ")}
    assert kept == {"office": ("YHXF", "satisfied", ""), "organ": ("YHQL", "dissatisfied", "unanswered")}
    line = petition.events.select_related("text").get(act="rate")
    with on_day("2026-04-02"):
        assert sentence(line) == "信访人评价：对信访部门满意，对责任单位不满意"
    assert (line.actor_kind, line.text.body) == ("petitioner", "第二项没有说清楚。")


def test_a_dissatisfied_petitioner_says_why_and_loses_nothing_typed(city, door):
    with on_day(DAY):
        petition = closed()
        answer = form_of(door, petition, score_organ="dissatisfied", words="没有回应我的诉求。")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "不满意的，请选择原因" in page and "没有回应我的诉求。" in page
    assert not Rating.objects.exists() and not petition.events.filter(act="rate").exists()


def test_where_no_petition_office_took_it_in_only_the_organ_is_rated(city):
    with on_day(DAY):
        petition = closed()
        rate(opinion(petition), {"organ": ("fair", "")})
    assert list(Rating.objects.values_list("body", "score")) == [("organ", "fair")]


def test_until_the_last_day_the_petitioner_may_change_the_rating_and_the_last_one_counts(city, door, ask):
    with on_day(DAY):
        petition = closed()
        form_of(door, petition, score_organ="satisfied")
    with on_day("2026-04-01"):
        page = ask(lead(petition)).content.decode()
        assert "您可以改评价，改到2026 年 4 月 1 日为止" in page and "改评价" in page
        assert 'value="satisfied"' in page.split("checked")[0].rsplit("<input", 1)[1]
        answer = form_of(door, petition, score_organ="dissatisfied", reason_organ="late", words="后来又停了一次。")
        assert "评价已经收到" in answer.content.decode()
    assert list(Rating.objects.values_list("score", "reason")) == [("dissatisfied", "late")]
    with on_day("2026-04-02"):
        lines = petition.events.filter(act="rate").order_by("seq").select_related("text")
        assert [sentence(line) for line in lines] == [
            "信访人评价：对责任单位满意",
            "信访人改了评价：对责任单位不满意",
        ]
        assert lines.last().text.body == "后来又停了一次。"
        (organ,) = [
            row
            for row in board_figures.ratings(type(petition).objects.all, "all", today())
            if row["label"] == "责任单位"
        ]
    assert (organ["rated"], organ["content"]) == (1, 0)


def test_e70_a_second_rating_after_the_window_changes_nothing_and_its_words_are_kept(city, door):
    with on_day(DAY):
        petition = closed()
        form_of(door, petition, score_organ="satisfied")
    with on_day("2026-04-02"):
        answer = form_of(door, petition, score_organ="dissatisfied", reason_organ="late", words="后来又停了一次。")
        lines = petition.events.filter(act="rate").order_by("seq").select_related("text")
        assert [sentence(line) for line in lines] == ["信访人评价：对责任单位满意", "信访人留言，不计入评价"]
    assert "意见已经收到" in answer.content.decode()
    assert list(Rating.objects.values_list("score", flat=True)) == ["satisfied"]
    assert lines.last().text.body == "后来又停了一次。"


def test_a_rating_is_changed_ten_times_at_most(city):
    with on_day(DAY):
        petition = closed()
        for turn in range(11):
            rate(opinion(petition), {"organ": POOR if turn % 2 else CONTENT})
        with pytest.raises(Refused, match="评价已经改了 10 次"):
            rate(opinion(petition), {"organ": POOR})


def test_e70_a_year_later_it_is_overdue_the_words_are_kept_and_the_rate_does_not_move(city, door, ask):
    with on_day(DAY):
        petition, other = closed(), closed()
        form_of(door, other, score_organ="satisfied")
    before = board_figures.ratings(type(petition).objects.all, "all", today())
    with on_day("2027-03-01"):
        assert "超期未评价" in ask(lead(petition)).content.decode()
        silent = form_of(door, petition, score_organ="dissatisfied", reason_organ="late")
        assert silent.status_code == 422 and "请写下您的意见" in silent.content.decode()
        told = form_of(door, petition, score_organ="dissatisfied", reason_organ="late", words="一年了还常停。")
    assert told.status_code == 200
    assert board_figures.ratings(type(petition).objects.all, "all", today()) == before
    (organ,) = [row for row in before if row["label"] == "责任单位"]
    assert (organ["asked"], organ["rated"], organ["content"]) == (2, 1, 100)
    assert sentence(petition.events.get(act="rate")) == "信访人留言，不计入评价"


def test_e70_the_last_day_of_the_window_counts_the_next_does_not(city):
    with on_day(DAY):
        first, second = closed(), closed()
    with on_day("2026-04-01"):
        rate(opinion(first), {"organ": ("fair", "")})
    with on_day("2026-04-02"):
        rate(opinion(second), {"organ": ("fair", "")}, words="谢谢")
    assert set(Rating.objects.values_list("petition", flat=True)) == {first.pk}


def test_nobody_rates_in_anothers_name(city, door):
    with on_day(DAY):
        petition, other = closed(), closed()
        with pytest.raises(Refused, match="本人评价"):
            rate(opinion(petition), {"organ": ("satisfied", "")}, by=lead(other).pk)
        assert door.post("/q/rate/", {"rating": "forged"}).status_code == 422


def test_a_repeated_matter_is_not_rated(city, ask):
    with on_day(DAY):
        petition = closed()
        petition.repeat_of = closed()
        petition.save(update_fields=["repeat_of"])
        with pytest.raises(Refused, match="重复信访事项不评价"):
            rate(opinion(petition), {"organ": ("satisfied", "")})
        assert "待评价" not in ask(lead(petition)).content.decode()


def test_words_without_end_are_sent_to_the_telephone(city):
    with on_day(DAY):
        petition = closed()
        rate(opinion(petition), {"organ": CONTENT})
    with on_day("2026-04-02"):
        for turn in range(5):
            rate(opinion(petition), {}, words=f"补充第 {turn + 1} 点")
        with pytest.raises(Refused, match="请打下面的电话"):
            rate(opinion(petition), {}, words="再说一次")


def test_the_dissatisfied_are_on_the_supervisors_board(city, client):
    with on_day(DAY):
        petition = closed()
        rate(opinion(petition), {"organ": ("dissatisfied", "facts")})
        client.force_login(someone("super1"))
        board = client.get("/supervision/?view=dissatisfied").content.decode()
    assert petition.number in board and "责任单位满意率" in board


def test_each_box_of_reasons_names_its_body_and_no_radio_is_wrong_before_anything_is_chosen(city, door, ask):
    with on_day(DAY):
        petition = of_two_bodies()
        page = ask(lead(petition)).content.decode()
        form = page.split('action="/q/rate/"')[1].split("</form>")[0]
        boxes = re.findall(r'<label for="\w+-reason_\w+">([^<]+)</label>', form.replace(' class="req"', ""))
        assert len(set(boxes)) == 2 and all(box.endswith("不满意的原因") for box in boxes)
        # 带 required 的单选，没有选过就会被读成“无效”；必填由 aria-required 说
        assert form.count('aria-required="true"') == 2
        assert "aria-invalid" not in form and not re.search(r"<input[^>]* required", form)
        answer = form_of(door, petition, score_office="satisfied").content.decode()
    assert 'aria-invalid="true"' in answer.split('action="/q/rate/"')[1].split("</form>")[0]
