"""验收：在一个运行着的实例上，由几个人在浏览器里把二十件事从登记办到办结，文书逐份打印。

python -m tests.journeys.acceptance --base http://127.0.0.1:8000 --count 20
"""

import argparse
import os
import time
from pathlib import Path

from playwright.sync_api import Error

from launcher.browsing import chromium
from launcher.console import say
from tests.journeys import roads
from tests.journeys.people import People, Stuck
from tests.journeys.stories import STORIES
from tests.journeys.walk import Walk

PASSWORD = "fengqiao-demo-2022"
PICTURES = Path(os.environ.get("DATA_DIR", "var")) / "journeys"


def main() -> int:
    """Walk them one after another, a line each; exit code 1 where one did not come to its end."""
    parser = argparse.ArgumentParser(prog="python -m tests.journeys.acceptance", description="浏览器里办完二十件事")
    parser.add_argument("--base", required=True, help="实例的地址")
    parser.add_argument("--count", type=int, default=len(STORIES), help="办几件")
    parser.add_argument("--from", dest="first", type=int, default=1, help="从第几件起")
    parser.add_argument("--password", default=PASSWORD, help="演示账户的密码")
    asked = parser.parse_args()
    chosen = STORIES[asked.first - 1 : asked.first - 1 + asked.count]
    with chromium() as browser:
        people = People(browser, asked.base.rstrip("/"), asked.password)
        done = [_one(at, road, story, people) for at, (road, story) in enumerate(chosen, asked.first)]
        people.close()
    for complaint in people.complaints:
        say(f"出错：{complaint}")
    say(f"办完 {done.count(True)} / {len(chosen)} 件")
    return 0 if all(done) and not people.complaints else 1


def _one(at: int, road: str, story, people: People) -> bool:
    walk, begun = Walk(people), time.monotonic()
    try:
        getattr(roads, road)(walk, story)
        told = _read_by_petitioner(walk, story)
    except (Stuck, AssertionError, Error) as fault:
        page = getattr(fault, "page", None)
        shown = people.picture(page, PICTURES / f"{at:02d}-{road}.png") if page else _all(people, at, road)
        say(f"{at:2d} {road} {walk.number} 没有办完，走到 {'→'.join(walk.states)}：{fault}；截图 {shown}")
        return False
    papers = "，".join(f"{paper.title}{paper.number}（{paper.size / 1024:.0f} KB）" for paper in walk.papers)
    say(
        f"{at:2d} {road} {walk.number} {story.channel}　{'→'.join(walk.states)}　文书 {len(walk.papers)} 份：{papers}"
        f"　{told}　{time.monotonic() - begun:.1f} 秒"
    )
    return True


def _read_by_petitioner(walk: Walk, story) -> str:
    """The petitioner asks with the code on the receipt; nobody can where no receipt was given."""
    if not walk.query_code:
        return "无查询码"
    told = walk.progress(story.phone[-4:])
    return f"群众看到：{told.split('当前进度')[-1].split('办理经过')[0].strip()[:40]}"


def _all(people: People, at: int, road: str) -> Path:
    """Everybody's page: it is not known on whose desk it stopped."""
    for username, page in people.pages.items():
        people.picture(page, PICTURES / f"{at:02d}-{road}-{username or 'visitor'}.png")
    return PICTURES


if __name__ == "__main__":
    raise SystemExit(main())
