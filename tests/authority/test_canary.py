"""金丝雀：检举控告件里的一个独有的词，在别人的任何页面、接口、导出、消息和旁表里都找不到（第三十条、rules §1.16）。"""

import re
from functools import partial
from urllib.parse import quote

import pytest
from django.db import connection
from django.urls import NoReverseMatch, get_resolver, reverse

from accounts.authority import holds, may
from accounts.messages.outbox import drain
from accounts.models import Notice, Organ, Outbox, User
from insight.models import BigramCount
from insight.search.indexing import index_all
from petitions.acceptance.separation import split
from petitions.act.states import Kind
from petitions.models import Petition, Submission
from routing.destination.acts import propose_for
from rulebook.acts import Act
from rulebook.timekeeping import at, now
from supervision.ladder import climb
from tests.authority.crawling import crawl, plain, signed_in, text_of
from tests.cast import PartyFacts, accepted, closed, do, fresh, registered, someone
from tests.desk.register.typing import sheet

pytestmark = pytest.mark.django_db

WORD = "犀麟鸮"  # 别处不会有的三个字，两个二字组也是独有的
OTHER = "麒麂鹮"  # 同样没人写过：问它和问 WORD 得到的答复必须一样
PAGES = 10  # 每人爬多少页
REPORTER = PartyFacts(
    name="欧阳知微", id_number="11019919540615242X", phone="13900007731", address="云河区和鸣里9号楼3室"
)
# 原件自己的存放处；其余各表一律不许出现这个词
OWN_TABLES = {
    "petitions_submission",
    "petitions_petition",
    "petitions_claim",
    "petitions_party",
    "petitions_person",
    "documents_letter",
    "insight_searchdocument",
    "routing_routingproposal",
}


@pytest.fixture
def reports(city, client):
    """Two reports that went to the discipline post: one taken down as such, one split off from an ordinary letter."""
    accepted()
    closed()
    whole = registered(
        "clerk1",
        kind=Kind.REPORT,
        original=f"举报{WORD}收受好处，私分停车费。",
        claims=[f"查处{WORD}"],
        title=f"{WORD}收受好处",
        parties=[REPORTER],
        accused_text=f"{WORD}本人",
        place=f"{WORD}小区",
        about_text=f"{WORD}公司",
        facts={"external_source": "甲热线", "external_id": "R-7731"},
    )
    propose_for(whole)
    mixed = registered(
        "clerk1",
        original=f"电梯停运，请修好。另外{WORD}收受好处。",
        claims=["尽快修好电梯", f"查处{WORD}"],
        parties=[REPORTER],
    )
    propose_for(mixed)
    index_all()
    climb.sweep()
    drain()
    plan = [{"claims": [2], "kind": Kind.REPORT, "excerpt": "", "accused_organ": None}]
    (part,) = split(fresh(mixed), plan, by=someone("officer1"), excerpt="电梯停运，请修好。")
    to = Organ.objects.get(code="YHJJ")
    whole = do(whole, Act.REFER, "clerk1", to=to)
    part = do(part, Act.REFER, "officer1", to=to)
    index_all()
    climb.sweep()
    drain()
    return [whole, part]


def outsiders(reports) -> list[User]:
    """One person for each set of roles who may see neither, and everyone who had a hand in them."""
    found, seen = [], set()
    reports = [fresh(report) for report in reports]
    rows = User.objects.active().exclude(organ=None).select_related("organ__office").order_by("pk")
    for user in rows.prefetch_related("appointments__post__role"):
        if any(may(user, Act.VIEW, report) for report in reports):
            continue
        roles = frozenset(held.post.role.code for held in user.appointments.all())
        if roles not in seen or user.username in ("clerk1", "officer1"):
            seen.add(roles)
            found.append(user)
    return found


def curious(reports) -> list[User]:
    """Those of them who can ask most: who register, export, or look over a whole district or city."""
    return [user for user in outsiders(reports) if holds(user, Act.REGISTER) or holds(user, Act.EXPORT)]


