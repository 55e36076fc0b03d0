"""群众的地址。查询码不在其中：它在 # 之后，由浏览器填进表单，随正文提交。"""

from django.urls import include, path

from public.information import hall_screen, letter_check, offices, path_page, reception_notices, welcome, year_page
from public.progress import views
from public.requests import contact
from public.requests import views as asking

urlpatterns = [
    path("welcome/", welcome.welcome, name="public-home"),
    path("where/", offices.where, name="public-where"),
    path("where/<slug:code>/", offices.district, name="public-where-district"),
    path("leaders/", reception_notices.leaders, name="public-leaders"),
    path("figures/", year_page.figures, name="public-figures"),
    path("hall-screen/<slug:code>/", hall_screen.screen, name="hall-screen"),
    path("ways/", path_page.paths, name="public-paths"),
    path("submit/", include("public.submission.urls")),
    path("suggest/", include("public.suggestions.urls")),
    path("q", views.query, name="public-query"),
    path("q/", views.query),
    path("q/letter/", views.letter, name="public-letter"),
    path("q/rate/", views.rate, name="public-rate"),
    path("q/ask/", asking.ask, name="public-ask"),
    path("q/phone/", contact.phone, name="public-phone"),
    path("q/check/", letter_check.check, name="public-check"),
    path("route/", views.route, name="public-route"),
    path("route/poster.pdf", views.route_poster, name="public-poster"),
]
