"""判重与相似：只提示看得到的；检举控告连“有几件”也不说。"""

import pytest

from accounts.models import User
from insight.duplicates.candidates import CANDIDATES
from insight.duplicates.exact_keys import earlier
from insight.duplicates.similar_petitions import similar
from insight.search.indexing import index_all
from petitions.intake.registration import PartyFacts
from tests.cast import closed, registered, someone
from tests.insight.reports import report

ID, PHONE, NAME = "11019919800101123X", "13800012345", "林秋分"
CANARY = "青瓷花瓶"


def party(**more):
    return PartyFacts(**({"name": NAME, "id_number": ID, "phone": PHONE, "address": "云河区柳岸路1号"} | more))


def told(original="电梯停运三天", **more):
    return registered(original=original, letters_too=False, **({"parties": [party()]} | more))


@pytest.mark.django_db
class TestEarlier:
    @pytest.fixture(autouse=True)
    def _city(self, city):
        pass

    def test_the_same_person_with_a_matter_in_hand(self):
        petition = told()
        history = earlier(someone("clerk1"), id_number=ID.lower())
        assert [row.petition for row in history.running] == [petition]
        assert history.seen[0].matched == ("证件号",)
        assert "并入" in history.seen[0].advice

    def test_a_closed_matter_is_not_running(self):
        closed(parties=[party()])
        history = earlier(someone("clerk1"), id_number=ID)
        assert len(history.seen) == 1
        assert history.running == []
        assert "复查" in history.seen[0].advice

    def test_a_name_alone_is_not_the_same_person_but_name_and_phone_are(self):
        told(parties=[party(id_number="")])
        by_name = earlier(someone("clerk1"), name=NAME)
        assert [row.same_person for row in by_name.seen] == [False]
        both = earlier(someone("clerk1"), name=NAME, phone=PHONE)
        assert [row.same_person for row in both.seen] == [True]

    def test_by_address_whatever_the_blanks(self):
        told()
        assert earlier(someone("clerk1"), address="云河区 柳岸路 1号").seen[0].matched == ("住址",)

    @pytest.mark.parametrize("written", ["云河区柳岸路一号", "云河区柳岸路１号。", "云河区、柳岸路 1号"])
    def test_by_address_however_it_is_written(self, written):
        told()
        assert earlier(someone("clerk1"), address=written).seen[0].matched == ("住址",)

    def test_another_number_of_the_road_is_another_address(self):
        told()
        assert earlier(someone("clerk1"), address="云河区柳岸路11号").seen == []

    def test_nothing_asked_nothing_answered(self):
        told()
        assert earlier(someone("clerk1")).seen == []

    def test_what_lies_elsewhere_is_only_counted(self):
        told()
        stranger = someone_at("SQCQ")
        history = earlier(stranger, id_number=ID)
        assert (history.seen, history.unseen) == ([], 1)
        assert history.unseen_sentence == "另有 1 件不在您的查看范围"
        assert earlier(stranger, name=NAME).unseen == 0

    @pytest.mark.parametrize(
        "make",
        [
            lambda: report("举报某人", parties=[party()]),
            lambda: told(parties=[party(name_withheld=True)]),
        ],
        ids=["检举控告", "姓名保密"],
    )
    def test_of_a_secret_not_even_the_number_is_told(self, make):
        make()
        history = earlier(someone_at("SQCQ"), id_number=ID, phone=PHONE, name=NAME)
        assert (history.seen, history.unseen) == ([], 0)


