"""边界案例对照表是最新的，七十例一例不少，用例的编号都在表里。"""

from tests.law import edge_map


def test_the_map_of_edge_cases_is_current():
    printed = edge_map.TABLE.read_text(encoding="utf-8")
    assert printed == edge_map.edge_map(), "请运行 .venv/bin/python -m tests.law.edge_map"


def test_every_case_has_its_row():
    assert [case["编号"] for case in edge_map.cases()] == [f"E{number:02}" for number in range(1, 71)]
    assert all(all(case.values()) for case in edge_map.cases())


def test_every_numbered_test_names_a_case_of_the_table():
    assert set(edge_map.tests_by_case()) <= {case["编号"] for case in edge_map.cases()}
