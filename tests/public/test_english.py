"""群众的门说英文：每一页走一遍，除了标明是中文的（城市的数据、人写的话），一个汉字也不剩；存下来的仍是中文。"""

import re
import uuid
from datetime import date
from html.parser import HTMLParser

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override

from accounts.models import Organ, Outbox
from accounts.session import languages
from config import translations
from documents.models import Letter
from petitions.act.states import State
from petitions.models import EventText, Party, PartyRequest, Petition, PetitionEvent, Submission
from public.progress import public_wording
from public.progress.own_progress import of
from routing.models import Suggestion
from rulebook.acts import Act
from supervision.statistics import yearly
from tests.cast import on_day, registered
from tests.desk.case.hands import signed_in
from tests.petitions.contested import served_opinion
from tests.public.submit.filling import PAGES, Filling, picture
from tests.rated import lead, of_two_bodies
from tests.routing.test_suggestions import BENCHES, DAY, opened, received, replied

HAN = re.compile(r"[\u3400-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")
VOID = {"input", "meta", "link", "br", "img", "hr", "path", "rect", "use"}
SPOKEN = ("alt", "aria-label", "placeholder", "title", "data-t", "content")
LEARNT = "en"


class Heard(HTMLParser):
    """What a page says in the language of the page: text and spoken attributes outside elements marked otherwise."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.lang, self.said, self.title = "", [], ""

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "html":
            self.lang = told.get("lang", "")
        foreign = bool(self.open and self.open[-1][1]) or (tag != "html" and "zh" in told.get("lang", ""))
        if not foreign:
            self.said += [told[name] for name in SPOKEN if told.get(name)]
        if tag not in VOID:
            self.open.append((tag, foreign or tag in ("script", "textarea")))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not self.open or not data.strip():
            return
        if self.open[-1][0] == "title":
            self.title += data
        elif not self.open[-1][1]:
            self.said.append(data.strip())


def heard(answer, *data: str) -> str:
    """The words of an English page. None is Chinese; in its title only the city's `data` may be."""
    page = Heard()
    page.feed(answer.content.decode())
    assert page.lang == "en"
    title = page.title
    for known in ("云州市", *data):
        title = title.replace(known, "")
    left = [said for said in [*page.said, title] if HAN.search(said)]
    assert not left, left
    return " ".join(page.said)


@pytest.fixture
def guest():
    """A browser that chose English."""
    client = Client()
    client.cookies[languages.COOKIE] = LEARNT
    return client


def kept_in_english() -> list[str]:
    """Of all that is stored of petitions, letters and messages, what is in English: it should be nothing."""
    found = []
    for model in (Submission, Petition, Party, PartyRequest, PetitionEvent, EventText, Letter, Outbox, Suggestion):
        for row in model.objects.values():
            found += [f"{name}: {told}" for name, told in row.items() if ENGLISH.search(str(told))]
    return found


def look_up(guest, party):
    return guest.post("/q", {"code": party.query_code, "tel4": party.phone[-4:]})


def test_every_word_of_the_citizens_door_stands_in_the_catalogue_and_the_catalogue_is_compiled():
    assert translations.faults() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/welcome/",
        "/where/",
        "/where/11019901/",
        "/leaders/",
        "/ways/",
        "/ways/?q=工资",
        "/ways/?q=查无此事",
        f"/ways/?q={'长' * 70}",
        "/figures/",
        "/route/",
        "/hall-screen/YHQL/",
        "/q/",
        "/q/check/",
        "/submit/",
        "/submit/cleared/",
        "/submit/kind/",
        "/suggest/",
        "/suggest/follow/",
        "/suggest/adopted/",
        "/where/999/",
    ],
)
def test_an_open_page_is_english_through_and_through(city, guest, address):
    with on_day("2026-03-02"):
        assert len(heard(guest.get(address), "云河区信访办", "云河区青柳街道办事处")) > 80


@pytest.mark.django_db
def test_what_is_not_published_or_not_known_is_said_in_english_too(city, guest):
    Organ.objects.update(hours="", phone="", address="", transport="")
    assert "Not published yet; please call before you go" in heard(guest.get("/where/"))
    assert "Not published yet" in heard(guest.get("/where/11019901/"), "云河区信访办")


@pytest.mark.django_db
def test_the_yearly_figures(city, guest):
    with on_day("2026-02-10"):
        registered()
    with on_day("2026-03-02"):
        yearly.keep_due()
        assert "Petition figures of 2026 (1 January to 28 February)" in heard(guest.get("/figures/"))


