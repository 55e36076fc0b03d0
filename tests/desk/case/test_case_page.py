"""详情页：查询次数、遮盖、查看记录、期限推算、材料、上一件下一件。"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from petitions.act.states import State
from petitions.intake.registration import PartyFacts
from petitions.models import PetitionAttachment, Reveal
from rulebook.acts import Act
from tests.cast import accepted, closed, do, issued, on_day, petition_at, registered
from tests.desk.case.hands import at, post, signed_in, text

pytestmark = pytest.mark.django_db

SECRET = "110199195403151234"
PHONE = "13800006215"


def test_at_most_twelve_queries(city, django_assert_max_num_queries):
    petition = issued()
    for username in ("officer1", "clerk1", "deputy1"):
        client = signed_in(username)
        client.get(at(petition))
        with django_assert_max_num_queries(12):
            page = client.get(at(petition, "?tl=all"))
        assert page.status_code == 200


def test_at_most_twelve_queries_where_many_were_served_and_much_came_of_it(city, django_assert_max_num_queries):
    people = [PartyFacts(name=f"居民{n}", role="representative", phone=f"1380000333{n}") for n in range(4)]
    petition = closed(parties=people)
    client = signed_in("officer1")
    client.get(at(petition))
    with django_assert_max_num_queries(12):
        page = text(client.get(at(petition, "?tl=all")))
    assert "等待信访人评价" in page and page.count("登记拒不落实") >= 2


def test_the_next_step_is_in_sight_and_the_seldom_acts_are_folded(city):
    panel = signed_in("officer1").get(at(accepted())).context["panel"]
    assert panel.main[0]["act"] is Act.DRAFT and panel.main[0]["primary"]
    assert {Act.CORRECT, Act.RELATE, Act.TERMINATE} <= {entry["act"] for entry in panel.aside}
    assert len(panel.main) <= 12 < len(panel.open)
    assert {entry["act"] for entry in panel.main + panel.aside} == {entry["act"] for entry in panel.open}


def test_selectors_of_the_contract(city):
    page = text(signed_in("officer1").get(at(petition_at(State.ACCEPTED))))
    for piece in ('class="steps"', 'aria-current="step"', "clock", 'class="big', 'class="tl"', 'class="act'):
        assert piece in page
    assert page.count("<h1") == 1
    assert "为什么是这一天" in page


def test_numbers_inside_words_are_hidden(city):
    petition = registered(
        original=f"我的证件号{SECRET}，电话{PHONE}，电梯停了。", claims=[f"修好电梯并回电{PHONE}", "公示"]
    )
    petition = do(petition, Act.NOTE, "officer1", note=f"已记下{PHONE}")
    page = text(signed_in("officer1").get(at(petition, "?tl=all")))
    assert SECRET not in page
    assert PHONE not in page
    assert "138****6215" in page
    party = petition.submission.parties.first()
    assert party.id_number not in page
    assert party.masked_id in page


def test_full_values_cost_a_reason(city):
    petition = accepted()
    client, party = signed_in("officer1"), petition.submission.parties.first()
    assert party.id_number not in text(client.get(at(petition, "reveal/")))
    silent = client.post(at(petition, "reveal/"), {"reason": ""})
    assert silent.status_code == 422
    assert party.phone not in text(silent)
    assert not Reveal.objects.exists()
    shown = client.post(at(petition, "reveal/"), {"reason": "联系信访人核实停梯日期"})
    assert party.id_number in text(shown)
    assert party.phone in text(shown)
    assert "no-store" in shown["Cache-Control"]
    kept = Reveal.objects.get()
    assert (kept.party, kept.by.username, kept.reason) == (party, "officer1", "联系信访人核实停梯日期")
    assert "联系信访人核实停梯日期" in text(client.get(at(petition, "reveal/")))
    assert signed_in("deputy1").get(at(petition, "reveal/")).status_code == 403


def test_the_day_is_explained(city):
    with on_day("2025-09-26"):
        petition = accepted()
        row = petition.deadlines.get(term="D06")
        client = signed_in("officer1")
        page = text(client.get(at(petition, f"why/{row.pk}/")))
        told = client.get(at(petition, f"why/{row.pk}/?format=json")).json()
    assert row.due_on.isoformat() == told["due_on"] == "2025-11-25"
    assert "第三十四条" in told["article"]
    assert "2025 年 11 月 25 日" in page
    other = registered()
    assert client.get(at(other, f"why/{row.pk}/")).status_code == 404


def test_all_periods_of_a_case_are_counted_on_one_paper(city):
    petition = accepted()
    client = signed_in("officer1")
    assert at(petition, "why/") in text(client.get(at(petition)))
    paper = text(client.get(at(petition, "why/")))
    rows = list(petition.deadlines.all())
    assert {row.term for row in rows} >= {"D02", "D06"}
    for row in rows:
        assert f"（{row.term}，" in paper
    assert "期限推算表" in paper and "届满日" in paper and "data-print" in paper
    told = client.get(at(petition, "why/?format=json")).json()
    assert [clock["agrees"] for clock in told["clocks"]] == [True] * len(rows)
    assert signed_in("disc1").get(at(petition, "why/")).status_code == 404


def test_amber_and_overdue(city):
    with on_day("2025-09-26"):
        petition = accepted()
    with on_day("2025-11-14"):
        page = text(signed_in("officer1").get(at(petition)))
        assert "黄灯" in page
        assert "剩 11 天" in page
    with on_day("2025-11-28"):
        page = text(signed_in("officer1").get(at(petition)))
        assert "红灯" in page
        assert "超期 3 天" in page


def test_materials_come_back_as_downloads(city):
    petition = accepted()
    client = signed_in("officer1")
    upload = SimpleUploadedFile("照片.pdf", b"%PDF-1.4 body", content_type="text/html")
    assert client.post(at(petition, "attachments/"), {"file": upload, "kind": "inquiry"}).status_code == 302
    kept = PetitionAttachment.objects.get(petition=petition)
    answer = client.get(at(petition, f"attachments/{kept.attachment_id}/"))
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content == b"%PDF-1.4 body"
    bad = SimpleUploadedFile("页面.html", b"\x00\x01\x02\x03", content_type="text/html")
    refused = client.post(at(petition, "attachments/"), {"file": bad, "kind": "other"})
    assert refused.status_code == 422
    assert "不收这种文件" in text(refused)
    other = registered()
    assert client.get(at(other, f"attachments/{kept.attachment_id}/")).status_code == 404
    assert signed_in("dclerk1").get(at(petition, f"attachments/{kept.attachment_id}/")).status_code == 404


def test_the_words_of_a_scan_are_corrected_beside_it_and_nothing_typed_is_lost(city):
    petition = accepted()
    client = signed_in("officer1")
    scan = SimpleUploadedFile("来信.pdf", b"%PDF-1.7 body", content_type="application/pdf")
    client.post(at(petition, "attachments/"), {"file": scan, "kind": "letter"})
    kept = petition.attachments.get()
    words = at(petition, f"attachments/{kept.attachment_id}/text/")
    assert words in client.get(at(petition)).content.decode()
    assert client.post(words, {"text": "路灯三年不亮", "edition": "0"}).status_code == 302
    late = client.post(words, {"text": "路灯四年不亮", "edition": "0"})
    page = late.content.decode()
    assert late.status_code == 422 and "刚被他人改过" in page and "路灯四年不亮" in page and 'value="1"' in page
    assert "路灯三年不亮" in client.get(words).content.decode()
    assert signed_in("dclerk1").get(words).status_code == 404


def test_next_and_previous_follow_the_list(city):
    one, two = registered(), registered()
    client = signed_in("officer1")
    assert "下一件" not in text(client.get(at(one)))
    session = client.session
    session["case_list"] = [one.number, two.number]
    session.save()
    page = text(client.get(at(one)))
    assert "第 1 / 2 件" in page
    assert f'href="/cases/{two.number}/" data-key="J"' in page
    assert f'href="/cases/{one.number}/" data-key="K"' in text(client.get(at(two)))


def test_similar_window_without_script(city):
    petition = accepted()
    page = signed_in("officer1").get(at(petition, "similar/"))
    assert page.status_code == 200
    assert "<html" in text(page)
    piece = signed_in("officer1").get(at(petition, "similar/"), headers={"HX-Request": "true"})
    assert "<html" not in text(piece)


def test_timeline_views_are_links(city):
    petition = accepted()
    page = text(signed_in("officer1").get(at(petition, "?tl=letters")))
    assert "受理告知书" in page
    assert 'href="?tl=all#tl"' in page


def test_nobody_acts_beyond_their_post(city):
    petition = accepted()
    post(petition, "draft", "clerk1", status=403)
    assert signed_in("clerk1").get(at(petition, "do/draft/")).status_code == 403
