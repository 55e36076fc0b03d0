from django.urls import path

from supervision import bounce_views, cluster_views, custody_views, incident_views, owed_views, views

app_name = "supervision"
urlpatterns = [
    path("owed/", owed_views.listing, name="owed"),
    path("supervision/", views.board, name="board"),
    path("supervision/bounces/", bounce_views.listing, name="bounces"),
    path("supervision/clusters/", cluster_views.listing, name="clusters"),
    path("supervision/custody/", custody_views.by_organ, name="custody"),
    path("supervision/custody/<int:pk>/", custody_views.of_organ, name="custody-organ"),
    path("supervision/urge/", views.urge, name="urge"),
    path("supervision/orders/new/", views.new_order, name="new-order"),
    path("supervision/incidents/", incident_views.listing, name="incidents"),
    path("supervision/incidents/new/", incident_views.new, name="new-incident"),
    path("supervision/incidents/<int:pk>/", incident_views.incident, name="incident"),
    path("supervision/incidents/<int:pk>/<int:step>/", incident_views.evidence, name="incident-evidence"),
    path("supervision/orders/<int:pk>/", views.order, name="order"),
]
