"""云州市规则包：文件之间互相对得上，人员和内容都是虚构的。只读文件，不用数据库。"""

import csv
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from rulebook.acts import Act
from rulebook.city.base_pack import file_of

PACK = Path(__file__).resolve().parents[2] / "citypacks" / "yunzhou"
RELATIONS = {
    "registered",
    "forwards",
    "handles",
    "co",
    "handled",
    "supervises",
    "reviews",
    "designates",
    "legal",
    "discipline",
    "sponsor",
    "any",
}
REACHES = {"self", "post", "own", "subtree", "territory", "city"}
# the system's own acts, and the citizen's
BY_NOBODY = {Act.ARRIVE, Act.DEEM_ACCEPTED, Act.DROP_REDO, Act.PROMISE, Act.RECOMPUTE, Act.REDO, Act.REVIVE}
BY_NOBODY |= {Act.SUPPLEMENT, Act.REQUEST_WITHDRAWAL, Act.REQUEST_RECUSAL}  # 信访人自己的
STORIES = {
    "registered",
    "forwarded",
    "assigned",
    "arrived",
    "objected",
    "objection_upheld",
    "disputed",
    "designated",
    "accepted",
    "accepted_amber",
    "accepted_red",
    "extended",
    "submitted",
    "returned",
    "passed",
    "issued",
    "published",
    "posted",
    "disturbed",
    "served",
    "closed",
    "declined",
    "not_again",
    "redirected",
    "led_in",
    "filed",
    "studying",
    "referred",
    "deemed_accepted",
    "merged",
    "split",
    "supervised",
    "carried",
}
IN_HAND = {
    "accepted",
    "accepted_amber",
    "accepted_red",
    "extended",
    "submitted",
    "returned",
    "passed",
    "issued",
    "published",
    "posted",
    "disturbed",
    "served",
    "supervised",
    "carried",
}


