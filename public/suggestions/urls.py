"""人民建议的地址。查询码和口令只在请求正文里。"""

from django.urls import path

from public.suggestions import views

urlpatterns = [
    path("", views.home, name="public-suggest"),
    path("follow/", views.follow, name="public-suggest-follow"),
    path("adopted/", views.adopted, name="public-suggest-adopted"),
    path("<int:pk>/", views.campaign, name="public-campaign"),
    path("<int:pk>/write/", views.write, name="public-suggest-write"),
]
