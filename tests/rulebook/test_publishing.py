"""发布的规则集和放假安排：写进数据库，谁也改不了。"""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from rulebook import books, timekeeping
from rulebook.city import publication, rules_pack
from rulebook.city.rules_pack import CalendarTable
from rulebook.models import CalendarDay, CalendarVersion, ClockShift, PackSetting, RuleSet, TermRow
from tests.law import CALENDAR
from tests.rulebook import REFERENCE, pack_folder

pytestmark = pytest.mark.django_db

SHORTER = '[[term]]\ncode = "D03"\nlength = 10\nsource = "青山信发〔2025〕3号第四条"\n'


@pytest.fixture
def reference():
    return publication.publish(rules_pack.read(REFERENCE), by="规则管理员")


@pytest.fixture
def city(tmp_path):
    folder = pack_folder(tmp_path, terms=SHORTER, settings="[settings]\nmax_extensions = 2\n")
    return publication.publish(rules_pack.read(folder), by="规则管理员")


def test_the_published_calendar_reads_as_the_files_do(reference):
    calendar = books.calendar_in_force()
    assert calendar.years == CALENDAR.years
    first, last = date(2021, 12, 1), date(2027, 2, 1)
    days = [first + timedelta(n) for n in range((last - first).days)]
    assert [calendar.explain(day) for day in days] == [CALENDAR.explain(day) for day in days]


def test_publishing_twice_publishes_nothing_new(reference):
    counts = (RuleSet.objects.count(), CalendarVersion.objects.count(), CalendarDay.objects.count())
    assert publication.publish(rules_pack.read(REFERENCE), by="规则管理员") == reference
    assert (RuleSet.objects.count(), CalendarVersion.objects.count(), CalendarDay.objects.count()) == counts


def test_a_pack_with_complaints_is_not_published(tmp_path):
    with pytest.raises(publication.PackRefused, match="D99"):
        publication.publish(rules_pack.read(pack_folder(tmp_path, terms='[[term]]\ncode = "D99"\n')), by="规则管理员")
    assert not RuleSet.objects.exists()


def test_a_city_reads_its_shorter_term_and_its_own_settings(city):
    terms = {term.code: term for term in books.terms_of(city)}
    assert (terms["D03"].length, terms["D03"].source) == (10, "青山信发〔2025〕3号第四条")
    assert terms["D06"].length == 60
    assert books.settings_of(city)["max_extensions"] == 2
    assert books.settings_of(city)["amber_days"] == 3


def test_each_set_holds_until_the_next_begins(city, tmp_path):
    later = rules_pack.read(pack_folder(tmp_path / "later"))
    newer = publication.publish(later, by="规则管理员", effective_from=date(2026, 7, 1))
    city.refresh_from_db()
    assert city.status == RuleSet.Status.FROZEN
    assert books.rule_set_on(date(2026, 6, 30)) == city
    assert books.rule_set_on(date(2026, 7, 1)) == newer
    with pytest.raises(books.RulesMissing, match="2025-12-31"):
        books.rule_set_on(date(2025, 12, 31))


def test_two_sets_never_begin_on_one_day_or_out_of_order(city, tmp_path):
    other = rules_pack.read(pack_folder(tmp_path / "other"))
    for starts in (date(2026, 1, 1), date(2025, 6, 1)):
        with pytest.raises(publication.PackRefused, match="更晚的施行日期"):
            publication.publish(other, by="规则管理员", effective_from=starts)


def test_a_draft_is_not_in_force():
    RuleSet.objects.create(code="x", city="青山市", effective_from=date(2020, 1, 1), content_hash="")
    with pytest.raises(books.RulesMissing):
        books.rule_set_on(date(2026, 1, 1))


def test_without_a_calendar_there_is_no_answer():
    with pytest.raises(books.RulesMissing, match="尚未发布"):
        books.calendar_in_force()


def test_the_official_table_replaces_the_provisional_one_and_the_old_one_can_still_be_read(reference):
    guessed = CalendarTable(2027, "暂定", {date(2027, 1, 1): (False, "元旦")}, provisional=True)
    first = publication.publish_calendar(guessed)
    assert books.calendar_in_force().is_provisional(date(2027, 3, 1))
    official = CalendarTable(2027, "放假通知", {date(2027, 1, 1): (False, "元旦"), date(2027, 1, 3): (True, "元旦")})
    second = publication.publish_calendar(official)
    assert (first.version, second.version) == (1, 2)
    calendar = books.calendar_in_force()
    assert calendar.version == second.pk
    assert not calendar.is_provisional(date(2027, 3, 1))
    assert calendar.is_working(date(2027, 1, 3))
    assert not books.calendar_of(first.pk).is_working(date(2027, 1, 3))


