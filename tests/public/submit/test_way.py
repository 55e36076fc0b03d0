"""网上提交从头到尾：没有脚本，一页一件事；进同一本登记簿，提交当日为收到日。"""

import re
from dataclasses import replace

import pytest
from django.db import connection

from accounts.models import Organ
from petitions.act.states import Channel, Kind
from petitions.models import Party, Petition, Submission
from public.models import OnlineDraft
from public.submission import limits, web_drafts
from rulebook.timekeeping import today
from tests.cast import on_day, someone
from tests.public.submit.filling import BEHALF, PAGES, STORY, Filling, faults_in, hidden_in, picture

pytestmark = pytest.mark.django_db


def test_with_two_pictures_and_two_claims_to_the_receipt_and_on_to_the_query(letter, door):
    letter.fill(until="files")
    letter.put("files", files=[("渗水.jpg", picture()), ("墙.png", picture("PNG"))], do="add")
    letter.put("files")
    letter.put("ways")
    check = letter.to("check").content.decode()
    for said in (STORY, "尽快修好渗水", "公开维修资金的使用", "渗水.jpg", "墙.png", "<p>青柳街道</p>"):
        assert said in check
    answer = letter.submit()
    assert (answer.status_code, answer.headers["Location"]) == (303, "/submit/receipt/")
    petition = Petition.objects.select_related("submission", "organ").get()
    party = petition.submission.parties.get()
    page = letter.to("receipt").content.decode()
    assert petition.number in page
    assert party.query_code in re.sub(r"\s", "", page)
    assert party.pin in page
    found = door.post("/q", {"code": party.query_code, "tel4": "6215"})
    assert petition.number in found.content.decode()


def test_it_is_registered_like_a_letter_of_the_desk(letter):
    with on_day("2026-10-03"):  # 国庆假期：提交成功当日收到，不论是否工作日
        letter.fill()
        letter.submit()
    petition = Petition.objects.select_related("submission", "organ").get()
    submission = petition.submission
    assert submission.channel == Channel.WEB
    assert submission.received_on.isoformat() == "2026-10-03"
    assert submission.original == STORY
    assert submission.truth_pledged
    assert petition.organ.code == "YHQL"
    assert petition.territory == "11019901001"
    assert petition.about_text == "春柳苑物业"
    assert [claim.text for claim in petition.claims.order_by("number")] == ["尽快修好渗水", "公开维修资金的使用"]
    assert petition.deadlines.get(term="D02").starts_on.isoformat() == "2026-10-03"
    assert petition.routing_proposals.exists()
    assert petition.petition_letters.filter(letter__kind="F01").exists()


def test_the_street_finds_it_in_its_queue_with_everything_attached(letter, client):
    letter.fill(until="files")
    letter.put("files", files=[("渗水.jpg", picture())])
    letter.put("ways")
    letter.submit()
    petition = Petition.objects.get()
    client.force_login(someone("officer1"))
    assert petition.number in client.get("/cases/?view=triage").content.decode()
    page = client.get(f"/cases/{petition.number}/").content.decode()
    assert "网上" in page
    assert "渗水.jpg" in page
    kept = petition.attachments.get().attachment
    assert kept.kind == "evidence"


def test_nobody_types_on_a_page_that_was_not_reached(letter):
    answer = letter.to("story")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/submit/kind/")
    assert letter.to("check").headers["Location"] == "/submit/kind/"


def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(letter):
    letter.fill(until="contact")
    answer = letter.put("contact", tel="138", addr="青柳街道春柳苑")
    assert answer.headers["Location"] == "/submit/contact/"  # 后退不会再发一次
    for _ in range(2):  # 走开再来也在
        page = letter.to("contact").content.decode()
        assert "<title>错误：" in page
        assert 'id="id_tel_error"' in page
        assert 'value="138"' in page
        assert "青柳街道春柳苑" in page
    assert letter.to("secret").headers["Location"] == "/submit/contact/"


def test_another_line_for_another_claim_keeps_the_lines_before(letter):
    letter.fill(until="claims")
    answer = letter.put("claims", claim1="一", claim2="二", claim3="三", do="more")
    assert answer.headers["Location"] == "/submit/claims/?more=1"
    page = letter.client.get("/submit/claims/?more=1").content.decode()
    assert 'name="claim4"' in page
    assert 'value="三"' in page
    assert "id_claim1_error" not in page


def test_saved_as_you_go_and_taken_up_again(letter):
    letter.fill(until="place")
    answer = letter.put("place", **PAGES["place"], do="save")
    assert answer.headers["Location"] == "/submit/"
    assert "接着填" in letter.client.get("/submit/").content.decode()
    assert letter.to("check").headers["Location"] == "/submit/about/"


def test_what_is_changed_from_the_check_page_leads_back_to_it(letter):
    letter.fill()
    page = letter.client.get("/submit/name/?to=check")
    told = hidden_in(page, "/submit/name/") | {"nm": "陈玉兰", "idno": ""}
    assert letter.client.post("/submit/name/", told).headers["Location"] == "/submit/check/"


