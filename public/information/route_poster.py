"""办理路线图：现行期限的六步、其他法定途径，网页上读，或者印成一张 A3 张贴（第十八条）。"""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_noop as _

from accounts.session.languages import on_record
from documents.letters import posters
from public import frame
from public.progress import roadmap
from rulebook.books import rule_set_on, terms_of
from rulebook.timekeeping import today

KEPT = 3600  # 秒；版式随升级换了，过一小时也换
# 请求什么、由谁办、什么程序；逐条的在法定途径页
WAYS = (
    (_("打官司、对判决不服"), _("法院、检察院"), _("诉讼、再审、法律监督")),
    (_("劳动报酬、劳动关系争议"), _("劳动人事争议仲裁机构、人力社保部门"), _("仲裁、劳动监察")),
    (_("对行政处罚、许可、征收不服"), _("行政复议机关、法院"), _("行政复议、行政诉讼")),
    (_("要求查处违法行为"), _("有权处理的行政机关"), _("履行法定职责")),
    (_("不属于以上情形"), _("有权处理的机关、单位"), _("信访程序")),
)
HEAD = (_("您的请求"), _("由谁办"), _("程序"))
ABOUT = "依据《信访工作条例》。申请复查、复核的最后一天是节假日的，顺延到节后第一个工作日"


def steps_in_force() -> list[roadmap.Step]:
    """The six steps with the days of the rule set now in force."""
    return roadmap.steps(terms_of(rule_set_on(today())))


def sheet() -> bytes:
    """The poster as a PDF of one A3 page, in Chinese. Made again only where a word on it has changed."""
    with on_record():
        data = _words()
    key = "poster:" + hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
    made = cache.get(key)
    if made is None:
        # 文档日期用规则集的施行日：同样的字得同样的字节
        made = posters.poster(data, on=rule_set_on(today()).effective_from)
        cache.set(key, made, KEPT)
    return made


def _words() -> dict[str, Any]:
    city, office = frame.city_and_office()
    parts = ("no", "title", "days", "you", "we", "receive")
    foot = [f"{city}信访工作机构"]
    if office:
        told = (("接待地点", office.address), ("接待时间", office.hours), ("电话", office.phone))
        foot = [office.name, *(f"{label}：{words}" for label, words in told if words)]
    return {
        "title": "信访事项办理路线图",
        "organ": office.name if office else city,
        "about": ABOUT,
        "steps": [{name: str(getattr(step, name)) for name in parts} for step in steps_in_force()],
        "ways": [list(row) for row in (HEAD, *WAYS)],
        "foot": foot,
        "link": settings.PUBLIC_QUERY_URL,
        "scan": "扫码查办理进度",
    }
