"""答复、文号、地名都查得到；没有逐字相符的，列出相近的并写明为什么。"""

import pytest

from accounts.models import User
from insight.search.indexing import index_all
from insight.search.petition_search import RELEVANCE, SOUNDS_ALIKE, search
from petitions.intake.registration import PartyFacts
from tests.cast import closed, registered, someone, submitted
from tests.insight.reports import report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


def told(original, **more):
    return registered(original=original, letters_too=False, **({"title": original[:20], "claims": ["处理"]} | more))


def found(query, by="officer1", **more):
    return [row.pk for row in search(someone(by), query, **more).rows]


def near(query, by="officer1"):
    return {row.petition.pk: row.why for row in search(someone(by), query, near=True).near}


def test_what_was_answered_is_found_and_its_letter_number():
    petition = closed()
    index_all()
    assert found("维保单位已更换") == [petition.pk]
    assert found("已督促整改") == [petition.pk]
    number = petition.petition_letters.exclude(letter__number=None).latest("letter_id").letter.number
    assert found(number) == [petition.pk]


def test_a_draft_is_nobodys_answer_yet():
    submitted()
    index_all()
    assert found("维保单位已更换") == []


def test_by_the_area_the_place_lies_in():
    petition = told("春柳苑下水道堵塞")
    index_all()
    assert found("青柳街道 下水道") == [petition.pk]
    assert found("望河街道 下水道") == []


def test_a_name_heard_and_written_otherwise_or_in_pinyin():
    petition = told("电梯停运", parties=[PartyFacts(name="林秋分", phone="13800012345")])
    index_all()
    for query in ("林秋芬", "linqiufen", "lqf", "lin qiufen"):
        assert near(query) == {petition.pk: SOUNDS_ALIKE}, query
        assert found(query) == []
    assert found("林秋分") == [petition.pk]
    assert near("林秋分") == {}


def test_words_not_all_found_lead_to_the_most_alike():
    lift = told("春柳苑三号楼电梯停运三天老人下不了楼")
    told("南门外早市占道经营")
    index_all()
    page = search(someone("officer1"), "春柳苑电梯停了，老人没法下楼", near=True)
    assert page.rows == []
    assert [row.petition.pk for row in page.near] == [lift.pk]
    assert page.near[0].why.startswith("文字相近 ")


def test_enough_found_word_for_word_nothing_near_is_listed():
    for n in range(6):
        told(f"水压不足{n}，已经三天")
    told("水压不稳")
    index_all()
    page = search(someone("officer1"), "水压不足", near=True)
    assert (page.count, page.near) == (6, [])


def test_the_most_relevant_first():
    aside = told("物业不管事，保安态度差，门禁坏了，顺带说一句电梯停运也没人管", title="物业不作为")
    about = told("电梯停运，电梯停运一个月，请修电梯", title="电梯停运")
    last = told("小区绿化、停车、照明、垃圾、电梯停运都要管一管", title="小区管理")
    index_all()
    assert found("电梯停运") == [last.pk, about.pk, aside.pk]
    ranked = found("电梯停运", order=RELEVANCE)
    assert ranked[0] == about.pk
    assert set(ranked) == {last.pk, about.pk, aside.pk}
    pages = [search(someone("officer1"), "电梯停运", order=RELEVANCE, size=2)]
    pages.append(search(someone("officer1"), "电梯停运", order=RELEVANCE, size=2, after=pages[0].next_key))
    assert [row.pk for page in pages for row in page.rows] == ranked


def test_nothing_near_of_a_report_for_anybody_else():
    secret = report("举报某人收受青瓷花瓶一只", parties=[PartyFacts(name="林秋分", phone="13800012345")])
    told("我也有青瓷花瓶两只，是买的，想捐给街道")
    index_all()
    for user in User.objects.select_related("organ__office").filter(is_active=True).exclude(username="clerk1"):
        if user.office.kind == "discipline":
            continue
        for query in ("收受青瓷花瓶三只的人", "林秋芬", "linqiufen"):
            assert secret.pk not in [row.petition.pk for row in search(user, query, near=True).near], user.username