def test_changing_the_kind_asks_what_is_now_missing(letter):
    letter.fill()
    letter.put("kind", kind="report")
    assert letter.to("check").headers["Location"] == "/submit/accused/"


@pytest.mark.parametrize(
    ("wrong", "own", "kind"),
    [("yes", "yes", Kind.REPORT), ("no", "yes", Kind.APPEAL), ("no", "no", Kind.SUGGESTION)],
)
def test_two_plain_questions_tell_the_three_kinds_apart(letter, wrong, own, kind):
    told = {
        "kind": {"kind": "unsure"},
        "sort": {"wrong": wrong, "own": own},
        "accused": {"accused": "某科长", "accused_unit": ""},
    }
    letter.fill(**told)
    letter.submit()
    assert Petition.objects.get().kind == kind


def test_a_report_goes_past_the_street_and_stays_secret(letter):
    letter.fill(kind={"kind": "report"}, accused={"accused": "某科长", "accused_unit": "青柳街道"})
    letter.submit()
    petition = Petition.objects.select_related("organ", "accused_organ").get()
    assert petition.organ.code == "YHXF"
    assert petition.secrecy == 1
    assert petition.accused_organ.code == "YHQL"
    assert "某科长" in petition.accused_text


def test_an_agent_with_a_power_of_attorney_stands_beside_whose_matter_it_is(letter):
    letter.fill(
        who={"who": "other"},
        behalf=BEHALF,
        power={"role": "agent", "paper": "later", "special": "on", "until": "2099-12-31"},
    )
    letter.submit()
    lead, agent = Party.objects.order_by("position")
    assert (lead.name, lead.role) == ("周建国", Party.Role.LEAD)
    assert (agent.name, agent.role, agent.acts_for) == ("陈玉兰", Party.Role.AGENT, lead)
    assert agent.special_powers
    assert agent.authority_until.isoformat() == "2099-12-31"
    page = re.sub(r"\s", "", letter.to("receipt").content.decode())
    assert agent.query_code in page
    assert lead.query_code not in page


@pytest.mark.parametrize("written", ["2099年12月31日", "2099/12/31", "2099.12.31", "20991231"])
def test_the_day_a_power_of_attorney_ends_is_taken_as_it_stands_on_the_paper(letter, written):
    letter.fill(who={"who": "other"}, behalf=BEHALF, until="power")
    letter.put("power", role="agent", paper="later", until="年底")
    shown = letter.to("power").content.decode()
    assert 'value="年底"' in shown and "2026年1月31日 的样子" in shown
    assert letter.put("power", role="agent", paper="later", until=written).headers["Location"] == "/submit/secret/"


def test_a_group_has_five_representatives_at_most_and_one_petition(letter):
    rows = {f"rep{n}_nm": f"代表{n}" for n in range(2, 7)}
    letter.fill(who={"who": "group"}, others={"ppl": "12", **rows})
    letter.submit()
    submission = Submission.objects.get()
    assert submission.parties.count() == 5  # 第六位没有地方写，也不收
    assert (submission.people_count, submission.is_joint, submission.is_group) == (12, True, True)


def test_more_representatives_than_people_is_refused_beside_the_number(letter):
    letter.fill(who={"who": "group"}, until="others")
    letter.put("others", ppl="2", rep2_nm="甲一", rep3_nm="乙二")
    assert 'id="id_ppl_error"' in letter.to("others").content.decode()


def test_a_representative_with_a_phone_alone_is_asked_for_the_name(letter):
    letter.fill(who={"who": "group"}, until="others")
    letter.put("others", ppl="3", rep2_tel="13800000001")
    page = letter.to("others").content.decode()
    assert 'id="id_rep2_nm_error"' in page and "请把姓名也写上" in page and 'value="13800000001"' in page


def test_without_a_name_it_is_registered_all_the_same_and_says_what_that_means(letter):
    letter.fill(who={"who": "nameless"})
    assert "没有查询码" in letter.to("check").content.decode()
    letter.submit()
    submission = Submission.objects.get()
    assert (submission.anonymous, submission.notice_exempt, submission.parties.count()) == (True, True, 0)
    page = letter.to("receipt").content.decode()
    assert submission.number in page
    assert 'role="img"' not in page  # 没有查询码，也就没有二维码
    assert letter.client.get("/submit/receipt.png").status_code == 200


def test_a_name_kept_secret_is_a_surname_to_others(letter):
    letter.fill(secret={"withheld": "yes"})
    letter.submit()
    assert Party.objects.get().shown_name == "陈**"


def test_another_legal_way_is_said_with_address_and_term_and_does_not_bar(letter):
    wages = "我在云河区青柳街道一个工地干活，老板拖欠工资三个月，一共两万四千元，要了好几次也不给。"
    letter.fill(until="ways", story={"txt": wages}, claims={"claim1": "要回拖欠的工资"})
    page = letter.to("ways").content.decode()
    assert "劳动保障监察" in page
    assert "两年内追溯" in page
    assert Organ.objects.get(code="YHRS").address in page
    letter.put("ways")
    assert letter.submit().headers["Location"] == "/submit/receipt/"


