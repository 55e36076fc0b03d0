"""人民建议的公众页：不登录、不留姓名也能提；一页一件事，填过的不丢；凭码和口令查；公布的没有人。"""

import re
import uuid
from datetime import date

import pytest

from public import throttle
from routing.models import Suggestion
from routing.suggestions import follow_up, study
from tests.cast import on_day, someone
from tests.desk.case.hands import signed_in, text
from tests.routing.test_suggestions import BENCHES, DAY, DUE, again, opened, organ, replied

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day():
    with on_day(DAY):
        yield


def told(**other):
    facts = {"part": "send", "title": "公园北门加长椅", "body": BENCHES, "key": str(uuid.uuid4())}
    return facts | other


def sent(door, campaign, **other):
    answer = door.post(f"/suggest/{campaign.pk}/write/", told(**other))
    assert answer.status_code == 200, text(answer)
    return answer.context["suggestion"]


def asked(door, one, **other):
    return door.post("/suggest/follow/", {"code": one.query_code, "pin": one.pin} | other)


def hidden(page) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text(page)))


def test_three_pages_and_a_receipt_without_a_name(city, door):
    campaign = opened()
    assert campaign.theme in text(door.get("/suggest/"))
    address = f"/suggest/{campaign.pk}/write/"
    first = door.get(address)
    wrong = door.post(address, hidden(first) | {"title": "公园北门加长椅", "body": ""})
    assert wrong.status_code == 422 and "请写下建议的内容" in text(wrong) and "公园北门加长椅" in text(wrong)
    place = organ("YHQL01")
    second = door.post(address, hidden(wrong) | {"title": "公园北门加长椅", "body": BENCHES, "organ": place.pk})
    assert "要不要留姓名" in text(second) and hidden(second)["body"] == BENCHES
    bad = door.post(address, hidden(second) | {"name": "", "phone": "没有"})
    assert bad.status_code == 422 and "只有数字" in text(bad) and hidden(bad)["body"] == BENCHES
    third = door.post(address, hidden(bad) | {"name": "", "phone": ""})
    assert "请核对" in text(third) and place.name in text(third)
    back = door.post(address, hidden(third) | {"back": "words"})
    assert BENCHES in text(back)
    receipt = door.post(address, hidden(third))
    one = Suggestion.objects.get()
    assert one.query_code in text(receipt) and one.pin in text(receipt) and one.number in text(receipt)
    assert (one.organ, one.channel, one.name, one.taken_by) == (place, "web", "", None)
    door.post(address, hidden(third))  # 同一张表再点一次
    assert Suggestion.objects.count() == 1


def switch(page, label: str) -> tuple[str, dict[str, str]]:
    """Where a button of the header sends the form it belongs to, and what it adds."""
    [button] = re.findall(rf'<button class="tool"[^>]*>{label}</button>', text(page))
    name = re.search(r'name="(\w+)" value="(\w+)"', button)
    form = re.search(r'form="(\w+)"', button)[1]
    assert re.search(rf'<form [^>]*id="{form}"', text(page))
    return re.search(r'formaction="([^"]+)"', button)[1], {name[1]: name[2]} if name else {}


def test_another_language_or_size_in_the_middle_stays_where_one_was_and_keeps_what_was_typed(city, door):
    campaign, place = opened(), organ("YHQL01")
    address = f"/suggest/{campaign.pk}/write/"
    typed = {"title": "公园北门加长椅", "body": BENCHES, "organ": str(place.pk)}
    pages = {"words": hidden(door.get(address)) | typed}
    pages["who"] = hidden(door.post(address, pages["words"])) | {"name": "王小云", "phone": "13900001234"}
    pages["send"] = hidden(door.post(address, pages["who"]))
    for part, told in pages.items():
        shown = door.post(address, told | {"back": part})
        for label in ("English", "大字版", "高对比度"):
            asked_for, more = switch(shown, label)
            again_there = door.post(address + asked_for, told | more)
            assert again_there.status_code == 200 and again_there.context["part"] == part
            assert {name: again_there.context["told"][name] for name in typed} == typed
            assert part == "words" or again_there.context["told"]["name"] == told["name"]
            door.get("/suggest/?lang=zh-hans&big=0&contrast=0")
    in_english = door.post(
        address + switch(door.post(address, pages["send"] | {"back": "send"}), "English")[0],
        pages["send"] | {"back": "send"},
    )
    assert place.name in text(in_english) and "13900001234" in text(in_english)


def test_another_language_on_the_receipt_shows_the_same_receipt(city, door):
    campaign = opened()
    receipt = door.post(f"/suggest/{campaign.pk}/write/", told())
    asked_for, more = switch(receipt, "English")
    english = door.post(f"/suggest/{campaign.pk}/write/{asked_for}", hidden(receipt) | more)
    made = receipt.context["suggestion"]
    assert english.context["suggestion"] == made and Suggestion.objects.count() == 1
    assert made.query_code in text(english) and made.pin in text(english) and 'html lang="en"' in text(english)


