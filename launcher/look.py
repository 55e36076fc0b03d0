"""python3 run.py look PATH…: what a page looks like, what axe says, how many queries it took; options in `--help`."""

import argparse
import os
import subprocess
import time
from typing import Any

from launcher.browsing import chromium, executable
from launcher.console import CannotStart, say
from launcher.environment import node_packages
from launcher.places import PYTHON, ROOT, VAR
from launcher.servers.embedded import running_instance
from launcher.servers.postgres import free_port

SIZES = {"1366": {"width": 1366, "height": 768}, "390": {"width": 390, "height": 844}}
FULL, LEAST_ZOOM, MOST_ZOOM = 100, 25, 500  # 百分比，浏览器自己的上下限
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


def look(arguments: list[str]) -> int:
    """Screenshots into var/look/; exit code 1 where a page fails, axe objects or the console complains."""
    parser = argparse.ArgumentParser(prog="python3 run.py look", description="截图、无障碍检查、查询次数")
    parser.add_argument("paths", nargs="+", metavar="路径", help="例如 / /cases/")
    parser.add_argument("--as", dest="login", metavar="登录名", help="以谁的身份看；不写就是未登录")
    parser.add_argument("--zoom", type=int, default=FULL, metavar="百分比", help="放大到百分之几看，例如 200")
    parser.add_argument("--big", action="store_true", help="群众页的大字版")
    parser.add_argument("--contrast", action="store_true", help="群众页的高对比度")
    asked = parser.parse_args(arguments)
    if not LEAST_ZOOM <= asked.zoom <= MOST_ZOOM:
        parser.error(f"--zoom 应在 {LEAST_ZOOM} 到 {MOST_ZOOM} 之间")
    executable()  # 没有浏览器的，起一套服务以前就说
    axe = _axe_source()
    instance, own = _instance()
    try:
        cookie = _session_of(asked.login, instance) if asked.login else None
        cookies = [cookie] if cookie else []
        looks = [name for name in ("big", "contrast") if getattr(asked, name)]
        cookies += [{"name": name, "value": "1", "url": instance["address"]} for name in looks]
        if asked.zoom != FULL:
            looks.append(f"zoom{asked.zoom}")
        return _walk(instance["address"].rstrip("/"), asked.paths, cookies, axe, asked.zoom, looks)
    finally:
        if own is not None:
            own.terminate()
            own.wait(60)


def _axe_source() -> str | None:
    if lack := node_packages():
        say(f"没有 axe，不做无障碍检查：{lack}。")
        return None
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()


def _instance() -> tuple[dict[str, Any], subprocess.Popen[bytes] | None]:
    """The running instance, or one started for this look (to be stopped by the caller)."""
    running = running_instance()
    if running is not None:
        return running, None
    own = subprocess.Popen([PYTHON, "-m", "launcher", "serve"], env=os.environ | {"PORT": str(free_port())})
    end = time.monotonic() + 180
    while time.monotonic() < end and own.poll() is None:
        instance = running_instance()
        if instance and instance["ready"]:
            return instance, own
        time.sleep(0.2)
    own.terminate()
    own.wait(60)
    raise CannotStart("服务没有启动成功，不能截图。")


def _session_of(login: str, instance: dict[str, Any]) -> dict[str, str]:
    """A session cookie for the user, made directly in the database: no password is needed on one's own machine."""
    os.environ["DATABASE_URL"], os.environ["REDIS_URL"] = instance["database_url"], instance["redis_url"]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.cached_db import SessionStore

    users = get_user_model()
    try:
        user = users._default_manager.get_by_natural_key(login)
    except users.DoesNotExist as fault:
        raise CannotStart(f"没有登录名为“{login}”的用户。") from fault
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": instance["address"]}


def _walk(
    address: str, paths: list[str], cookies: list[dict[str, str]], axe: str | None, zoom: int, looks: list[str]
) -> int:
    """Zoom is what a browser does: fewer CSS pixels in the same window, each drawn larger."""
    folder = VAR / "look"
    folder.mkdir(parents=True, exist_ok=True)
    bad = 0
    with chromium() as browser:
        for path in paths:
            for name, window in SIZES.items():
                context = browser.new_context(
                    viewport={side: length * FULL // zoom for side, length in window.items()},
                    device_scale_factor=zoom / FULL,
                    locale="zh-CN",
                    timezone_id="Asia/Shanghai",
                )
                context.add_cookies(cookies)
                page = context.new_page()
                complaints: list[str] = []
                page.on("console", lambda m, to=complaints: m.type in ("error", "warning") and to.append(m.text))
                page.on("pageerror", lambda e, to=complaints: to.append(str(e)))
                answer = page.goto(f"{address}/{path.lstrip('/')}")
                page.wait_for_load_state("networkidle")
                picture = folder / f"{path.strip('/').replace('/', '_') or 'home'}-{'-'.join([name, *looks])}.png"
                page.screenshot(path=str(picture), full_page=True)
                found = _axe(page, axe) if axe else []
                queries = answer.headers.get("x-query-count", "?") if answer else "?"
                say(
                    f"{path} {name}px：应答 {answer.status if answer else '无'}，"
                    f"停在 {page.url.removeprefix(address)}，查询 {queries} 次，"
                    f"横向溢出 {_overflow(page)} px，{picture.relative_to(VAR.parent)}"
                )
                for line in [*found, *complaints]:
                    say(f"    {line}")
                bad += bool(found or complaints or not answer or answer.status >= 400)
                context.close()
    return 1 if bad else 0


def _axe(page: Any, source: str) -> list[str]:
    page.evaluate(source)
    result = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", AXE_TAGS)
    return [
        f"axe {violation['impact']} {violation['id']}：{violation['help']}（{len(violation['nodes'])} 处，"
        f"如 {violation['nodes'][0]['target'][0]}）"
        for violation in result["violations"]
    ]


def _overflow(page: Any) -> int:
    return page.evaluate("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)")
