"""群众的首页：要办的事都从这里进去，一句话说清每一处办什么。"""

from django.contrib.auth.decorators import login_not_required
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from public.frame import draw

# （图标，名称，说明，地址）；先是要办的事，后是要看的事
ERRANDS = (
    ("pen", _("网上提交"), _("反映问题、提出请求。不用注册，可以边填边存"), "/submit/"),
    ("search", _("查办理进度"), _("凭回执上的查询码，看办到哪一步，补充材料，评价"), "/q/"),
    ("bulb", _("提建议"), _("对城市和社区的好主意，可以不留姓名"), "/suggest/"),
    ("ok", _("核对文书真伪"), _("凭文号和校验码，看收到的文书是不是真的"), "/q/check/"),
)
ANSWERS = (
    ("map", _("到哪里去、什么时间去"), _("各信访接待场所的地址、接待时间、电话、怎么去"), "/where/"),
    ("cal", _("领导接访公告"), _("哪位领导、什么时间、在哪里接待群众来访"), "/leaders/"),
    ("table", _("办理路线图"), _("六步怎么走、每一步几天、您会收到什么"), "/route/"),
    ("scale", _("法定途径"), _("哪一类事由哪个机关按什么程序办，期限多长"), "/ways/"),
    ("chart", _("年度数据"), _("一年收到多少、办得怎样、群众满意不满意"), "/figures/"),
)


@login_not_required
@require_safe
def welcome(request):
    """The first page of the citizens' door."""
    return draw(request, "public/welcome.html", {"groups": ((_("办事"), ERRANDS), (_("查看"), ANSWERS))})