def secrets(reports) -> list[str]:
    """The word, the numbers, and what would give the reporter away."""
    return [WORD, *(report.number for report in reports), REPORTER.phone, REPORTER.id_number]


def said(text: str, wanted: list[str]) -> list[str]:
    return [word for word in wanted if re.search(rf"{re.escape(word)}(?!-\d)", text)]


def test_the_post_that_handles_reports_sees_them(reports):
    """What follows proves something only if the crawl finds the word where it may be found."""
    pages = "\n".join(crawl(signed_in(someone("disc1")), PAGES).values())
    assert all(report.number in pages for report in reports)
    assert WORD in pages


def test_no_page_of_anybody_else_says_it(reports):
    found = []
    for user in outsiders(reports):
        for address, text in crawl(signed_in(user), PAGES).items():
            found += [(user.username, address, word) for word in said(text, secrets(reports))]
    assert found == []


def test_asking_for_it_answers_as_for_a_word_nobody_wrote(reports):
    """Search, list, facets, interface, comparison at the desk: not even a count differs."""
    ways = [
        lambda client, word: client.get("/search/", {"q": word}),
        lambda client, word: client.get("/search/", {"q": word, "stage": "@conclusion", "channel": "visit"}),
        lambda client, word: client.get("/cases/", {"view": "all", "q": word}),
        lambda client, word: client.get("/cases/export.xlsx", {"view": "all", "q": word}),
        lambda client, word: client.get("/supervision/", {"view": "all", "q": word}),
        lambda client, word: client.get("/api/petitions/", {"view": "all", "q": word}),
        lambda client, word: client.post("/register/panel/", sheet(txt=f"举报{word}收受好处", idno="", tel="")),
    ]
    different, moment = [], now()
    for user in curious(reports):
        client = signed_in(user)
        for place, way in enumerate(ways):
            answers = []
            for word in (WORD, OTHER):
                with at(moment):  # 页上写着几点几分：两问之间跳一分钟，就不一样了
                    response = way(client, word)
                text = "" if "spreadsheetml" in response.get("Content-Type", "") else plain(response)
                rows = text_of(response).count("\n") if not text else 0
                answers.append((response.status_code, text.replace(word, "·").replace(quote(word), "·"), rows))
            if answers[0] != answers[1]:
                different.append((user.username, place))
    assert different == []


def test_the_reporters_own_numbers_lead_nowhere(reports):
    """By identity number or phone an outsider finds the ordinary part of the letter at most."""
    found = []
    for user in curious(reports):
        client = signed_in(user)
        for number in (REPORTER.id_number, REPORTER.phone):
            answer = client.post("/search/", {"q": number}, follow=True)
            panel = client.post("/register/panel/", sheet(idno=REPORTER.id_number, tel=REPORTER.phone))
            for text in (text_of(answer), text_of(panel)):
                found += [(user.username, word) for word in said(text, [WORD, *(r.number for r in reports)])]
            found += [(user.username, "unseen")] * ("不在您的查看范围" in text_of(panel))
    assert found == []


def named_routes():
    """(name, arguments) of every address with a case number in it, acts and child keys included."""
    for key, patterns in get_resolver().reverse_dict.lists():
        if isinstance(key, str):
            for possibilities, *_ in patterns:
                for _, arguments in possibilities:
                    if "number" in arguments:
                        yield key, arguments


def test_no_address_with_its_number_opens(reports):
    """Every route of the whole site that takes a case number: not there, by GET and by POST."""
    report = reports[0]
    routes = sorted({(name, tuple(arguments)) for name, arguments in named_routes()})
    assert len(routes) > 12
    opened = []
    for user in curious(reports):
        client = signed_in(user)
        for name, arguments in routes:
            told = {"number": report.number}
            told |= {"act": "note"} if "act" in arguments else {}
            told |= {"pk": _child(report, name)} if "pk" in arguments else {}
            try:
                address = reverse(name, kwargs=told)
            except NoReverseMatch:
                continue
            for ask in (client.get, partial(client.post, data={})):
                response = ask(address)
                if response.status_code not in (404, 405) or said(text_of(response), [WORD]):
                    opened.append((user.username, address, response.status_code))
    assert opened == []


