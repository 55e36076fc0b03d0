"""Production refuses to start half-configured, and says in a sentence what is wrong."""

import base64
import os
import secrets
import subprocess

import pytest

from launcher.places import PYTHON, ROOT

GOOD = {
    "DJANGO_SETTINGS_MODULE": "config.settings.prod",
    "DATABASE_URL": "postgres://u:p@127.0.0.1:5432/fengqiao",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "xinfang.example.cn",
    "FIELD_KEYS": base64.b64encode(secrets.token_bytes(32)).decode(),
    "LOOKUP_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
}
ASK = (
    "from django.conf import settings as s;print(s.SESSION_COOKIE_SECURE, s.CLOCK_SHIFT_ALLOWED, s.SECURE_HSTS_SECONDS)"
)


def _load(**changes: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], **GOOD, **changes}
    return subprocess.run([PYTHON, "-c", ASK], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_complete_settings_load_with_secure_cookies_and_no_shiftable_clock() -> None:
    loaded = _load()
    assert loaded.returncode == 0, loaded.stderr
    assert loaded.stdout.split() == ["True", "False", "31536000"]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", "", "没有设定环境变量 SECRET_KEY"),
        ("SECRET_KEY", "short", "SECRET_KEY 太弱"),
        ("SECRET_KEY", "a" * 80, "SECRET_KEY 太弱"),
        ("DEBUG", "1", "正式环境不能打开 DEBUG"),
        ("ALLOWED_HOSTS", "", "没有设定环境变量 ALLOWED_HOSTS"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS 不能写 *"),
        ("FIELD_KEYS", "", "没有设定环境变量 FIELD_KEYS"),
        ("FIELD_KEYS", "c2hvcnQ=", "密钥必须是 32 字节"),
        ("LOOKUP_KEY", "", "没有设定环境变量 LOOKUP_KEY"),
        ("DATABASE_URL", "", "没有设定环境变量 DATABASE_URL"),
        ("DATABASE_URL", "mysql://u:p@h/d", "只支持 PostgreSQL"),
        ("REDIS_URL", "", "没有设定环境变量 REDIS_URL"),
    ],
)
def test_a_weak_or_missing_setting_is_refused_in_a_sentence(name: str, value: str, sentence: str) -> None:
    refused = _load(**{name: value})
    assert refused.returncode != 0
    assert "ImproperlyConfigured" in refused.stderr
    assert sentence in refused.stderr