@pytest.mark.django_db
def test_the_query_form_and_all_it_refuses(city, guest, mine):
    _, party = mine
    heard(guest.post("/q", {"code": ""}))
    heard(guest.post("/q", {"code": party.query_code, "tel4": "0000"}))
    for _try in range(6):
        answer = guest.post("/q", {"code": party.query_code, "tel4": "0000"})
    assert answer.status_code == 429 and "15 minutes" in heard(answer)
    heard(guest.post("/q/rate/", {"rating": "old"}))
    for told in ({"number": ""}, {"number": "无此文号", "check": "ABCDEFGH"}):
        heard(guest.post("/q/check/", told))


@pytest.mark.django_db
def test_ones_own_petition_with_its_dates_and_days_in_english_form(city, guest):
    with on_day("2026-03-02"):
        party = registered().submission.parties.get()
    with on_day("2026-03-05"):
        told = heard(look_up(guest, party))
    assert "You will be told in writing by 17 March whether it is accepted." in re.sub(r"\s+([.])", r"\1", told)
    assert "Registered 3 days ago" in told and "days left" in told and "2 March 2026" in told
    with on_day("2026-03-18"):
        assert "day late" in heard(look_up(guest, party)) and "press for it" in heard(look_up(guest, party))


@pytest.mark.django_db
def test_a_petition_on_its_way_with_letters_requests_and_everything_asked_wrongly(city, guest):
    with on_day("2026-03-02"):
        party = lead(of_two_bodies())
        told = heard(look_up(guest, party))
        assert "Apply for a review" in told and "Waiting for your rating" in told
        (shown,) = of(party)
        assert shown.rating is not None
        token, prefix = shown.rating["token"], shown.rating["form"].prefix
        assert "correcting" in heard(
            guest.post("/q/rate/", {"rating": token, f"{prefix}-score_office": "dissatisfied"})
        )
        given = {f"{prefix}-score_office": "dissatisfied", f"{prefix}-reason_office": "late"}
        answer = guest.post("/q/rate/", {"rating": token, f"{prefix}-score_organ": "fair"} | given)
        assert "Change the rating" in heard(answer)
    with on_day("2026-05-06"):
        assert "ended on" in heard(look_up(guest, party))


@pytest.mark.django_db
def test_a_review_asked_for_under_way_and_after_it(city, guest):
    petition = served_opinion()
    with on_day("2026-06-01"):
        (offer,) = [one for one in of(lead(petition))[0].offers if one.act is Act.REQUEST_REVIEW]
        assert "correcting" in heard(guest.post("/q/ask/", {"ask": offer.token}))
        answer = guest.post("/q/ask/", {"ask": offer.token, f"{offer.key}-words": "没有查清。"})
        assert "is examining your application for a review" in heard(answer)
    kept = PetitionEvent.objects.filter(petition=petition, act=Act.REQUEST_REVIEW).get()
    assert kept.text.body == "没有查清。"


@pytest.mark.django_db
def test_what_a_petitioner_asks_for_while_it_is_handled(city, guest):
    petition = registered()
    party = lead(petition)
    for offer in of(party)[0].offers:
        assert "correcting" in heard(guest.post("/q/ask/", {"ask": offer.token}))
        told = {f"{offer.key}-words": "补充一点。", f"{offer.key}-sure": "on"}
        assert "Received" in heard(guest.post("/q/ask/", {"ask": offer.token} | told))
    assert PartyRequest.objects.filter(petition=petition).count() == 3
    assert not kept_in_english()
    heard(look_up(guest, party))


@pytest.mark.django_db
@pytest.mark.parametrize("state", list(State))
def test_every_state_and_every_promise_has_its_english(city, state):
    with override(LEARNT):
        said = [
            public_wording.sentence(state, "某单位"),
            str(public_wording.LABELS[state][0]),
            *map(str, public_wording.NEXT.get(state, ())),
        ]
        for due in (None, date(2026, 3, 3), date(2026, 2, 27), date(2025, 12, 30)):
            said += public_wording.promise(state, due, date(2026, 2, 28))
    assert not HAN.search(re.sub(r'<span lang="zh-CN">.*?</span>', "", "".join(said)))


