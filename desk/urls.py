"""工作台一侧的网址：登记、信访件、清单、查询、工作台。"""

from django.conf import settings
from django.urls import include, path

from desk import path_views
from desk.lists import letter_register, saved_searches, saved_views, search_page, views
from desk.workbench.leader_page import lead
from desk.workbench.views import workbench

urlpatterns = [
    path("", workbench, name="workbench"),
    path("lead/", lead, name="lead"),
    path("cases/", views.case_list, name="cases"),
    path("cases/views/new/", saved_views.save_view, name="save-view"),
    path("supervision/views/new/", saved_views.save_board, name="save-board-view"),
    path("cases/views/<int:pk>/drop/", saved_views.drop_view, name="drop-view"),
    path("cases/export.xlsx", views.export, name="export-cases"),
    path("exports/", include("desk.exports.urls")),
    path("letters/", letter_register.register, name="letter-register"),
    path("post/", include("desk.post.urls")),
    path("paths/", path_views.paths, name="paths"),
    path("hall/", include("desk.hall.urls")),
    path("receptions/", include("desk.receptions.urls")),
    path("suggestions/", include("desk.suggestions.urls")),
    path("callbacks/", include("desk.callbacks.urls")),
    path("handover/", include("desk.handover.urls")),
    path("search/", search_page.search_page, name="search"),
    path("search/saved/", saved_searches.saved_searches, name="saved-searches"),
    path("search/saved/<int:pk>/change/", saved_searches.change_search, name="change-search"),
    path("search/saved/<int:pk>/drop/", saved_searches.drop_search, name="drop-search"),
    path("config/calendars/", include("desk.calendars.urls")),
    path("config/models/", include("desk.classification.urls")),
    path("", include("desk.urls_register")),
    path("", include("desk.urls_cases")),
    path("api/", include("desk.urls_api")),
]

if settings.DEBUG:
    from desk.styleguide import styleguide

    urlpatterns.append(path("styleguide/", styleguide, name="styleguide"))