def test_what_is_before_a_court_is_told_where_it_stays(letter):
    letter.fill(until="ways", court={"court": "诉讼中"})
    page = letter.to("ways").content.decode()
    assert "诉讼" in page
    letter.put("ways")
    letter.submit()
    assert Submission.objects.get().litigation == "诉讼中"


def test_a_place_nobody_can_name_goes_to_the_city(letter):
    letter.fill(place={"loc": "elsewhere", "spot": ""})
    letter.submit()
    assert Petition.objects.select_related("organ").get().organ.code == "YZXF"


def test_it_is_not_submitted_before_the_pledge(letter):
    letter.fill()
    answer = letter.submit(pledge="")
    assert answer.status_code == 422
    assert "对材料的真实性负责" in answer.content.decode()
    assert not Petition.objects.exists()


def test_the_receipt_as_a_picture(letter):
    letter.fill()
    letter.submit()
    answer = letter.client.get("/submit/receipt.png")
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")


def test_nothing_of_the_petitioner_in_an_address_or_in_the_open(letter, caplog):
    letter.fill()
    letter.submit()
    draft = OnlineDraft.objects.get()
    assert draft.body == ""
    assert "陈玉兰" not in caplog.text
    assert "13800006215" not in caplog.text


def test_the_draft_is_sealed_in_the_database(letter):
    letter.fill(until="place")
    with connection.cursor() as cursor:
        cursor.execute("SELECT body, key_hash FROM public_onlinedraft")
        body, key_hash = cursor.fetchone()
    assert body.startswith("v1.")
    assert "陈玉兰" not in body
    assert key_hash != letter.client.cookies[web_drafts.COOKIE].value


def test_twice_is_once(letter):
    letter.fill()
    page = letter.to("check")
    told = hidden_in(page, "/submit/check/") | {"pledge": "yes"}
    for _ in range(2):
        assert letter.client.post("/submit/check/", told).headers["Location"] == "/submit/receipt/"
    assert Petition.objects.count() == 1


def test_two_tabs_the_second_submits_what_it_has_seen_or_is_told(letter):
    letter.fill()
    old = hidden_in(letter.to("check"), "/submit/check/") | {"pledge": "yes"}
    letter.put("story", txt=STORY + "昨天又漏了。")
    answer = letter.client.post("/submit/check/", old)
    assert answer.status_code == 409
    assert "昨天又漏了" in answer.content.decode()
    assert not Petition.objects.exists()
    letter.submit()
    assert "昨天又漏了" in Submission.objects.get().original


def test_a_page_left_open_from_an_earlier_letter_changes_nothing_in_the_new_one(letter):
    letter.fill()
    old = hidden_in(letter.client.get("/submit/story/"), "/submit/story/")
    letter.submit()
    assert letter.client.post("/submit/story/", old | {"txt": "改一改" * 5}).headers["Location"] == "/submit/receipt/"
    page = letter.client.get("/submit/")
    letter.client.post("/submit/clear/", hidden_in(page, "/submit/clear/"))
    letter.start()
    answer = letter.client.post("/submit/kind/", old | {"kind": "report"})
    assert answer.status_code == 409
    assert web_drafts.told(OnlineDraft.objects.get(submission=None)).pages == {}


def test_cleared_means_cleared(letter):
    letter.fill(until="files")
    letter.put("files", files=[("渗水.jpg", picture())], do="add")
    letter.put("files")
    page = letter.to("ways")
    assert page.status_code == 200
    page = letter.client.get("/submit/")
    answer = letter.client.post("/submit/clear/", hidden_in(page, "/submit/clear/"))
    assert answer.headers["Location"] == "/submit/cleared/"
    assert letter.to("name").status_code == 410
    assert OnlineDraft.objects.get().body == ""


def test_another_browser_sees_nothing_of_it(letter):
    letter.fill()
    letter.submit()
    stranger = Filling()
    for address in ("/submit/receipt/", "/submit/receipt.png"):
        assert stranger.client.get(address).headers["Location"] == "/submit/"
    assert stranger.client.get("/submit/name/").status_code == 410


def test_every_page_is_its_own_and_is_never_kept_by_a_browser(letter):
    letter.fill()
    for key in ("kind", "contact", "files", "check"):
        answer = letter.to(key)
        assert "no-store" in answer.headers["Cache-Control"]
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "<script" not in answer.content.decode()
        assert len(answer.content) < 80 * 1024


def test_the_address_may_not_submit_without_end(letter, monkeypatch):
    few = replace(limits.in_force(), hourly=1)
    monkeypatch.setattr(limits, "in_force", lambda: few)
    letter.fill()
    letter.submit()
    other = Filling().start().fill()
    answer = other.submit()
    assert answer.status_code == 429
    assert "过一小时再来" in faults_in(answer)
    assert Petition.objects.count() == 1
    assert Petition.objects.get().received_on == today()
