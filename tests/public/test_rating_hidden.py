"""评价期满以前，被评价的单位看不到评价：满意和不满意，它看到的每一页一个字不差；期满次日就看得到了。

The same petition is rated twice in two worlds, once satisfied and once not; whoever sits on the rated side is shown
every page that speaks of petitions in both, and must not be able to tell them apart.
"""

import io
import re
import zipfile
from datetime import date

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from accounts.authority import may
from accounts.models import ApiToken, Appointment
from accounts.session import api_tokens
from petitions.models import CallBack, Petition, Rating
from rulebook.acts import Act
from rulebook.timekeeping import today
from supervision.hollow.nightly import closing_of, watch
from tests.cast import fresh, on_day, someone
from tests.rated import CONTENT, POOR, SAID, of_two_bodies, opinion, rate

pytestmark = pytest.mark.django_db
LAST, AFTER = "2026-04-01", "2026-04-02"
STREET = ("officer1", "handler1", "chief1", "head1", "worker1")
OFFICE = ("dclerk1", "super1", "dhead1")
PAGES = (
    "/",
    "/lead/",
    "/cases/",
    "/cases/?view=all",
    "/cases/{number}/",
    "/cases/{number}/?tl=all",
    "/cases/{number}/?tl=letters",
    "/cases/{number}/reveal/",
    "/cases/export.xlsx?view=all",
    "/callbacks/",
    "/callbacks/rate/?number={number}",
    "/letters/",
    "/notices/",
    "/owed/",
    "/search/?q={number}",
    "/search/?q=没有说清楚",
    "/supervision/",
    "/supervision/?view=dissatisfied",
    "/supervision/?view=all",
    "/supervision/callbacks/",
    "/supervision/custody/",
    "/supervision/days/",
    "/supervision/export.xlsx?view=dissatisfied",
    "/supervision/hollow/",
    "/supervision/orders/",
    "/supervision/orders/new/?case={number}",
    "/supervision/steps/",
    "/supervision/weekly/",
    "/api/petitions/",
    "/api/petitions/{number}/",
)
# 核查项的编号也是：放弃一遍，序列不退回
NEVER_TWICE_THE_SAME = re.compile(
    rb'name="csrf\w*" (?:value|content)="\w+"|nonce="[^"]+"|name="once" value="[^"]+"|/supervision/hollow/\d+/'
)


def plain(answer) -> bytes:
    """What the page says, without what is drawn anew each time; of a workbook its sheets."""
    body = answer.getvalue()
    if body.startswith(b"PK"):
        book = zipfile.ZipFile(io.BytesIO(body))
        return b"".join(book.read(name) for name in sorted(book.namelist()) if "sheet" in name or "Strings" in name)
    return NEVER_TWICE_THE_SAME.sub(b"", body)


def shown(username, petition, pages=PAGES) -> dict[str, tuple]:
    """Page → what this person gets there."""
    user = someone(username)
    desk = Client()
    desk.force_login(user)
    key, _ = api_tokens.issue(user, name="核对", scopes=ApiToken.Scope.values, days=1)
    caller = Client(headers={"Authorization": f"Token {key}"})
    found = {}
    for page in pages:
        cache.clear()
        answer = (caller if page.startswith("/api/") else desk).get(page.format(number=petition.number))
        found[page] = answer.status_code, plain(answer)
    return found


class Undone(Exception):
    """Raised to leave a world as it was."""


def worlds(petition, username, *, body, day, pages=PAGES):
    """What the person is shown on the day, where the body was rated satisfied and where not."""
    found = []
    for score, words in ((CONTENT, "谢谢，问题得到了重视，电梯好了。"), (POOR, SAID)):
        try:
            with transaction.atomic():
                with on_day("2026-03-04"):
                    rate(opinion(petition), {"office": CONTENT, "organ": CONTENT} | {body: score}, words=words)
                with on_day(day):
                    watch(days=60)
                    found.append(shown(username, petition, pages))
                raise Undone
        except Undone:
            pass
    return found


