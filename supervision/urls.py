from django.urls import path

from supervision import cluster_views, incident_views, views

app_name = "supervision"
urlpatterns = [
    path("supervision/", views.board, name="board"),
    path("supervision/clusters/", cluster_views.listing, name="clusters"),
    path("supervision/urge/", views.urge, name="urge"),
    path("supervision/orders/new/", views.new_order, name="new-order"),
    path("supervision/incidents/", incident_views.listing, name="incidents"),
    path("supervision/incidents/new/", incident_views.new, name="new-incident"),
    path("supervision/incidents/<int:pk>/", incident_views.incident, name="incident"),
    path("supervision/incidents/<int:pk>/<int:step>/", incident_views.evidence, name="incident-evidence"),
    path("supervision/orders/<int:pk>/", views.order, name="order"),
]
