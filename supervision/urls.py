from django.urls import path

from supervision import (
    bounce_views,
    call_in_views,
    card_views,
    cluster_views,
    custody_views,
    incident_views,
    order_views,
    owed_views,
    sampling_views,
    views,
)

app_name = "supervision"
urlpatterns = [
    path("owed/", owed_views.listing, name="owed"),
    path("supervision/", views.board, name="board"),
    path("supervision/bounces/", bounce_views.listing, name="bounces"),
    path("supervision/clusters/", cluster_views.listing, name="clusters"),
    path("supervision/custody/", custody_views.by_organ, name="custody"),
    path("supervision/custody/<int:pk>/", custody_views.of_organ, name="custody-organ"),
    path("supervision/urge/", views.urge, name="urge"),
    path("supervision/orders/", order_views.listing, name="orders"),
    path("supervision/call-ins/new/", call_in_views.new_call_in, name="new-call-in"),
    path("supervision/call-ins/<int:pk>/", call_in_views.call_in, name="call-in"),
    path("supervision/circulars/new/", call_in_views.new_circular, name="new-circular"),
    path("supervision/circulars/<int:pk>/", call_in_views.circular, name="circular"),
    path("supervision/cards/", card_views.comparison, name="cards"),
    path("supervision/orders/new/", order_views.new, name="new-order"),
    path("supervision/incidents/", incident_views.listing, name="incidents"),
    path("supervision/incidents/new/", incident_views.new, name="new-incident"),
    path("supervision/incidents/<int:pk>/", incident_views.incident, name="incident"),
    path("supervision/incidents/<int:pk>/<int:step>/", incident_views.evidence, name="incident-evidence"),
    path("supervision/orders/<int:pk>/", order_views.order, name="order"),
    path("supervision/sampling/", sampling_views.listing, name="samples"),
    path("supervision/sampling/new/", sampling_views.new, name="new-sample"),
    path("supervision/sampling/sheets/<int:pk>/", sampling_views.sheet, name="sheet"),
    path("supervision/sampling/<int:pk>/", sampling_views.plan, name="sample"),
    path("supervision/sampling/<int:pk>/results/", sampling_views.result, name="sample-results"),
    path("supervision/sampling/<int:pk>/<int:place>/", sampling_views.pair, name="sample-pair"),
]