def test_wrong_code_and_wrong_pin_read_the_same_and_the_sixth_try_waits(city, door):
    one = sent(door, opened())
    unknown = asked(door, one, code="ZZZZ2222YYYY", pin="000000")
    wrong = asked(door, one, pin="999999" if one.pin != "999999" else "888888")
    assert unknown.status_code == wrong.status_code == 422
    strip = lambda answer: text(answer).split("errsum")[1].split("</div>")[0]  # noqa: E731
    assert strip(unknown) == strip(wrong)
    assert asked(door, one).status_code == 200
    for _ in range(3):
        asked(door, one, pin="1")
    assert asked(door, one, pin="1").status_code == 429


def test_the_phone_tail_stands_for_the_pin(city, door):
    one = sent(door, opened(), name="余晨曦", phone="138 0000 4321")
    assert asked(door, one, pin="", tel4="4321").status_code == 200
    assert asked(door, one, pin="", tel4="").status_code == 422


def test_the_sixth_suggestion_of_one_address_waits_and_keeps_what_was_typed(city, door):
    campaign = opened()
    for _ in range(throttle.TRIES):
        sent(door, campaign)
    late = door.post(f"/suggest/{campaign.pk}/write/", told(title="第六条"))
    assert late.status_code == 429 and "第六条" in text(late)
    assert Suggestion.objects.count() == throttle.TRIES


def test_a_closed_campaign_takes_nothing(city, door):
    campaign = opened(opens_on=date(2026, 2, 1), closes_on=DAY)
    with on_day("2026-03-03"):
        assert door.get(f"/suggest/{campaign.pk}/write/").status_code == 410
        assert door.post(f"/suggest/{campaign.pk}/write/", told()).status_code == 410
        assert campaign.theme not in text(door.get("/suggest/"))
    assert not Suggestion.objects.exists()


def test_who_suggested_it_sees_reply_and_project_and_no_inner_word(city, door):
    one = sent(door, opened(), organ=str(organ("YHQL01").pk), name="余晨曦", phone="13800004321")
    study.pass_on(one, someone("worker1"), to=organ("YHQL"), reason="本级没有钱，内部理由", due_on=DUE)
    before = text(asked(door, one))
    assert "报上一级研究：云州市云河区青柳街道" in before and "内部理由" not in before and "给您的回复" not in before
    replied(one, "officer1")
    follow_up.became(again(one), someone("officer1"), kind="project", name="街心公园座椅更新", on=DAY)
    follow_up.progress(again(one), someone("officer1"), words="长椅装好了。")
    page = text(asked(door, one))
    assert "已经采纳，谢谢您" in page and "街心公园座椅更新" in page and "长椅装好了" in page
    assert "余晨曦" not in page and "13800004321" not in page and "李致平" not in page


def test_what_was_merged_follows_the_other_one(city, door):
    campaign = opened()
    one, two = (sent(door, campaign, organ=str(organ("YHQL01").pk)) for _ in range(2))
    hand = signed_in("worker1")
    hand.post(f"/suggestions/{two.number}/", {"do": "merge", "seq": "1", "merge-into": one.number})
    assert again(two).state == "merged"
    assert "合在一起研究" in text(asked(door, two))
    replied(one)
    assert "已经采纳，谢谢您" in text(asked(door, two))


def test_the_public_list_has_no_person(city, door):
    one = sent(door, opened(), name="余晨曦", phone="13800004321", organ=str(organ("YHQL01").pk))
    replied(one)
    follow_up.publish(again(one), someone("worker1"), title="公园长椅", words="北门加了两把长椅。")
    for address in ("/suggest/", "/suggest/adopted/"):
        page = text(door.get(address))
        assert "公园长椅" in page and "余晨曦" not in page and one.number not in page


