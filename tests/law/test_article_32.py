"""第三十二条：处理意见书载明投诉请求、事实和理由、处理意见、法律法规依据；救济只写复查。"""

import pytest

from documents.letters.fields import KINDS
from documents.letters.letter_checks import faults
from documents.letters.values import frozen
from tests.documents.samples import CLAIMS, sender_of, values_of

DISTRICT = "云河区人民政府"


def found(review_organ=DISTRICT, **changes) -> list[str]:
    """The faults of the sample opinion with some fields changed."""
    values = frozen(KINDS["F12"], values_of("F12") | changes)
    return faults("F12", values, organ=sender_of("F12"), review_organ=review_organ, secrecy=1)


def test_the_four_elements_and_the_remedy_are_there():
    assert found() == []
    assert {"claims", "facts", "opinions", "basis", "review_organ"} <= set(KINDS["F12"].required)


@pytest.mark.parametrize("answered", [1, 2])
def test_every_claim_has_its_answer(answered):
    opinions = values_of("F12")["opinions"][:answered]
    assert found(opinions=opinions) == [f"投诉请求{len(CLAIMS)}条，处理意见{answered}条：每条请求都要有处理意见"]


@pytest.mark.parametrize("basis", ["有关规定", "《物业管理条例》", "相关政策精神"])
def test_a_law_without_its_article_is_no_basis(basis):
    assert found(basis=[basis]) == ["法律法规依据应当写到条，例如“《……条例》第十条”（第三十二条）"]


@pytest.mark.parametrize("words", ["可以申请行政复议", "可向法院提起诉讼", "可以提起行政诉讼"])
def test_no_court_and_no_reconsideration(words):
    opinions = [{"outcome": "not_support", "text": f"{words}。"}] * len(CLAIMS)
    assert found(opinions=opinions) == [
        "处理意见不得告知申请复议或者提起诉讼：信访处理意见的救济是申请复查（第三十五条）"
    ]


def test_the_reviewing_organ_is_the_one_above():
    assert found(review_organ="") != []
    assert "应当是本机关的上一级" in found(review_organ="云州市人民政府")[0]