def _child(report, name: str) -> int:
    if "letter" in name:
        return report.petition_letters.values_list("letter_id", flat=True).first() or 1
    return report.deadlines.values_list("pk", flat=True).first() or 1


def test_its_children_hang_on_no_other_case(reports):
    """A key of the report under the number of a case one may see: not there either."""
    mine, client = registered("clerk1"), signed_in(someone("clerk1"))
    letter = reports[0].petition_letters.values_list("letter_id", flat=True).first()
    deadline = reports[0].deadlines.values_list("pk", flat=True).first()
    for address in (
        f"/cases/{mine.number}/letters/{letter}/",
        f"/cases/{mine.number}/letters/{letter}/pdf/",
        f"/cases/{mine.number}/letters/{letter}/reprint/",
        f"/cases/{mine.number}/why/{deadline}/",
    ):
        assert client.get(address).status_code == 404, address


def test_the_interface_does_not_name_what_a_client_may_not_see(reports):
    """登记同一外部编号：答复说已经登记，但不说编号。"""
    answer = signed_in(someone("clerk1")).post(
        "/api/petitions/",
        {
            "external_source": "甲热线",
            "external_id": "R-7731",
            "channel": "call",
            "kind": "appeal",
            "text": "路灯不亮，请派人维修。",
            "name": "陈玉兰",
            "phone": "13800000001",
        },
        content_type="application/json",
    )
    assert answer.status_code == 409, answer.content.decode()
    assert not said(text_of(answer), [report.number for report in reports])


def test_messages_name_it_only_to_those_who_may_see_it(reports):
    for report in reports:
        for row in [*Notice.objects.filter(text__contains=report.number), *Outbox.objects.all()]:
            person = getattr(row, "user", None) or row.recipient
            if report.number in f"{row.text} {row.url}":
                assert may(person, Act.VIEW, fresh(report)), (person.username, row.text)


def test_raw_tables_hold_the_word_only_where_the_report_itself_lies(reports):
    holding, keys = {}, {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" AS row WHERE row::text LIKE %s', [f"%{WORD}%"])
            holding[table] = cursor.fetchone()[0]
            if table in ("insight_searchdocument", "documents_letter", "petitions_petition"):
                cursor.execute(f'SELECT secrecy FROM "{table}" AS row WHERE row::text LIKE %s', [f"%{WORD}%"])
                keys[table] = {row[0] for row in cursor.fetchall()}
    assert holding["petitions_submission"] == len(reports)
    assert {table for table, rows in holding.items() if rows} <= OWN_TABLES
    assert all(min(secrecies, default=1) > 0 for secrecies in keys.values()), keys


def test_letters_of_the_split_letter_are_as_secret_as_the_report(reports):
    """The receipt that quotes the words went over to the report, its own secrecy with it."""
    for link in reports[1].petition_letters.select_related("letter"):
        assert link.letter.secrecy > 0, link.letter.title


def test_how_often_a_pair_of_signs_stands_tells_nothing(reports):
    """The counts beside the index: the pairs of the word are not among them."""
    assert not BigramCount.objects.filter(gram__in=[WORD[:2], WORD[1:]], documents__gt=0).exists()


def test_every_copy_of_the_secrecy_agrees(reports):
    for report in reports:
        assert not report.deadlines.filter(secrecy=0).exists()
        assert not report.petition_letters.filter(letter__secrecy=0).exists()
    assert Submission.objects.filter(original__contains=WORD).count() == len(reports)
    assert Petition.objects.filter(secrecy__gt=0).count() == len(reports)
