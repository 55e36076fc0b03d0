"""第十九条、第二十条：怎样提出；下级正在办理的，上级不予受理；代表不超过五人。"""

import pytest

from rulebook.triage import Facts, triage


def asked(**told):
    return triage(Facts.read({"receiver": "bureau", "asks": "claim", "matter": "service"} | told))


def bans(advice) -> str:
    return "；".join(ban.say for ban in advice.must_not)


class TestThirdParagraph:
    """已经受理或者正在办理的，在规定期限内向上级机关、单位又提出同一事项，上级不予受理。"""

    def test_the_superior_declines_and_says_where_the_matter_lies(self):
        advice = asked(earlier="below")
        assert (advice.letter, advice.remedy, advice.why[0].rule) == ("F04", "way", "第十九条第三款")
        assert "须有法定情形、理由，并经审批" in bans(advice)

    def test_no_handling_period_starts(self):
        assert "D06" not in asked(earlier="below").clocks
        assert "D06" in asked().clocks

    @pytest.mark.parametrize("asks", ["accusation", "inquiry"])
    def test_a_report_or_a_question_is_never_declined_on_that_ground(self, asks):
        advice = triage(Facts.read({"receiver": "bureau", "asks": asks, "earlier": "below"}))
        assert advice.letter not in ("F04", "F06")

    def test_new_facts_make_it_a_new_matter(self):
        advice = asked(earlier="below", new_facts=True)
        assert (advice.letter, advice.remedy) == ("F02", "review")


class TestHowItIsRaised:
    """载明姓名（名称）、住址和请求、事实、理由；不具名的照样登记（第二十三条第二款）。"""

    @pytest.mark.parametrize("identity", ["anonymous", "unclear"])
    def test_whoever_cannot_be_told_is_owed_no_notice_but_the_matter_is_handled(self, identity):
        advice = asked(identity=identity)
        assert advice.letter == ""
        assert "D02" not in advice.clocks and "D06" in advice.clocks

    def test_an_anonymous_letter_with_nothing_to_act_on_is_filed_and_still_registered(self):
        advice = asked(identity="anonymous", substance=False)
        assert (advice.branch, advice.letter, advice.clocks) == ("", "", ())
        assert "不得因匿名不登记" in bans(advice)

    def test_five_representatives_at_most_and_no_group_is_cut_up(self):
        assert "走访代表不得超过五人；不得拆成多件规避集体访统计" in bans(asked(people=6, channel="visit"))
        assert "代表" not in bans(asked(people=5, channel="visit"))