@pytest.fixture
def petition(city):
    with on_day("2026-03-02"):
        return of_two_bodies()


@pytest.mark.parametrize("username", STREET)
def test_the_street_cannot_tell_how_it_was_rated_before_the_window_ends(petition, username):
    content, poor = worlds(petition, username, body="organ", day=LAST)
    assert [page for page in PAGES if content[page] != poor[page]] == []


@pytest.mark.parametrize("username", OFFICE)
def test_the_petition_office_cannot_tell_how_it_was_rated_itself(petition, username):
    content, poor = worlds(petition, username, body="office", day=LAST)
    assert [page for page in PAGES if content[page] != poor[page]] == []


def test_the_day_after_everybody_who_sees_the_case_can_tell(petition):
    pages = ("/cases/{number}/", "/api/petitions/{number}/")
    content, poor = worlds(petition, "officer1", body="organ", day=AFTER, pages=pages)
    for page in pages:
        assert "对责任单位满意" in content[page][1].decode() or r"\u5bf9" in content[page][1].decode()
        assert content[page] != poor[page]
    assert "对责任单位不满意" in poor["/cases/{number}/"][1].decode() and SAID in poor["/cases/{number}/"][1].decode()


def test_the_office_above_reads_what_it_calls_back_about_and_no_more(petition):
    """青柳街道 by 云河区; 云河区信访办 itself by the city: each sees the other's score only."""
    page = ("/cases/{number}/",)
    _, poor = worlds(petition, "super1", body="organ", day=LAST, pages=page)
    told = poor[page[0]][1].decode()
    assert "信访人评价：对责任单位不满意" in told and "对信访部门" not in told
    assert SAID not in told  # 话是对两个单位说的
    _, poor = worlds(petition, "csuper1", body="office", day=LAST, pages=page)
    told = poor[page[0]][1].decode()
    assert "信访人评价：对信访部门不满意" in told and "对责任单位" not in told


def test_those_apart_from_the_call_back_do_not_see_it_either(petition):
    content, poor = worlds(petition, "chead1", body="organ", day=LAST)
    assert [page for page in PAGES if content[page] != poor[page]] == []


def test_the_rated_are_told_that_there_was_a_rating_and_until_when_it_is_closed_to_them(petition):
    page = ("/cases/{number}/",)
    _, poor = worlds(petition, "officer1", body="organ", day=LAST, pages=page)
    assert "信访人评价，04-01 评价期满以后可见" in poor[page[0]][1].decode()


def test_a_caller_who_also_sits_in_the_rated_organ_or_handles_the_case_is_kept_out(petition):
    """A post lent or held elsewhere opens nothing (第二十八条)."""
    with on_day("2026-03-04"):
        rate(opinion(petition), {"office": CONTENT, "organ": POOR})
        post = someone("super1").appointments.get().post
        Appointment.objects.create(user=someone("officer1"), post=post, since=date(2022, 5, 1))
        both = someone("officer1")
        assert may(both, Act.CALL_BACK, fresh(petition))
        assert not Rating.objects.seen_by(both, today()).exists() and not CallBack.objects.of_caller(both).exists()
        assert Rating.objects.seen_by(someone("super1"), today()).count() == 1
        Petition.objects.filter(pk=petition.pk).update(handler=someone("super1"))
        assert not Rating.objects.seen_by(someone("super1"), today()).exists()
        assert not CallBack.objects.of_caller(someone("super1")).exists()


def test_the_watch_for_hollow_closings_reads_a_rating_when_its_window_is_over(petition):
    with on_day("2026-03-04"):
        rate(opinion(petition), {"office": CONTENT, "organ": POOR})
    with on_day(LAST):
        assert closing_of(fresh(petition)).case.ratings == ()
    with on_day(AFTER):
        assert [one.dissatisfied for one in closing_of(fresh(petition)).case.ratings] == [False, True]
