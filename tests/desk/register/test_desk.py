"""登记台：四种形式、出错不丢、代表、重复并入、检举控告。"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Organ
from desk.registration.claim_lines import split
from insight.search.indexing import index_all
from petitions.act.states import State
from petitions.joint.earlier_petition import Tie
from petitions.models import Party, Petition
from rulebook.acts import Act
from rulebook.timekeeping import today
from tests import cast
from tests.desk.register.typing import IDNO, TEXT, sheet

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b8"
    "0000000049454e44ae426082"
)


@pytest.fixture
def clerk(city, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(cast.someone("clerk1"))
    return client


def newest() -> Petition:
    return Petition.objects.select_related("submission").latest("pk")


def test_the_empty_desk_costs_few_queries(clerk, django_assert_max_num_queries):
    clerk.get("/register/")
    with django_assert_max_num_queries(16):  # 平常 14 句；留着的书、表恰好换新时多一两句
        page = clerk.get("/register/").content.decode()
    assert 'id="idno"' in page and 'data-key="F9"' in page and "来访登记" in page
    assert '<option value="11019901001" selected>青柳街道' in page


def test_a_walk_in_is_registered_and_the_receipt_opens(clerk):
    answer = clerk.post("/register/", sheet())
    petition = newest()
    letter = petition.petition_letters.get(letter__kind="F01").letter
    assert answer.status_code == 302
    assert answer.url.startswith(f"/cases/{petition.number}/letters/{letter.pk}/?print=1&next=/register/")
    assert petition.submission.original == TEXT and petition.submission.channel == "visit"
    assert [claim.text for claim in petition.claims.order_by("number")] == ["先排除电表箱险情", "尽快启动专项维修资金"]
    party = petition.submission.parties.get()
    assert (party.name, party.sex, party.birth_year, party.id_status) == ("刘桂兰", "女", 1954, "stated")
    assert petition.place == "春柳苑" and petition.territory == "11019901001"
    assert petition.routing_proposals.get().chosen_at is None  # 待甄别：没有人定


def test_next_petitioner_comes_at_once(clerk):
    answer = clerk.post("/register/", sheet(do="next"), follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == "/register/?ch=visit"
    assert f"已登记 {newest().number}" in page and "刘桂兰" not in page


def test_errors_keep_what_was_typed(clerk):
    answer = clerk.post("/register/", sheet(nm="", addr="", tel="12", txt="楼道灯坏了三个月没人修。", ppl="x"))
    page = answer.content.decode()
    assert answer.status_code == 200 and Petition.objects.count() == 0
    assert 'class="errsum"' in page and 'href="#nm"' in page and 'href="#tel"' in page and 'href="#ppl"' in page
    assert "楼道灯坏了三个月没人修。" in page and IDNO in page and 'aria-invalid="true"' in page
    assert "<title>错误：" in page


def test_a_wrong_number_is_savable_with_its_reason(clerk):
    wrong = IDNO[:-1] + ("1" if IDNO[-1] != "1" else "2")
    assert "校验位" in clerk.post("/register/", sheet(idno=wrong)).content.decode()
    assert clerk.post("/register/", sheet(idno=wrong, idst="mismatch")).status_code == 302
    assert newest().submission.parties.get().id_status == Party.IdStatus.MISMATCH
    assert clerk.post("/register/", sheet(idno="")).status_code == 302
    assert newest().submission.parties.get().id_status == Party.IdStatus.NONE


def test_neither_address_nor_phone_cannot_be_told(clerk):
    assert "住址和电话至少填写一项" in clerk.post("/register/", sheet(addr="", tel="")).content.decode()


@pytest.mark.parametrize("name", ["阿依古丽·买买提", "𠮷田𬎆", "Ann O'Neil"])
def test_names_of_every_script(clerk, name):
    assert clerk.post("/register/", sheet(nm=name)).status_code == 302
    assert newest().submission.parties.get().name == name


def test_an_organisation_petitions(clerk):
    told = sheet(org="on", nm="春柳苑业主委员会", idno="91350100M000100Y43")
    assert clerk.post("/register/", told).status_code == 302
    party = newest().submission.parties.get()
    assert party.person.kind == "organisation" and party.birth_year is None and party.sex == ""
    assert "信用代码" in clerk.post("/register/", sheet(org="on", idno="91350100M000100Y44")).content.decode()


def test_a_letter_has_its_three_days(clerk):
    page = clerk.get("/register/?ch=letter").content.decode()
    assert "收信日期" in page and "邮戳日" in page and "匿名" in page
    day = today().isoformat()
    told = sheet(channel="letter", day=day, wrote="2020-01-02", posted="2020-01-03")
    assert clerk.post("/register/", told).status_code == 302
    submission = newest().submission
    assert (submission.received_on, str(submission.petition_date), str(submission.posted_on)) == (
        today(),
        "2020-01-02",
        "2020-01-03",
    )
    late = clerk.post("/register/", sheet(channel="letter", day=day, posted="2999-01-01")).content.decode()
    assert "邮戳日不能晚于收信日期" in late


def test_an_anonymous_letter_has_no_party_and_no_receipt(clerk):
    answer = clerk.post("/register/", sheet(channel="letter", anon="on", nm="", idno="", addr="", tel=""))
    petition = newest()
    assert answer.url == f"/register/{petition.number}/done"
    assert petition.submission.anonymous and not petition.submission.parties.exists()
    assert "豁免书面告知" in clerk.get(answer.url).content.decode()


def test_a_visitor_is_not_anonymous(clerk):
    assert "请填写姓名" in clerk.post("/register/", sheet(anon="on", nm="")).content.decode()


def test_a_call_keeps_number_and_recording(clerk):
    told = sheet(channel="call", tel="", addr="", callno="138 0000 6215", record="LY-0001")
    assert clerk.post("/register/", told).status_code == 302
    submission = newest().submission
    assert submission.call_record == "LY-0001" and submission.parties.get().phone == "13800006215"


def test_a_web_submission_entered_by_hand(clerk):
    assert clerk.post("/register/", sheet(channel="web", wrote="2020-01-02")).status_code == 302
    assert newest().submission.channel == "web"


def test_switching_the_channel_keeps_everything(clerk):
    page = clerk.post("/register/", sheet(channel="letter", do="channel")).content.decode()
    assert "来信登记" in page and "刘桂兰" in page and TEXT[:20] in page and "收信日期" in page
    assert Petition.objects.count() == 0


def test_representatives_and_the_sixth(clerk):
    crowd = {"ppl": "7", "rep_nm": ["周建国", "赵一山"], "rep_id": ["", ""], "rep_tel": ["13800006021", ""]}
    assert clerk.post("/register/", sheet(**crowd)).status_code == 302
    submission = newest().submission
    assert [p.role for p in submission.parties.order_by("position")] == ["lead", "representative", "representative"]
    assert submission.people_count == 7 and newest().petition_letters.filter(letter__kind="F01").count() == 3
    page = clerk.post("/register/", sheet(ppl="9", rep_nm=["甲某", "乙某", "丙某", "丁某", "戊某"])).content.decode()
    assert "代表人数不得超过五人" in page and "戊某" in page and '<details class="mt1" id="more" open>' in page


def test_an_agent_and_a_withheld_name(clerk):
    assert "请填写代理人姓名" in clerk.post("/register/", sheet(agent="on")).content.decode()
    assert clerk.post("/register/", sheet(agent="on", agent_nm="刘小川", withheld="on")).status_code == 302
    lead, agent = newest().submission.parties.order_by("position")
    assert lead.name_withheld and (agent.role, agent.name) == ("agent", "刘小川")


def test_uploads_survive_an_error(clerk):
    page = clerk.post("/register/", sheet(nm="", files=[SimpleUploadedFile("渗水照片.png", PNG)])).content.decode()
    assert "渗水照片.png" in page
    ticket = page.split('name="kept" value="')[1].split('"')[0]
    assert clerk.post("/register/", sheet(kept=ticket)).status_code == 302
    assert [kept.title for kept in newest().attachments.all()] == ["渗水照片.png"]
    assert clerk.post("/register/", sheet(kept=ticket)).status_code == 302
    assert not newest().attachments.exists()  # 一份材料只归一件


def test_a_refused_file_is_named(clerk):
    page = clerk.post("/register/", sheet(files=[SimpleUploadedFile("x.exe", b"MZ\x00\x01")])).content.decode()
    assert "x.exe" in page and Petition.objects.count() == 0


def test_edited_claims_stand_and_unedited_follow_the_text(clerk):
    parsed = "\n".join(split(TEXT))
    clerk.post("/register/", sheet(claims=parsed, parsed=parsed, txt=TEXT.replace("排除", "消除")))
    assert newest().claims.order_by("number").first().text == "先消除电表箱险情"
    clerk.post("/register/", sheet(claims="1. 修好\n2. 道歉\n3. 赔偿", parsed=parsed))
    assert [c.text for c in newest().claims.order_by("number")] == ["修好", "道歉", "赔偿"]


def test_another_unit_than_proposed_wants_a_reason(clerk):
    other = Organ.objects.get(code="YZJT")
    told = sheet(unit=str(other.pk), txt="春柳苑暖气不热，室温只有十二度，请尽快检修供热。")
    page = clerk.post("/register/", told).content.decode()
    assert 'id="why_error"' in page and Petition.objects.count() == 0
    assert clerk.post("/register/", told | {"why": "已与该单位电话确认由其牵头"}).status_code == 302
    proposal = newest().routing_proposals.get()
    assert proposal.chosen_organ == other and proposal.followed is False and proposal.organ is not None


def test_the_same_person_with_the_same_matter_is_merged(clerk):
    old = cast.accepted()
    index_all()
    party = old.submission.parties.get()
    told = sheet(idno=party.id_number, idst="mismatch", nm=party.name, tel=party.phone, txt=old.submission.original)
    page = clerk.post("/register/panel/", told).content.decode()
    assert "本人同一事项正在办理" in page and f'data-tie="merge:{old.number}"' in page and 'data-key="Alt+G"' in page
    page = clerk.post("/register/", told | {"do": f"tie:merge:{old.number}"}).content.decode()
    assert f'name="repeat" value="{old.number}"' in page
    assert clerk.post("/register/", told | {"repeat": old.number, "cat_other": "", "unit": ""}).status_code == 302
    petition = newest()
    assert petition.state == State.MERGED and petition.repeat_of == old and petition.merged_into == old


@pytest.mark.parametrize(
    ("tie", "words"),
    [("group", "归入同一事项组"), ("fresh", "作为新件办理"), ("merge", "不新开"), ("follows", "的重复件")],
)
def test_the_relation_to_an_earlier_one_is_chosen_with_its_consequences_in_sight(clerk, tie, words):
    old = cast.accepted()
    told = sheet(tie=tie, repeat=old.number)
    page = clerk.post("/register/panel/", told).content.decode()
    assert words in page and f"{old.number} 的期限不变" in page and 'data-tie=""' in page
    clerk.post("/register/", told)
    petition = newest()
    assert (petition.matter_id is not None) == (tie == "group")
    assert (petition.repeat_of == old) == (tie in ("merge", "follows"))
    line = petition.events.get(act=Act.REGISTER)
    assert old.number in line.text.body and Tie(tie).label in line.text.body


def test_a_relation_that_cannot_be_had_is_said_before_and_the_registration_stands(clerk):
    old = cast.registered()
    page = clerk.post("/register/panel/", sheet(tie="merge", repeat=old.number)).content.decode()
    assert "主件尚未受理告知" in page and "将标注为它的重复件" in page
    clerk.post("/register/", sheet(tie="merge", repeat=old.number))
    assert newest().repeat_of == old and newest().state == State.REGISTERED


def test_a_made_up_relation_is_an_error_and_nothing_is_lost(clerk):
    old = cast.accepted()
    page = clerk.post("/register/", sheet(tie="sideways", repeat=old.number)).content.decode()
    assert "请重新选择与从前那一件的关系" in page and TEXT in page and newest() == old


def test_e45_what_12345_has_closed_is_shown_and_may_still_be_registered_with_its_history(clerk):
    order = cast.registered(kind="inquiry", facts={"external_source": "云州12345", "external_id": "R-2026-0007"})
    order = cast.do(order, Act.ANSWER, outcome="answered", reply="已派单修好，来电人满意。")
    party = order.submission.parties.get()
    told = sheet(idno=party.id_number, idst="mismatch", nm=party.name, tel=party.phone, txt=order.submission.original)
    page = clerk.post("/register/panel/", told).content.decode()
    assert "12345 已办结：仍可登记信访" in page and order.title in page
    assert clerk.post("/register/", told).status_code == 302
    petition = newest()
    assert petition.state == State.REGISTERED and petition.repeat_of is None and not petition.submission.is_of_hotline
    assert petition.deadlines.filter(term="D02", ended_how="").exists()
    line = petition.events.get(act="register")
    assert line.text.body == f"同一信访人此前经 12345 办结：{order.number}"


def test_an_accusation_is_not_routed_and_goes_to_its_post(clerk):
    page = clerk.post("/register/", sheet(aim="report")).content.decode()
    assert "请写明被检举控告的人或单位" in page
    answer = clerk.post("/register/", sheet(aim="report", accused="某科科长"))
    petition = newest()
    assert answer.url == f"/register/{petition.number}/done" and petition.secrecy == 1
    assert petition.accused_text == "某科科长"
    page = clerk.get(answer.url).content.decode()
    discipline = Organ.objects.get(kind="discipline", level="district", territory="11019901")
    assert "移交检举控告专岗" in page and discipline.name in page
    clerk.post(f"/register/{petition.number}/refer", {"to": discipline.pk})
    petition = cast.fresh(petition)
    assert petition.state == State.REPORTED and petition.organ == discipline
    assert clerk.get(answer.url).status_code == 404  # 登记人就此看不见


def test_accepting_on_the_spot(clerk):
    own = Organ.objects.get(code="YHQL")
    text = "春柳苑楼道堆物严重，存在安全隐患，请尽快清理。"
    assert clerk.post("/register/", sheet(unit=str(own.pk), txt=text, why="首接")).status_code == 302
    petition = newest()
    assert "当场受理并打印告知书" in clerk.get(f"/register/{petition.number}/done").content.decode()
    url, facts = f"/register/{petition.number}/triage", {"kind": "appeal", "fact_matter": "service"}
    page = clerk.post(url, facts | {"advise": "1", "fact_competent": "on"}).content.decode()
    assert "系统建议：申诉求决 · 信访程序" in page and "没有进入诉讼，没有生效裁判" in page
    record = facts | {f"branch{n}": "no" for n in range(1, 6)} | {f"why{n}": "未进入该程序" for n in range(1, 6)}
    short = {name: value for name, value in record.items() if name != "branch1"} | {"do": "accept"}
    answer = clerk.post(url, short)
    assert answer.status_code == 422 and "请判定是否属于第三十一条第1项" in answer.content.decode()
    assert "未进入该程序" in answer.content.decode(), "填过的还在"
    court = record | {"do": "accept", "branch1": "yes", "overrule": "信访人当场出示了立案通知书"}
    answer = clerk.post(url, court)
    assert answer.status_code == 422 and "不能当场受理" in answer.content.decode()
    assert cast.fresh(petition).state == State.REGISTERED
    answer = clerk.post(url, record | {"do": "accept"})
    letter = petition.petition_letters.get(letter__kind="F02").letter
    assert answer.url.startswith(f"/cases/{petition.number}/letters/{letter.pk}/?print=1")
    assert cast.fresh(petition).state == State.ACCEPTED


def test_who_may_not_register_is_told_so(city, client):
    client.force_login(cast.someone("handler1"))
    assert client.get("/register/").status_code == 403
    assert client.post("/register/draft/", sheet()).status_code == 403
