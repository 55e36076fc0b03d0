"""接口的网址。"""

from django.urls import path

from desk.api import acting, docs, reading, tokens

urlpatterns = [
    path("token/", tokens.Tokens.as_view(), name="api-token"),
    path("petitions/", reading.PetitionList.as_view(), name="api-petitions"),
    path("petitions/<str:number>/", reading.PetitionDetail.as_view(), name="api-petition"),
    path("petitions/<str:number>/acts/", acting.Acts.as_view(), name="api-acts"),
    path("petitions/<str:number>/acts/<str:act>/", acting.OneAct.as_view(), name="api-act"),
    path("schema/", docs.Schema.as_view(), name="api-schema"),
    path("docs/", docs.browse, name="api-docs"),
]
