"""接口的网址。"""

from django.urls import path

from desk.api import act_endpoint, api_docs, read_endpoint, tokens

urlpatterns = [
    path("token/", tokens.Tokens.as_view(), name="api-token"),
    path("petitions/", read_endpoint.PetitionList.as_view(), name="api-petitions"),
    path("petitions/<str:number>/", read_endpoint.PetitionDetail.as_view(), name="api-petition"),
    path("petitions/<str:number>/acts/", act_endpoint.Acts.as_view(), name="api-acts"),
    path("petitions/<str:number>/acts/<str:act>/", act_endpoint.OneAct.as_view(), name="api-act"),
    path("schema/", api_docs.Schema.as_view(), name="api-schema"),
    path("docs/", api_docs.browse, name="api-docs"),
]
