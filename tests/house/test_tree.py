"""一棵看得见的树：一层不过十五个模块，一个名字只指一样东西，没有循环引用，规则向下直接叫得出名词。"""

import ast
import re
import subprocess
import sys
from collections import defaultdict

import pytest

from tests.house.test_acts import BASE, ROOMS

# what a module is to its package: such a name says "of this noun" and may stand in every package
ROLES = {
    "apps",
    "models",
    "querysets",
    "views",
    "forms",
    "urls",
    "tasks",
    "acts",
    "rules",
    "guards",
    "letters",
    "conftest",
    "base",
    "__main__",
}
TREES = (*ROOMS, "config", "launcher", "bench")
# 报时处处要用，而拨钟的行是模型：模型在应用就绪后才能导入
LATE = {("rulebook.timekeeping", "rulebook.models")}
ARCHITECTURE = BASE / "docs" / "architecture.md"


def modules():
    """Dotted name → path of every module but migrations and commands, whose names are Django's and the user's."""
    found = {}
    for tree in TREES:
        for path in (BASE / tree).rglob("*.py"):
            parts = path.relative_to(BASE).with_suffix("").parts
            if not {"migrations", "management"} & set(parts):
                found[".".join(parts).removesuffix(".__init__")] = path
    return found


MODULES = modules()


def test_no_folder_holds_more_than_fifteen_modules():
    folders = defaultdict(int)
    for path in MODULES.values():
        folders[str(path.parent.relative_to(BASE))] += path.name != "__init__.py"
    assert {folder: n for folder, n in folders.items() if n > 15} == {}


def test_a_name_stands_for_one_thing_in_the_whole_tree():
    named = defaultdict(list)
    for dotted, path in MODULES.items():
        if path.name != "__init__.py" and path.stem not in ROLES:
            named[path.stem].append(dotted)
    assert {name: where for name, where in named.items() if len(where) > 1} == {}


def imported_by(path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                found.add(full if full in MODULES else node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found & MODULES.keys()


def cycles(graph: dict[str, set[str]]) -> list[set[str]]:
    """The groups of modules that reach each other (Kosaraju)."""
    order, seen = [], set()
    back = defaultdict(set)
    for name, others in graph.items():
        for other in others:
            back[other].add(name)

    def walk(start, edges, out):
        stack = [(start, iter(sorted(edges[start])))]
        seen.add(start)
        while stack:
            name, rest = stack[-1]
            following = next((one for one in rest if one not in seen), None)
            if following is None:
                stack.pop()
                out.append(name)
            else:
                seen.add(following)
                stack.append((following, iter(sorted(edges[following]))))

    for name in graph:
        if name not in seen:
            walk(name, graph, order)
    seen.clear()
    groups = []
    for name in reversed(order):
        if name not in seen:
            group = []
            walk(name, back, group)
            groups.append(set(group))
    return [group for group in groups if len(group) > 1]


def test_no_module_imports_itself_by_way_of_others():
    graph = {
        dotted: {other for other in imported_by(path) - {dotted} if (dotted, other) not in LATE}
        for dotted, path in MODULES.items()
    }
    assert cycles(graph) == []


def test_a_cycle_would_be_found():
    assert cycles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [{"a", "b", "c"}]


def test_rules_name_the_models_below_them():
    """`apps.get_model` hides from the reader what is used; only migrations and walks over all models need it."""
    assert [dotted for dotted, path in MODULES.items() if "get_model(" in path.read_text()] == []


@pytest.mark.nightly
def test_each_module_can_be_imported_first():
    """In a process of its own for every module, so that no other import has smoothed the way for it."""
    bad = {}
    for dotted in MODULES:
        if dotted.split(".")[0] in {"bench", "config"} or dotted.endswith("__main__"):
            continue
        code = (
            f"import {dotted}"
            if dotted.split(".")[0] == "launcher"
            else f"import django; django.setup(); import {dotted}"
        )
        run = subprocess.run([sys.executable, "-c", code], cwd=BASE, capture_output=True, text=True)
        if run.returncode:
            bad[dotted] = run.stderr.strip().splitlines()[-1]
    assert bad == {}


def paths_named():
    return sorted(set(re.findall(r"`([\w./-]+/[\w./-]*)`", ARCHITECTURE.read_text())))


def test_every_path_of_the_picture_exists():
    assert len(paths_named()) >= 60
    assert [path for path in paths_named() if not (BASE / path).exists()] == []


def test_the_picture_answers_thirty_common_changes():
    rows = re.findall(r"^\| \d+ \|", ARCHITECTURE.read_text(), re.M)
    assert len(rows) >= 30


def test_the_glossary_knows_every_package():
    words = set(re.findall(r"`([\w/]+)/`", (BASE / "docs" / "glossary.md").read_text()))
    packages = {path.parent.relative_to(BASE) for path in MODULES.values() if path.name == "__init__.py"}
    rooms = {package for package in packages if package.parts[0] in ROOMS and len(package.parts) > 1}
    plain = {"models", "views", "templatetags"}
    assert sorted(str(package) for package in rooms if str(package) not in words and package.name not in plain) == []
