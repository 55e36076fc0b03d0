"""接访笔录：三问记下来，打印出来宣读，签名后扫描存在旁边；登记的原话一字不动（第十九条，rules §8.2、F11）。"""

import pytest

from petitions.act.decorator import Refused
from rulebook.acts import Act
from tests.cast import accepted, do, fresh, registered, someone

TOLD = {
    "held_at": "2026年3月2日 09:10 至 09:40",
    "place": "青柳街道办事处接待大厅",
    "spoke_with": "陈玉兰，信访人",
    "asked_by": "王晓岚",
    "recorder": "王晓岚",
    "dialogue": "问：反映什么事？\n答：电梯停运三天，老人下不了楼。\n问：之前找过哪里？\n答：找过物业，没有答复。",
}


@pytest.fixture
def petition(city, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return registered()


def test_it_is_a_paper_of_the_case_and_leaves_words_and_clocks_alone(petition):
    before = petition.submission.original, list(petition.deadlines.values_list("term", "due_on", "ended_how"))
    petition = do(petition, Act.TAKE_DOWN, "clerk1", **TOLD, present=["春柳社区 赵一山"])
    letter = petition.petition_letters.get(letter__kind="F11").letter
    words = letter.rendered.words
    assert "答：找过物业，没有答复。" in words and "春柳社区 赵一山" in words
    assert "以上笔录我已看过（已向我宣读），与我所说的相符" in words and "谈话对象签名" in words
    assert letter.number is None and letter.organ.code == "YHQL"
    assert not petition.services.filter(letter=letter).exists(), "笔录不送达"
    assert before == (
        petition.submission.original,
        list(petition.deadlines.values_list("term", "due_on", "ended_how")),
    )
    line = petition.events.latest("seq")
    assert line.act == Act.TAKE_DOWN and not {"dialogue", "spoke_with"} & set(line.details)


@pytest.mark.parametrize(
    ("told", "because"),
    [
        ({"place": " "}, "须写明地点"),
        ({"dialogue": "电梯停运三天"}, "笔录从“问：”写起"),
        ({"dialogue": "问：反映什么事？"}, "有 1 问、0 答，请补齐；不愿回答的写“答：（不回答）”"),
        ({"dialogue": "问：反映什么事？\n答："}, "第 1 个回答是空的"),
    ],
)
def test_what_is_unfinished_is_said(petition, told, because):
    with pytest.raises(Refused, match=because):
        do(petition, Act.TAKE_DOWN, "clerk1", **TOLD | told)
    assert not fresh(petition).petition_letters.filter(letter__kind="F11").exists()


def test_who_did_not_register_it_does_not_take_it_down(city):
    petition = accepted()
    with pytest.raises(Exception, match="您的岗位不能对本件“记录接访笔录”"):
        do(petition, Act.TAKE_DOWN, "handler1", **TOLD)


def test_by_the_page_from_the_desk_to_the_sheet_that_is_signed(petition, client):
    client.force_login(someone("clerk1"))
    assert f"/cases/{petition.number}/do/take_down/" in client.get(f"/register/{petition.number}/done").content.decode()
    address = f"/cases/{petition.number}/do/take_down/"
    page = client.get(address).content.decode()
    assert "问：要求谁解决什么？" in page and petition.submission.original[:20] in page and "王晓岚" in page
    told = TOLD | {"seq": petition.seq, "present": "周建国、赵一山"}
    refused = client.post(address, told | {"dialogue": "问：反映什么事？\n答：电梯坏了\n问：要求谁解决什么？\n答："})
    assert refused.status_code == 422 and "第 2 个回答是空的" in refused.content.decode()
    assert "电梯坏了" in refused.content.decode()
    sample = client.post(address, told | {"preview": "1"}).content.decode()
    assert "与我所说的相符" in sample and not fresh(petition).petition_letters.filter(letter__kind="F11").exists()
    assert client.post(address, told).status_code == 302
    letter = fresh(petition).petition_letters.get(letter__kind="F11").letter
    sheet = client.get(f"/cases/{petition.number}/letters/{letter.pk}/").content.decode()
    assert "找过物业，没有答复" in sheet and "周建国" in sheet
    assert "记录接访笔录" in client.get(f"/cases/{petition.number}/").content.decode()
