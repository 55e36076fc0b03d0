"""第二十九条、第三十条：建议意见研究答复；检举控告保密移交，不转给被检举控告的人和单位。"""

import pytest

from documents.letters.fields import KINDS
from rulebook.triage import Facts, triage

RECEIVERS = ["office", "street", "bureau", "city_bureau", "district", "vertical", "unit"]


def asked(asks, **told):
    return triage(Facts.read({"receiver": "bureau", "asks": asks} | told))


def bans(advice) -> str:
    return "；".join(ban.say for ban in advice.must_not)


class TestSuggestions:
    @pytest.mark.parametrize("receiver", RECEIVERS)
    def test_a_suggestion_opens_no_review_whoever_receives_it(self, receiver):
        advice = asked("suggestion", receiver=receiver)
        assert (advice.kind, advice.branch, advice.remedy) == ("suggestion", "29", "none")
        assert not {"D06", "D08", "D09"} & set(advice.clocks)
        assert "没有复查、复核，不得告知" in bans(advice)

    def test_it_is_studied_and_answered(self):
        assert asked("suggestion").end == "F14"
        assert "复查" not in asked("suggestion").remedy_text


class TestReports:
    @pytest.mark.parametrize("receiver", RECEIVERS)
    def test_a_report_is_no_petition_procedure_whoever_receives_it(self, receiver):
        advice = asked("accusation", receiver=receiver)
        assert (advice.kind, advice.branch, advice.remedy) == ("report", "30", "none")
        assert not {"D06", "D08", "D09"} & set(advice.clocks)
        assert "不得按信访程序受理，不得告知复查、复核" in bans(advice)

    def test_it_goes_to_whoever_answers_for_the_accused_by_a_secret_letter(self):
        advice = asked("accusation", receiver="office")
        assert advice.letter == "F33"
        assert not KINDS["F33"].to_petitioner
        assert "不得转给或者透露给被检举控告的人、单位及其下级" in bans(advice)

    def test_where_the_receiver_is_the_accused_the_superior_gets_it(self):
        advice = asked("accusation", accused_is_target=True, competent=False)
        assert advice.organ == "被反映单位的上一级机关，或者纪检监察机关"

    def test_an_anonymous_report_of_substance_is_handed_over_like_any_other(self):
        assert asked("accusation", receiver="office", identity="anonymous").letter == "F33"