def test_a_table_not_yet_published_can_be_laid_in_the_place_of_the_old(reference):
    table = CalendarTable(2026, "更正通知", {date(2026, 3, 7): (True, "调休")})
    newest = CalendarVersion.objects.newest_id()
    looked_at = books.calendar_with(table)
    assert looked_at.is_working(date(2026, 3, 7)) and looked_at.is_working(date(2026, 2, 16))  # 旧表整张被替换
    assert not looked_at.is_working(date(2025, 10, 1))  # 别的年份照旧
    assert CalendarVersion.objects.newest_id() == newest and not books.calendar_in_force().is_working(date(2026, 3, 7))
    version = publication.publish_calendar(table, by="admin1")
    assert (version.published_by, version.year) == ("admin1", 2026)
    published = books.calendar_in_force()
    assert (published.holidays, published.makeup_workdays) == (looked_at.holidays, looked_at.makeup_workdays)


def test_of_several_tables_published_on_one_day_the_last_stands_for_the_day(reference):
    newest = CalendarVersion.objects.newest_id()
    assert [edition.calendar.version for edition in books.editions_after(0)] == [newest]
    assert books.editions_after(newest) == []
    with timekeeping.at(date(2099, 1, 5)):
        later = publication.publish_calendar(CalendarTable(2099, "通知", {}))
    [edition] = books.editions_after(newest)
    assert (edition.calendar.version, edition.published_on) == (later.pk, date(2099, 1, 5))


def test_reading_the_calendar_again_costs_one_query(reference, django_assert_num_queries):
    books.calendar_in_force()
    books.terms_of(reference)
    books.settings_of(reference)
    with django_assert_num_queries(1):
        books.calendar_in_force()
    with django_assert_num_queries(0):
        books.terms_of(reference)
        books.settings_of(reference)


def refused(*statements):
    """The database refuses each statement, in the words of the seal."""
    for statement in statements:
        with pytest.raises(IntegrityError, match="不能修改或删除"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_database_refuses_to_change_a_published_set(city):
    refused(
        "UPDATE rulebook_ruleset SET effective_from = '2020-01-01'",
        "UPDATE rulebook_ruleset SET status = 'draft'",
        "UPDATE rulebook_ruleset SET status = 'frozen', city = '别处'",
        "DELETE FROM rulebook_ruleset",
        "UPDATE rulebook_termrow SET length = 15",
        "DELETE FROM rulebook_termrow",
        f"INSERT INTO rulebook_termrow (rule_set_id, code, length, source) VALUES ({city.pk}, 'D02', 3, '')",
        "UPDATE rulebook_packsetting SET value = '3'",
        "DELETE FROM rulebook_packsetting",
        f"INSERT INTO rulebook_packsetting (rule_set_id, key, value) VALUES ({city.pk}, 'amber_days', '9')",
    )


def test_a_draft_set_may_still_be_changed(city):
    draft = RuleSet.objects.create(code="x", city="青山市", effective_from=date(2027, 1, 1), content_hash="")
    row = TermRow.objects.create(rule_set=draft, code="D02", length=5, source="某文件")
    PackSetting.objects.create(rule_set=draft, key="amber_days", value=5)
    TermRow.objects.filter(pk=row.pk).update(length=6)
    assert {term.code: term.length for term in books.terms_of(draft)}["D02"] == 6
    assert books.settings_of(draft)["amber_days"] == 5
    refused(f"UPDATE rulebook_termrow SET rule_set_id = {city.pk} WHERE id = {row.pk}")
    row.delete()


def test_the_database_refuses_to_change_a_published_calendar(reference):
    version = CalendarVersion.objects.first()
    refused(
        "UPDATE rulebook_calendarversion SET provisional = true",
        "DELETE FROM rulebook_calendarversion",
        "UPDATE rulebook_calendarday SET is_workday = NOT is_workday",
        "DELETE FROM rulebook_calendarday",
        "INSERT INTO rulebook_calendarday (version_id, day, is_workday, name) "
        f"VALUES ({version.pk}, '2027-05-01', true, '')",
    )


def test_the_clock_has_one_shift():
    ClockShift.objects.put(60)
    ClockShift.objects.put(120)
    assert ClockShift.objects.seconds() == 120
    with pytest.raises(IntegrityError), transaction.atomic():
        ClockShift.objects.create(pk=2, seconds=5)
