"""检索不漏、不错、不越权：两字以上的任何一段都找得到，只在看得到的件里找。"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Organ, User
from documents.files import transcription
from documents.files.attachment_store import receive
from documents.models import Transcript
from insight.models import BigramCount, SearchDocument
from insight.search.indexing import index_all
from insight.search.normal_form import normalise, words_of
from insight.search.petition_search import TOO_SHORT, search
from petitions.intake.registration import PartyFacts
from petitions.models import Petition, PetitionAttachment
from rulebook.acts import Act
from tests.cast import do, registered, someone
from tests.insight.reports import report

CANARY = "青瓷花瓶"


def told(original, **more):
    return registered(original=original, letters_too=False, **more)


def kept_scan(petition):
    """A letter scanned into the file."""
    scan = receive(SimpleUploadedFile("来信.pdf", b"%PDF-1.7 body"), by=None, kind="letter")
    PetitionAttachment.objects.create(petition=petition, attachment=scan, title=scan.name)
    return scan


def numbers(page):
    return [row.number for row in page.rows]


def everyone():
    return User.objects.select_related("organ__office").filter(is_active=True)


@pytest.mark.django_db
class TestFinding:
    @pytest.fixture(autouse=True)
    def _city(self, city):
        pass

    def test_newest_first_and_one_page_at_a_time(self):
        made = [told(f"第{n}次反映水压不足").number for n in range(5)]
        index_all()
        first = search(someone("officer1"), "水压不足", size=3)
        second = search(someone("officer1"), "水压不足", size=3, after=first.next_key)
        assert numbers(first) + numbers(second) == made[::-1]
        assert (first.count, first.count_label, second.next_key) == (5, "5", None)

    def test_traditional_and_full_width_find_the_same(self):
        petition = told("春柳苑ＡＢ座电梯停运")
        index_all()
        for query in ("電梯停運", "ab座电梯", "ＡＢ 座"):
            assert numbers(search(someone("officer1"), query)) == [petition.number]

    def test_the_words_of_a_scan_are_found_and_found_anew_when_corrected(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        petition = told("来信反映路面塌陷")
        scan = kept_scan(petition)
        Transcript.objects.create(attachment=scan, machine_text="丁香胡同井盖缺夫", state="read")
        index_all()
        assert numbers(search(someone("officer1"), "井盖缺夫")) == [petition.number]
        transcription.correct(scan, "丁香胡同井盖缺失", by=None, edition=0)
        assert index_all() == 1 and index_all() == 0
        assert numbers(search(someone("officer1"), "井盖缺失")) == [petition.number]
        assert numbers(search(someone("officer1"), "井盖缺夫")) == []

    def test_every_word_must_stand_there(self):
        both = told("电梯停运，物业不管")
        told("电梯停运，已经修好")
        index_all()
        assert numbers(search(someone("officer1"), "物业 电梯")) == [both.number]

    @pytest.mark.parametrize("query", ["", "梯", " 。", "，"])
    def test_a_single_sign_is_refused_with_a_sentence(self, query):
        page = search(someone("officer1"), query)
        assert (page.rows, page.refusal) == ([], TOO_SHORT)

    @pytest.mark.parametrize("query", ["100%电", "a_b", "'' & ''", "\\电梯", "电梯'|'水压", "#y2026"])
    def test_signs_with_a_meaning_for_the_database_are_only_signs(self, query):
        told("水压不足", title="水压不足", claims=["恢复供水"])
        index_all()
        assert search(someone("officer1"), query).rows == []

    def test_by_identity_number_phone_name_and_case_number(self):
        party = PartyFacts(name="林秋分", id_number="11019919800101123X", phone="13800012345", address="云河区某路1号")
        petition = told("电梯停运", parties=[party])
        told("电梯停运")
        index_all()
        for query in ("11019919800101123x", "13800012345", "林秋分", petition.number):
            assert numbers(search(someone("officer1"), query)) == [petition.number], query

    def test_a_case_number_is_found_before_it_is_indexed(self):
        petition = told("电梯停运")
        assert numbers(search(someone("officer1"), petition.number)) == [petition.number]

    def test_a_withheld_name_is_not_searched(self):
        told("电梯停运", parties=[PartyFacts(name="林秋分", phone="13800012345", name_withheld=True)])
        index_all()
        assert search(someone("officer1"), "林秋分").rows == []

    def test_sealed_numbers_inside_the_text_cannot_be_found_out(self):
        told("请打13800054321找我，身份证110199198001011234")
        index_all()
        for guess in ("00054", "13800054", "19800101", "1385 4321", "1384321"):
            assert search(someone("officer1"), guess).rows == [], guess
        assert "13800054321" not in SearchDocument.objects.get().body

    def test_by_year_of_receipt(self):
        petition = told("水压不足")
        index_all()
        year = petition.received_on.year
        assert numbers(search(someone("officer1"), "水压", year=year)) == [petition.number]
        assert search(someone("officer1"), "水压", year=year - 1).rows == []

    def test_what_changed_is_indexed_again(self):
        petition = told("水压不足")
        assert index_all() == 1
        assert index_all() == 0
        Petition.objects.filter(pk=petition.pk).update(place="和顺里")
        do(petition, Act.NOTE, note="已电话联系")
        assert index_all() == 1
        assert numbers(search(someone("officer1"), "和顺里")) == [petition.number]

    def test_an_act_that_changes_no_words_leaves_the_lexemes_alone(self):
        petition = told("水压不足")
        index_all()
        counted = dict(BigramCount.objects.values_list("gram", "documents"))
        do(petition, Act.NOTE, note="已电话联系")
        index_all()
        assert dict(BigramCount.objects.values_list("gram", "documents")) == counted
        assert SearchDocument.objects.get().indexed_seq == Petition.objects.get().seq

    def test_an_excerpt_never_gives_the_original_away(self):
        petition = told("举报内容与普通诉求写在一封信里")
        Petition.objects.filter(pk=petition.pk).update(shows_original=False, excerpt="楼道照明损坏", title="楼道照明")
        index_all()
        assert search(someone("officer1"), "举报内容").rows == []
        assert numbers(search(someone("officer1"), "照明损坏")) == [petition.number]

    def test_the_number_of_queries_does_not_grow(self):
        for n in range(6):
            told(f"水压不足{n}")
        index_all()
        user = someone("officer1")
        search(user, "水压")
        with CaptureQueriesContext(connection) as few:
            search(user, "水压", size=2)
        with CaptureQueriesContext(connection) as many:
            search(user, "水压", size=6)
        assert len(few) == len(many) <= 3

    def test_beyond_a_thousand_only_1000_plus_is_said(self, monkeypatch):
        monkeypatch.setattr("insight.search.petition_search.CAPPED", 3)
        for n in range(5):
            told(f"水压不足{n}")
        index_all()
        page = search(someone("officer1"), "水压")
        assert (page.count, page.count_label) == (3, "3+")


CORPUS = [
    "春柳苑电梯停运三天，老人下不了楼",
    "春柳里電梯停運兩天",
    "柳苑路 12 号院水压不足；ＡＢ 座更低",
    "阿依古丽·买买提反映物业费 100% 涨价 a_b",
]


@pytest.mark.django_db
class TestNothingMissedNothingFalse:
    @pytest.fixture(autouse=True)
    def _corpus(self, city):
        self.made = {}
        for text in CORPUS:
            petition = told(text, title="照抄", claims=["如上"], parties=[PartyFacts(name="某某")], place="")
            fields = ["照抄", text, "如上", "某某", petition.number]
            self.made[petition.pk] = [normalise(field) for field in fields]
        index_all()
        self.user = someone("officer1")

    def standing_in(self, words):
        """The truth, worked out without the index: every word stands in some field."""
        return {pk for pk, fields in self.made.items() if all(any(word in field for field in fields) for word in words)}

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_every_stretch_of_a_text_is_found_where_it_stands_and_nowhere_else(self, data):
        text = data.draw(st.sampled_from(CORPUS))
        first = data.draw(st.integers(0, len(text) - 2))
        query = text[first : data.draw(st.integers(first + 2, len(text)))]
        words = words_of(query)
        page = search(self.user, query)
        if not words:
            assert page.refusal == TOO_SHORT
            return
        right = self.standing_in(words)
        assert {row.pk for row in page.rows} == right
        assert any(normalise(text) in self.made[pk] for pk in right)

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(query=st.text(alphabet="春柳苑里电梯停运水压路a1", min_size=2, max_size=5))
    def test_what_stands_nowhere_is_not_found(self, query):
        assert {row.pk for row in search(self.user, query).rows} == self.standing_in([normalise(query)])


@pytest.mark.django_db
class TestConfidential:
    def test_a_word_of_a_report_is_found_by_nobody_else(self, city):
        secret = report(f"举报某人收受{CANARY}一只", claims=[f"查明{CANARY}去向"])
        told("电梯停运")
        index_all()
        finders = set()
        for user in everyone():
            page = search(user, CANARY)
            if page.rows or page.count:
                finders.add(user.username)
            assert bool(page.rows) == Petition.objects.visible_to(user).filter(pk=secret.pk).exists()
        assert finders <= {"clerk1", *(user.username for user in everyone() if user.office.kind == "discipline")}

    def test_other_organs_do_not_find_ordinary_petitions_either(self, city):
        told("电梯停运")
        index_all()
        other = Organ.objects.get(code="SQCQ")
        for user in everyone().filter(organ__office=other):
            assert search(user, "电梯停运").rows == []

    def test_the_frequencies_know_nothing_of_reports(self, city):
        report(f"举报某人收受{CANARY}一只")
        index_all()
        assert not BigramCount.objects.filter(gram__in=["青瓷", "花瓶"]).exists()
        assert SearchDocument.objects.get().secrecy == 1


class TestManyHoldTheWords:
    """很多件都有这几个字的，一段一段从新往旧找：找到的、先后、翻页都和一次找全一样。"""

    @pytest.mark.parametrize("ample", [0.01, 1.5])
    def test_stretch_by_stretch_is_the_same_as_at_once(self, city, monkeypatch, ample):
        for at in range(9):
            registered(original=f"楼道灯第{at}次报修" if at % 3 else "井盖松动要求更换")
        index_all()
        user = someone("officer1")
        at_once = search(user, "楼道灯", size=2)
        monkeypatch.setattr("insight.search.petition_search.MANY", 0)
        monkeypatch.setattr("insight.search.petition_search.AMPLE", ample)
        monkeypatch.setattr("insight.search.petition_search.CAPPED", 3)
        keys, page = [], search(user, "楼道灯", size=2)
        assert page.capped and page.keys == at_once.keys[:4] and page.rows == at_once.rows
        while True:
            keys += [row.pk for row in page.rows]
            if page.next_key is None:
                break
            page = search(user, "楼道灯", size=2, after=page.next_key)
        assert keys == at_once.keys and len(keys) == 6

    def test_those_who_see_few_of_them_get_all_they_may_see(self, city, monkeypatch):
        mine = [registered(original="楼道灯坏了") for _ in range(2)]
        for _ in range(3):
            registered(by="officer.wh", organ=Organ.objects.get(code="YHWH"), original="楼道灯坏了")
        index_all()
        monkeypatch.setattr("insight.search.petition_search.MANY", 0)
        monkeypatch.setattr("insight.search.petition_search.AMPLE", 0.01)
        found = search(someone("officer1"), "楼道灯")
        assert [row.pk for row in found.rows] == [row.pk for row in reversed(mine)]