@pytest.mark.django_db
class TestSimilar:
    @pytest.fixture(autouse=True)
    def _city(self, city):
        for n, text in enumerate(
            ["柳岸路下水道堵塞污水外溢", "南门外早市占道经营", "供暖温度不足十八度", "路灯损坏夜间出行不便"]
        ):
            told(text, title=text[:6], claims=["请处理"], place=f"{n}号院")
        self.lift = told("春柳苑三号楼电梯停运三天老人下不了楼", title="电梯停运", claims=["修好电梯"], place="春柳苑")
        index_all()

    def test_the_same_matter_in_other_words_comes_first(self):
        found = similar(someone("clerk1"), "我们春柳苑三号楼的电梯停运了，老人下不了楼", place="春柳苑")
        assert found[0].petition == self.lift
        assert found[0].percent >= 40
        assert found[0].same_place
        assert "老人下不了楼" in found[0].shared

    def test_each_hit_says_what_speaks_for_and_against_it(self):
        said = "春柳苑三号楼电梯停运三天老人下不了楼"
        (hit, *_) = similar(someone("clerk1"), said, place="春柳苑")
        assert hit.is_alert
        assert {"同一小区：春柳苑", "大段文字相同", "同日"} <= set(hit.reasons)
        assert hit.contradictions == ()

    def test_the_same_words_about_another_place_are_another_matter(self):
        (hit, *_) = similar(someone("clerk1"), "锦帆花园三号楼电梯停运三天老人下不了楼", place="锦帆花园")
        assert hit.petition == self.lift
        assert not hit.is_alert
        assert any("锦帆花园" in words and "春柳苑" in words for words in hit.contradictions)

    def test_the_petitioners_own_are_compared_and_the_key_is_named(self):
        own = told("楼道堆物挡住了去路", title="楼道堆物", place="河沿12号院")
        index_all()
        history = earlier(someone("clerk1"), phone=PHONE)
        found = similar(someone("clerk1"), "河沿12号院楼道又堆满了东西", own=history.seen)
        assert next(row for row in found if row.petition == own).reasons[0] == "手机号相同"

    def test_a_name_taken_down_by_ear_leads_to_what_its_bearer_told_before(self):
        told("楼上空调外机滴水，找过物业没有结果", title="空调滴水", place="河沿12号院")
        for n in range(CANDIDATES):  # so many share more of the words that the words alone do not lead there
            told(f"找过物业没有结果，楼上漏水{n}", title="楼上漏水", place="别处", parties=[party(name="王建国")])
        index_all()
        said = "找过物业没有结果，楼上漏水"
        assert NAME not in [row.petition.submission.parties.get().name for row in similar(someone("clerk1"), said)]
        heard = similar(someone("clerk1"), said, name="林秋芬", shown=2 * CANDIDATES)
        (hit,) = [row for row in heard if row.petition.submission.parties.get().name == NAME]
        assert hit.reasons[0] == "姓名读音相近"

    def test_the_very_same_name_is_called_so(self):
        hits = similar(someone("clerk1"), "春柳苑的电梯又停了", name=NAME)
        (hit,) = [row for row in hits if row.petition == self.lift]
        assert hit.reasons[0] == "姓名相同"
        assert "姓名读音相近" not in hit.reasons

    @pytest.mark.parametrize(
        "make",
        [
            lambda: report("举报物业停了春柳苑的电梯", parties=[party()]),
            lambda: told("物业停了春柳苑的电梯", parties=[party(name_withheld=True)]),
        ],
        ids=["检举控告", "姓名保密"],
    )
    def test_no_name_is_heard_that_must_not_be_known(self, make):
        secret = make()
        index_all()
        found = similar(someone("officer1"), "春柳苑的电梯停了", name="林秋芬", shown=20)
        assert "姓名读音相近" not in [row.reasons[0] for row in found if row.petition == secret]
        assert self.lift in [row.petition for row in found]

    def test_nothing_alike_nothing_shown(self):
        assert similar(someone("clerk1"), "申请办理老年优待证") == []
        assert similar(someone("clerk1"), "") == []

    def test_not_itself(self):
        found = similar(someone("clerk1"), "春柳苑三号楼电梯停运三天老人下不了楼", except_for=self.lift)
        assert self.lift not in [row.petition for row in found]

    def test_only_among_what_one_may_see(self):
        assert similar(someone_at("SQCQ"), "春柳苑三号楼电梯停运三天老人下不了楼") == []

    def test_a_report_is_similar_to_nothing_for_others(self):
        secret = report(f"举报某人收受{CANARY}一只")
        told(f"我也收到{CANARY}一只，是买的")
        index_all()
        assert secret not in [row.petition for row in similar(someone("officer1"), f"收受{CANARY}一只")]


def someone_at(code):
    return User.objects.select_related("organ__office").filter(organ__office__code=code).order_by("pk").first()
