"""从登记到办结，每一步都走页面。"""

import pytest

from petitions.act.states import State
from petitions.models import Deadline, PetitionEvent
from rulebook.timekeeping import today
from tests.cast import registered
from tests.desk.case.hands import at, post, signed_in, text

NO_TO_ALL = (
    {"fact_matter": "service"}
    | {f"branch{n}": "no" for n in range(1, 6)}
    | {f"why{n}": "不属于该情形" for n in range(1, 6)}
)
DRAFT = {
    "facts": "经现场核查，电梯曳引机损坏，维保单位已更换。",
    "basis": "《特种设备安全法》第三十六条",
    "finding1": "support",
    "answer1": "电梯已于三日内修复。",
    "finding2": "partly",
    "answer2": "维修资金使用情况已在楼门公示。",
    "end_solved": "电梯已恢复运行",
}

pytestmark = pytest.mark.django_db


def test_from_registration_to_closure(city):
    petition = registered()
    petition, _ = post(petition, "classify", "officer1", kind="appeal", category="", **NO_TO_ALL)
    assert petition.path == "31-6"
    petition, _ = post(petition, "accept", "officer1")
    assert petition.state == State.ACCEPTED
    petition, _ = post(petition, "inquire", "officer1", form="heard", on=str(today()), note="电话听取意见。")
    petition, _ = post(petition, "draft", "officer1", **DRAFT)
    assert petition.latest_opinion.four_ends == {"solved": "电梯已恢复运行"}
    petition, _ = post(petition, "submit", "officer1")
    petition, _ = post(petition, "return_draft", "legal1", reason="第二项依据请写到条。")
    assert petition.state == State.ACCEPTED
    page = text(signed_in("officer1").get(at(petition, "do/draft/")))
    assert "维修资金使用情况已在楼门公示。" in page, "上一稿的文字还在表里"
    petition, _ = post(petition, "draft", "officer1", **DRAFT | {"basis": "《特种设备安全法》第三十六条第二款"})
    petition, _ = post(petition, "submit", "officer1")
    petition, _ = post(petition, "pass_draft", "legal1", opinion="事实清楚。")
    petition, _ = post(petition, "sign", "deputy1")
    assert petition.state == State.ISSUED
    _, answer = post(petition, "close", "officer1", status=422)
    assert "逐人记录送达" in text(answer)
    for service in petition.services.filter(served_on=None):
        petition, _ = post(petition, "serve", "officer1", service=service.pk, means="direct", on=str(today()))
    petition, _ = post(petition, "close", "officer1")
    assert petition.state == State.CLOSED
    assert petition.claims.get(number=2).finding == "partly"
    for username in ("clerk1", "officer1", "legal1", "deputy1"):
        page = text(signed_in(username).get(at(petition)))
        assert "已办结" in page
        assert petition.title in page


def test_every_letter_opens_and_prints_once(city):
    petition = registered()
    client = signed_in("officer1")
    link = petition.petition_letters.get(letter__kind="F01")
    page = client.get(at(petition, f"letters/{link.letter_id}/?print=1"))
    assert page.status_code == 200
    assert "data-autoprint" in text(page)
    assert "登记并打印原件" in text(page)
    first = client.post(at(petition, f"letters/{link.letter_id}/print/"))
    assert first["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF")
    again = client.post(at(petition, f"letters/{link.letter_id}/print/"), follow=True)
    assert "请改用补打" in text(again)
    silent = client.post(at(petition, f"letters/{link.letter_id}/reprint/"), {"reason": ""})
    assert silent.status_code == 422
    marked = client.post(at(petition, f"letters/{link.letter_id}/reprint/"), {"reason": "信访人遗失"})
    assert marked.content.startswith(b"%PDF")
    assert "登记并下载可编辑副本" in text(client.get(at(petition, f"letters/{link.letter_id}/")))
    copy = client.post(at(petition, f"letters/{link.letter_id}/editable/"))
    assert copy["Content-Disposition"] == f'attachment; filename="letter-{link.letter_id}.docx"'
    assert copy.content.startswith(b"PK")
    assert signed_in("dclerk1").post(at(petition, f"letters/{link.letter_id}/editable/")).status_code == 404
    assert [row.kind for row in link.letter.prints.order_by("pk")] == ["original", "reprint", "editable"]


def test_preview_shows_the_letter_and_leaves_nothing(city):
    petition = registered()
    petition, _ = post(petition, "classify", "officer1", kind="appeal", category="", **NO_TO_ALL)
    lines = PetitionEvent.objects.filter(petition=petition).count()
    letters = petition.petition_letters.count()
    again, answer = post(petition, "accept", "officer1", status=200, preview="1")
    assert "受理告知书" in text(answer)
    assert "办结并出具处理意见" in text(answer)
    assert (again.seq, again.state) == (petition.seq, petition.state)
    assert PetitionEvent.objects.filter(petition=petition).count() == lines
    assert petition.petition_letters.count() == letters
    assert not Deadline.objects.filter(petition=petition, term="D06").exists()


def test_an_act_without_a_form_has_no_page(city):
    petition = registered()
    for act in ("register", "deem_accepted", "settle", "view", "nonsense"):
        assert signed_in("officer1").get(at(petition, f"do/{act}/")).status_code == 404


def test_errors_stand_by_their_field_and_the_words_stay(city):
    petition = registered()
    told = {"kind": "appeal", "branch1": "no", "why1": "没有进入诉讼的事由"}
    _, answer = post(petition, "classify", "officer1", status=422, **told)
    page = text(answer)
    assert "没有进入诉讼的事由" in page
    assert "请判定是否属于第三十一条第2项" in page
    assert 'aria-invalid="true"' in page
    assert "errsum" in page
    assert "错误：" in page


def test_a_blocked_act_says_why_and_offers_no_button(city):
    petition = registered()
    page = text(signed_in("officer1").get(at(petition, "do/accept/")))
    assert "确定法定途径" in page
    assert "受理并出具告知书" not in page
    panel = text(signed_in("officer1").get(at(petition)))
    assert 'aria-disabled="true"' in panel
    assert "确定法定途径" in panel