@pytest.mark.django_db
def test_the_ladder_of_the_online_letter_every_page_blank_wrong_and_right(city, guest, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    browser = Client(enforce_csrf_checks=True)
    browser.cookies[languages.COOKIE] = LEARNT
    letter = Filling(browser).start()
    told = PAGES | {"kind": {"kind": "unsure"}, "sort": {"wrong": "no", "own": "yes"}, "who": {"who": "group"}}
    told["others"] = {"ppl": "3", "rep2_nm": "王某", "rep2_tel": "13800006216"}
    wrong = {"contact": {"tel": "1"}, "name": {"nm": "陈", "idno": "12"}, "others": {"ppl": "1", "rep2_tel": "2"}}
    key = "kind"
    while key != "check":
        heard(letter.to(key))
        if key not in ("files", "ways", "court", "about"):
            letter.put(key, **dict.fromkeys(told[key], "") | wrong.get(key, {}))
            assert "Error" in heard_title(letter.to(key)), key
        if key == "files":
            heard(letter.put(key, files=[("a.heic", b"\0\0\0\x18ftypheic" + b"0" * 40), ("b.txt", b"text")], do="add"))
            letter.put(key, files=[("水迹.jpg", picture())], do="add")
            heard(letter.to(key))
        answer = letter.put(key, **told[key])
        key = answer.headers["Location"].strip("/").split("/")[-1]
    heard(letter.to("check"))
    assert "tick" in heard(letter.submit(pledge="no"))
    assert letter.submit().status_code == 303
    receipt = browser.get("/submit/receipt/")
    assert "You will be told in writing by" in heard(receipt)
    assert browser.get("/submit/receipt.png")["Content-Type"] == "image/png"
    heard(browser.get("/submit/"))
    assert not kept_in_english()


def heard_title(answer) -> str:
    page = Heard()
    page.feed(answer.content.decode())
    heard(answer)
    return page.title


@pytest.mark.django_db
def test_a_suggestion_from_the_call_to_the_answer(city, guest):
    with on_day(DAY):
        campaign = opened()
        address = f"/suggest/{campaign.pk}/write/"
        heard(guest.get("/suggest/"))
        heard(guest.get(f"/suggest/{campaign.pk}/"), campaign.theme)
        heard(guest.get(address), campaign.theme)
        told = {"title": "公园北门加长椅", "body": BENCHES, "key": str(uuid.uuid4())}
        heard(guest.post(address, {"part": "words"}), campaign.theme)
        heard(guest.post(address, told | {"part": "words"}), campaign.theme)
        heard(guest.post(address, told | {"part": "who", "phone": "没有"}), campaign.theme)
        heard(guest.post(address, told | {"part": "who"}), campaign.theme)
        heard(guest.post(address, told | {"part": "send"}))
        one = Suggestion.objects.get()
        heard(guest.post("/suggest/follow/", {"code": one.query_code}))
        heard(guest.post("/suggest/follow/", {"code": one.query_code, "pin": "000000"}))
        heard(guest.post("/suggest/follow/", {"code": one.query_code, "pin": one.pin}))
        assert not kept_in_english()
        answered = replied(received())
        heard(guest.post("/suggest/follow/", {"code": answered.query_code, "pin": answered.pin}))
        heard(guest.get("/suggest/adopted/"))


@pytest.mark.django_db
def test_the_choice_is_kept_and_keeps_the_page_and_its_cookie_says_nothing_else(city):
    door = Client()
    first = door.get("/ways/?q=工资")
    assert '<html lang="zh-CN">' in first.content.decode()
    assert 'lang="en" hreflang="en">English</a>' in first.content.decode()
    answer = door.get("/ways/?q=工资&lang=en")
    page = answer.content.decode()
    assert '<html lang="en"' in page and 'value="工资"' in page and "Cookie" in answer["Vary"]
    assert {name: cookie.value for name, cookie in answer.cookies.items()} == {"fq_lang": "en"}
    assert answer.cookies["fq_lang"]["httponly"] and answer.cookies["fq_lang"]["samesite"] == "Lax"
    assert '<html lang="en"' in door.get("/welcome/").content.decode()
    back = re.search(r'href="(\?[^"]+)" lang="zh-CN"', page)[1].replace("&amp;", "&")
    assert "法定途径" in door.get("/ways/" + back).content.decode()
    assert '<html lang="zh-CN"' in door.get("/welcome/").content.decode()
    for odd in ("de", "<b>", ""):
        assert not Client().get("/welcome/", {"lang": odd}).cookies


@pytest.mark.django_db
def test_one_citizens_english_is_nobody_elses_and_the_staff_read_chinese(city, guest):
    cache.clear()
    heard(guest.get("/welcome/"))
    assert "来访、写信、打电话、网上提交" in Client().get("/welcome/").content.decode()
    heard(guest.get("/welcome/"))
    clerk = signed_in("clerk1")
    clerk.cookies[languages.COOKIE] = LEARNT
    page = clerk.get("/?lang=en").content.decode()
    assert '<html lang="zh-CN"' in page and "English" not in page


@pytest.mark.django_db
def test_a_page_got_by_its_token_changes_the_language_without_being_lost(city, mine, ask):
    _, party = mine
    page = ask(party).content.decode()
    assert 'formaction="/q?lang=en"' in page
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    answer = Client().post("/q?lang=en", {"token": token})
    assert "What comes next" in heard(answer) and answer.cookies["fq_lang"].value == "en"
