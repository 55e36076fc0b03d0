"""浏览器随 npm 包来，字体随文书的包来；没有浏览器的机器上，要用它的测试点名跳过。"""

import os
import subprocess

import pytest

from launcher.places import PYTHON, ROOT

ONE = "tests/launcher/test_browsing.py::test_chinese_has_shapes_in_every_font_a_page_may_ask_for"
SHAPES = """(font, text) => {
    const paper = document.createElement('canvas').getContext('2d')
    paper.font = `40px ${font}`
    paper.fillText(text, 5, 45)
    return paper.getImageData(0, 0, 60, 60).data.join()
}"""


@pytest.mark.browser
def test_chinese_has_shapes_in_every_font_a_page_may_ask_for(browser):
    with browser.new_page() as page:
        for font in ('"Noto Sans CJK SC"', '"Noto Serif CJK SC"', "sans-serif", "serif", "monospace"):
            drawn = {page.evaluate(f"({SHAPES})({font!r}, {sign!r})") for sign in "枫桥访✓"}
            assert len(drawn) == 4, font  # 没有字形的字都画成同一个方框
        sans, serif = (page.evaluate(f"({SHAPES})({font!r}, '枫')") for font in ("sans-serif", "serif"))
        assert sans != serif


def pytest_run(**surroundings):
    command = [PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", ONE]
    return subprocess.run(command, cwd=ROOT, env=os.environ | surroundings, capture_output=True, text=True, check=False)


def test_without_a_browser_its_tests_are_skipped_by_name_and_the_run_is_green():
    done = pytest_run(CHROMIUM="/nowhere/chromium", FENGQIAO_NO_SKIPS="")
    assert done.returncode == 0, done.stdout
    assert "1 skipped" in done.stdout
    assert "跳过 1 个测试，没有浏览器：浏览器 /nowhere/chromium 不能运行" in done.stdout
    assert "tests/launcher/test_browsing.py（1）" in done.stdout


def test_where_nothing_may_be_skipped_that_fails_the_run():
    done = pytest_run(CHROMIUM="/nowhere/chromium", FENGQIAO_NO_SKIPS="1")
    assert done.returncode == 1
    assert "设了 FENGQIAO_NO_SKIPS，算作不通过" in done.stdout