def read(name):
    with file_of(PACK, name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def column(name, field):
    return [row[field] for row in read(name)]


ORGANS = {row["code"]: row for row in read("organs.csv")}
TERRITORIES = {row["code"]: row for row in read("territories.csv")}
CATEGORIES = set(column("categories.csv", "code"))
ROLES = set(column("roles.csv", "code"))
PLACES = {row["name"]: row["territory_code"] for row in read("gazetteer.csv")}
PETITIONS = read("demo/petitions.csv")
BY_ID = {row["id"]: row for row in PETITIONS}
STORY = Counter(row["story"] for row in PETITIONS)


def split(value):
    return [part for part in value.split(";") if part]


def target_exists(target, district):
    """Whether a routing target (street, discipline, bureau:职能, city:职能 …) names an organ in this district."""
    if target == "street":
        return any(o["kind"] in ("street", "town") and o["parent_code"] == district for o in ORGANS.values())
    if target in ("discipline", "political_legal"):
        return any(o["kind"] == target and o["parent_code"] == district for o in ORGANS.values())
    where, _, function = target.partition(":")
    if where == "city":
        return any(o["level"] == "city" and o["function"] == function for o in ORGANS.values())
    territory = ORGANS[district]["territory_code"]
    here = [o for o in ORGANS.values() if o["territory_code"] == territory and not o["valid_to"]]
    return where == "bureau" and any(o["level"] == "district" and o["function"] == function for o in here)


DISTRICTS = [o["code"] for o in ORGANS.values() if o["kind"] == "government" and o["level"] == "district"]


@pytest.mark.parametrize("name", ["pack.toml", "settings.toml"])
def test_the_toml_files_can_be_read(name):
    assert tomllib.loads((PACK / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["organs.csv", "territories.csv", "roles.csv", "categories.csv", "routing.csv"])
def test_codes_are_unique(name):
    codes = column(name, "code")
    assert len(codes) == len(set(codes))


def test_the_organ_tree_hangs_together():
    seen = set()
    for organ in ORGANS.values():  # parents stand before children
        assert not organ["parent_code"] or organ["parent_code"] in seen, organ["code"]
        assert organ["territory_code"] in TERRITORIES and organ["territory_code"].startswith("110199")
        for field in ("review_code", "recheck_code", "successor_code"):
            assert not organ[field] or organ[field] in ORGANS, (organ["code"], field)
        seen.add(organ["code"])
    assert [o["code"] for o in ORGANS.values() if not o["parent_code"]] == ["YZ"]
    assert all(not t["parent_code"] or t["parent_code"] in TERRITORIES for t in TERRITORIES.values())


def test_three_districts_twelve_streets():
    levels = Counter(t["level"] for t in TERRITORIES.values())
    assert (levels["district"], levels["street"]) == (3, 12)
    assert sum(o["kind"] in ("street", "town") for o in ORGANS.values()) == 12


def test_letter_codes_are_unique_where_letters_are_issued():
    codes = [o["letter_code"] for o in ORGANS.values() if o["level"] != "section"]
    assert all(codes) and len(codes) == len(set(codes))


def test_an_abolished_organ_names_who_carries_on():
    gone = [o for o in ORGANS.values() if o["valid_to"]]
    assert gone and all(not ORGANS[o["successor_code"]]["valid_to"] for o in gone)
    assert not {o["code"] for o in gone} & {p["organ_code"] for p in read("people.csv")}


def test_rules_of_review_streets_to_district_tax_to_city_tax():
    for organ in ORGANS.values():
        if organ["kind"] in ("street", "town"):
            assert ORGANS[organ["review_code"]]["kind"] == "government" and organ["recheck_code"] == "YZ"
    vertical = [o for o in ORGANS.values() if o["kind"] == "vertical" and o["level"] == "district"]
    assert vertical and {o["review_code"] for o in vertical} == {"YZSW"}


def test_grants_speak_the_words_of_the_house():
    acts = {act.value for act in Act}
    for grant in read("grants.csv"):
        assert grant["role"] in ROLES and grant["act"] in acts, grant
        assert grant["relation"] in RELATIONS and grant["reach"] in REACHES, grant
    rows = [tuple(g.values()) for g in read("grants.csv")]
    assert len(rows) == len(set(rows))


def test_every_act_of_a_person_is_granted_to_somebody():
    assert set(Act) - {Act(act) for act in column("grants.csv", "act")} == BY_NOBODY


def test_reports_are_for_the_discipline_post_only():
    assert {g["role"] for g in read("grants.csv") if g["relation"] == "discipline"} == {"DISCIPLINE"}
    assert {g["relation"] for g in read("grants.csv") if g["role"] == "DISCIPLINE"} == {"discipline"}


def test_administrator_and_auditor_read_no_petition():
    acts = {role: {g["act"] for g in read("grants.csv") if g["role"] == role} for role in ("ADMIN", "AUDIT")}
    assert acts == {"ADMIN": {"manage_users", "configure"}, "AUDIT": {"audit"}}


def test_whoever_approves_may_approve():
    may = {g["role"] for g in read("grants.csv") if g["act"] == "approve"}
    for row in read("approvals.csv"):
        assert row["act"] in {act.value for act in Act} and set(split(row["role"])) <= may, row
    first = {(r["act"], r["organ_level"]): r for r in read("approvals.csv") if r["step"] == "1"}
    for act in ("extend", "decline", "not_again", "terminate"):
        assert {level for a, level in first if a == act} == {"street", "district", "city"}


def test_people_sit_in_organs_that_exist_and_every_role_has_one():
    people = read("people.csv")
    assert len({p["username"] for p in people}) == len({p["name"] for p in people}) == len(people) >= 70
    for person in people:
        assert person["organ_code"] in ORGANS and set(split(person["roles"])) <= ROLES, person
        assert re.fullmatch(r"010-5550\d{4}", person["phone"])
    assert {role for p in people for role in split(p["roles"])} == ROLES


def test_organs_that_handle_demo_petitions_have_people():
    staffed = {p["organ_code"] for p in read("people.csv")}
    elsewhere = {"redirected"}  # told to go there: nothing arrives
    needed = {p["organ_code"] for p in PETITIONS}
    needed |= {p["handler_code"] for p in PETITIONS if p["story"] not in elsewhere}
    assert needed <= staffed


def test_signer_is_never_the_only_person_of_a_handling_organ():
    people = read("people.csv")
    for code in {p["handler_code"] for p in PETITIONS if p["story"] in IN_HAND}:
        handlers = {p["username"] for p in people if p["organ_code"].startswith(code) and "OFFICER" in p["roles"]}
        heads = {p["username"] for p in people if p["organ_code"] == code and "HEAD" in p["roles"]}
        assert handlers and heads and not handlers & heads, code


def test_categories_have_six_digits_and_somewhere_to_go():
    for row in read("categories.csv"):
        assert re.fullmatch(r"\d{6}", row["code"])
        assert all(target_exists(row["default_target"], district) for district in DISTRICTS), row
    assert sum(bool(row["keywords"]) for row in read("categories.csv")) >= 60


def test_routing_rules_point_somewhere_and_say_why():
    rules = read("routing.csv")
    assert len(rules) >= 45
    for rule in rules:
        assert split(rule["words"]) and rule["reason"] and rule["certainty"], rule["code"]
        assert rule["category_code"] in CATEGORIES, rule["code"]
        assert all(target_exists(rule["target"], district) for district in DISTRICTS), rule["code"]


def test_places_lie_in_streets():
    assert len(PLACES) == len(read("gazetteer.csv")) >= 200
    assert {TERRITORIES[code]["level"] for code in PLACES.values()} == {"street"}


def test_petitions_refer_to_what_exists():
    assert len(BY_ID) == len(PETITIONS)
    for p in PETITIONS:
        assert p["organ_code"] in ORGANS and p["handler_code"] in ORGANS and p["category_code"] in CATEGORIES, p["id"]
        assert not p["about_organ"] or p["about_organ"] in ORGANS, p["id"]
        assert not p["accused_organ"] or p["accused_organ"] in ORGANS, p["id"]
        assert PLACES[p["place"]] == p["territory_code"], p["id"]
        assert p["story"] in STORIES and p["channel"] in {"visit", "letter", "call", "web"}, p["id"]
        assert p["kind"] in {"appeal", "suggestion", "report", "inquiry"}, p["id"]
        assert p["claims"] or p["story"] == "filed", p["id"]


def test_earlier_petitions_are_earlier():
    for p in PETITIONS:
        for field in ("repeat_of", "group_of"):
            if p[field]:
                assert int(BY_ID[p[field]]["days_ago_received"]) > int(p["days_ago_received"]), (p["id"], field)
        if p["repeat_of"]:
            assert BY_ID[p["repeat_of"]]["petitioner_name"] == p["petitioner_name"], p["id"]
        if p["story"] == "merged":
            main = BY_ID[p["group_of"]]
            assert main["handler_code"] == p["handler_code"] and main["story"] in IN_HAND, p["id"]


def test_the_days_add_up():
    for p in PETITIONS:
        days = int(p["days_ago_received"])
        steps = [int(p[f]) for f in ("forward_after", "accept_after", "done_after") if p[f]]
        assert steps == sorted(steps) and all(step <= days for step in steps) and 0 <= days <= 210, p["id"]
        running = days - int(p["accept_after"] or 0)
        if p["story"] == "accepted_amber":
            assert 45 <= running <= 60, p["id"]
        elif p["story"] == "accepted_red":
            assert running > 60, p["id"]
        elif p["story"] == "extended":
            assert 45 <= running <= 90 and 1 <= int(p["extend_days"]) <= 30, p["id"]
        elif p["story"] in ("accepted", "submitted", "returned", "passed"):
            assert running <= 60, p["id"]


def test_there_is_enough_of_everything():
    visits = [p for p in PETITIONS if p["channel"] == "visit" and int(p["people_count"]) >= 5]
    assert len(PETITIONS) >= 320
    assert STORY["accepted_amber"] >= 25 and STORY["accepted_red"] >= 12 and STORY["closed"] >= 90
    assert len(visits) >= 10 and sum(bool(p["repeat_of"]) for p in PETITIONS) >= 20
    assert STORY["objected"] + STORY["objection_upheld"] >= 8 and STORY["extended"] >= 10
    assert STORY["submitted"] >= 6 and STORY["split"] == 1
    kinds = Counter(p["kind"] for p in PETITIONS)
    assert kinds["report"] >= 5 and kinds["suggestion"] >= 15
    assert set(STORY) == STORIES


def test_group_visits_name_their_representatives():
    for p in PETITIONS:
        names = split(p["representatives"])
        assert len(names) <= 5, p["id"]
        if int(p["people_count"]) >= 5:
            assert names and names[0] == p["petitioner_name"], p["id"]


def test_a_report_names_the_accused_and_never_goes_to_them():
    for p in PETITIONS:
        confidential = p["kind"] == "report" or p["report_claims"]
        assert bool(confidential) == ("confidential" in split(p["flags"])) == bool(p["accused"]), p["id"]
        if p["kind"] == "report":
            assert ORGANS[p["handler_code"]]["kind"] == "discipline" and p["accused_organ"], p["id"]
    (letter,) = [p for p in PETITIONS if p["story"] == "split"]
    assert 1 <= int(letter["report_claims"]) <= len(split(letter["claims"])) and letter["channel"] == "letter"


def test_texts_are_each_written_and_carry_no_personal_numbers():
    texts = [p["text"] for p in PETITIONS]
    assert len(texts) == len(set(texts)) and all(40 <= len(text) <= 300 for text in texts)
    assert len({text[:12] for text in texts}) > len(texts) * 0.97  # not one template with other names
    for text in texts + column("demo/snippets.csv", "text"):
        assert not re.search(r"\d{7,}|1[3-9]\d{9}|\d{17}[\dXx]", text)


def test_petitioners_are_invented():
    staff = {p["name"] for p in read("people.csv")}
    for p in PETITIONS:
        assert not p["phone"] or re.fullmatch(r"138000\d{5}", p["phone"]), p["id"]
        assert p["petitioner_name"] not in staff, p["id"]
        if "anonymous" in split(p["flags"]):
            assert not (p["petitioner_name"] or p["phone"] or p["address"]), p["id"]
        else:
            assert p["address"].startswith("云州市"), p["id"]
            assert (p["petitioner_kind"] == "organisation") == (not p["birth"]), p["id"]


def test_replies_cover_every_category_group_by_prefix_or_fall_back():
    replies = read("demo/replies.csv")
    assert {r["outcome"] for r in replies} == {"support", "explain", "reject"}
    assert {code for r in replies for code in split(r["category_codes"])} <= CATEGORIES
    assert {r["outcome"] for r in replies if not r["category_codes"]} == {"support", "explain", "reject"}
    assert all(r["facts"] and r["opinion"] and r["basis"] for r in replies)