def test_from_the_phone_to_project_x_by_the_pages(city, door):
    """公众页提交 → 社区 → 街道 → 区 → 市 → 研究、采纳、回复、项目、公布、感谢信，全从页面办。"""
    boss = signed_in("cchief1")
    made = boss.post(
        "/suggestions/campaigns/new/",
        {
            "organ": organ("YZXF").pk,
            "theme": "身边小事大家提",
            "words": "公园、道路里的小事。",
            "channels": ["web", "visit"],
            "opens_on": "2026-03-02",
        },
    )
    assert made.status_code == 302
    home = door.get("/suggest/")
    campaign = home.context["campaigns"][0]
    one = sent(door, campaign, organ=str(organ("YHQL01").pk), name="余晨曦", phone="13800004321")

    def act(username, do, *, status=302, **fields):
        kept = again(one)
        posted = {"do": do, "seq": kept.seq} | {f"{do}-{name}": value for name, value in fields.items()}
        answer = signed_in(username).post(f"/suggestions/{one.number}/", posted)
        assert answer.status_code == status, text(answer)
        return answer

    for username, code in (("worker1", "YHQL"), ("officer1", "YHXF"), ("dchief1", "YZXF")):
        act(username, "pass", to=organ(code).pk, reason="请上一级研究", due_on="2026-04-01")
    assert one.number in text(boss.get("/suggestions/?mine=1&level=city"))
    assert one.number not in text(boss.get("/suggestions/?level=street"))
    act("cchief1", "take_up", due_on="2026-04-01")
    kept = act("cchief1", "decide", status=422, result="adopted", reason="办得到", arrangement="")
    assert "落实安排" in text(kept) and "办得到" in text(kept)
    act("cchief1", "decide", result="adopted", reason="办得到", arrangement="列入今年更新计划")
    act("cchief1", "reply", words="已经采纳，谢谢您。")
    act(
        "cchief1", "became", kind="project", name="全市公园座椅更新", document_number="州信〔2026〕3号", on="2026-03-02"
    )
    act("cchief1", "progress", words="北门两把已经装好。")
    act("cchief1", "publish", title="公园长椅", words="全市公园更新座椅。")
    act("cchief1", "thank")
    assert signed_in("cchief1").get(f"/suggestions/{one.number}/thanks/").content.startswith(b"%PDF")
    assert signed_in("worker1").get(f"/suggestions/{one.number}/thanks/").status_code == 403
    shown = act("cchief1", "reveal", status=200)
    assert "余晨曦" in text(shown) and one.steps.filter(step="revealed").count() == 1
    assert "余晨曦" not in text(boss.get(f"/suggestions/{one.number}/"))
    stale = signed_in("cchief1").post(
        f"/suggestions/{one.number}/", {"do": "progress", "seq": 3, "progress-words": "晚了"}
    )
    assert stale.status_code == 422 and "高秉文刚" in text(stale) and "晚了" in text(stale)
    assert "全市公园座椅更新" in text(door.get("/suggest/adopted/"))
    assert "全市公园座椅更新" in text(asked(door, one))


def test_staff_pages_are_for_those_who_take_part(city, door):
    campaign = opened()
    one = sent(door, campaign, organ=str(organ("YHQL01").pk))
    assert signed_in("legal1").get("/suggestions/").status_code == 403
    assert signed_in("officer.wh").get(f"/suggestions/{one.number}/").status_code == 404
    assert signed_in("worker1").get("/suggestions/campaigns/new/").status_code == 403
    assert signed_in("worker1").get("/suggestions/contributors/").status_code == 403
    assert "/suggestions/" in text(signed_in("worker1").get("/"))
    assert "/suggestions/" not in text(signed_in("legal1").get("/"))
    hand = signed_in("worker1")
    form = {"campaign": campaign.pk, "channel": "visit", "organ": organ("YHQL01").pk, "received_on": "2026-03-02"}
    blank = hand.post("/suggestions/new/", form | {"title": "加长椅", "body": ""})
    assert blank.status_code == 422 and "加长椅" in text(blank)
    written = hand.post("/suggestions/new/", form | {"title": "加长椅", "body": BENCHES}, follow=True)
    two = Suggestion.objects.latest("pk")
    assert two.query_code in text(written) and two.taken_by == someone("worker1")
    assert signed_in("officer1").get(f"/suggestions/{two.number}/receipt/").status_code == 404
    assert one.number in text(hand.get(f"/suggestions/{two.number}/"))  # 说得像的


def test_contributors_are_engaged_invited_and_dismissed_by_the_pages(city):
    hand, campaign = signed_in("officer1"), opened("officer1", "YHQL")
    form = {"organ": organ("YHQL").pk, "name": "萧松涛", "phone": "13800000002", "since": "2026-03-02"}
    assert hand.post("/suggestions/contributors/", form).status_code == 422
    hand.post("/suggestions/contributors/", form | {"field": "教育"})
    listed = text(hand.get("/suggestions/contributors/"))
    assert "萧松涛" in listed and "13800000002" not in listed
    known = campaign.invitations.model.contributor.field.related_model.objects.get()
    hand.post(f"/suggestions/campaigns/{campaign.pk}/", {"do": "invite", "invite-contributor": known.pk})
    twice = hand.post(f"/suggestions/campaigns/{campaign.pk}/", {"do": "invite", "invite-contributor": known.pk})
    assert twice.status_code == 422 and "已经邀请过" in text(twice)
    hand.post("/suggestions/contributors/", {"do": "dismiss", "contributor": known.pk})
    assert "已解聘" in text(hand.get("/suggestions/contributors/"))
    hand.post(f"/suggestions/campaigns/{campaign.pk}/", {"do": "end", "end-reason": "征集够了"})
    assert "征集够了" in text(hand.get(f"/suggestions/campaigns/{campaign.pk}/"))


def test_a_petition_is_turned_by_its_own_page(city):
    from petitions.act.states import Kind
    from rulebook.acts import Act
    from tests.cast import do, registered
    from tests.desk.case.hands import post

    campaign = opened()
    petition = do(registered(kind=Kind.SUGGESTION, claims=["增设车棚"]), Act.STUDY)
    petition, _ = post(petition, "to_suggestion", "officer1", campaign=campaign.pk, title="小区增设车棚")
    one = petition.suggestion
    assert one.number in text(signed_in("officer1").get(f"/cases/{petition.number}/"))
    assert petition.number in text(signed_in("officer1").get(f"/suggestions/{one.number}/"))
