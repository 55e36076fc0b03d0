"""人民建议的地址。编号可以进地址，查询码不行。"""

from django.urls import path

from desk.suggestions import campaign_views, views

urlpatterns = [
    path("", views.listing, name="suggestions"),
    path("new/", views.new, name="new-suggestion"),
    path("campaigns/", campaign_views.listing, name="campaigns"),
    path("campaigns/new/", campaign_views.new, name="new-campaign"),
    path("campaigns/<int:pk>/", campaign_views.campaign, name="campaign"),
    path("contributors/", campaign_views.contributors, name="contributors"),
    path("<str:serial>/", views.suggestion, name="suggestion"),
    path("<str:serial>/receipt/", views.receipt, name="suggestion-receipt"),
    path("<str:serial>/thanks/", views.thanks, name="suggestion-thanks"),
]
