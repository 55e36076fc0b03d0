from django.urls import path

from supervision.board import board_sheet, cluster_views, owed_views, views
from supervision.bounce import views as bounce_views
from supervision.conference import views as conference_views
from supervision.custody import views as custody_views
from supervision.hollow import views as hollow_views
from supervision.incidents import views as incident_views
from supervision.ladder import step_views
from supervision.ladder import views as reminder_views
from supervision.orders import card_views
from supervision.orders import views as order_views
from supervision.orders.call_in import views as call_in_views
from supervision.orders.evidence import views as evidence_views
from supervision.proposals import views as proposal_views
from supervision.sampling import views as sampling_views
from supervision.sandbox import ladder_views, routing_views
from supervision.statistics import callback_views, daily_views, weekly_views
from supervision.urging import views as urging_views
from supervision.watch import outage_views
from supervision.watch import views as watch_views

app_name = "supervision"
urlpatterns = [
    path("owed/", owed_views.listing, name="owed"),
    path("supervision/", views.board, name="board"),
    path("supervision/export.xlsx", board_sheet.cases, name="export"),
    path("supervision/orders/export.xlsx", board_sheet.order_list, name="export-orders"),
    path("supervision/bounces/", bounce_views.listing, name="bounces"),
    path("supervision/callbacks/", callback_views.results, name="call-backs"),
    path("supervision/clusters/", cluster_views.listing, name="clusters"),
    path("supervision/conference/", conference_views.listing, name="conference"),
    path("supervision/conference/new/", conference_views.new, name="new-conference"),
    path("supervision/conference/<int:pk>/", conference_views.decide, name="conference-decide"),
    path("supervision/custody/", custody_views.by_organ, name="custody"),
    path("supervision/custody/<int:pk>/", custody_views.of_organ, name="custody-organ"),
    path("supervision/outages/", outage_views.listing, name="outages"),
    path("supervision/outages/<int:pk>/", outage_views.decide, name="outage"),
    path("supervision/days/", daily_views.listing, name="days"),
    path("supervision/weekly/", weekly_views.report, name="weekly"),
    path("supervision/hollow/", hollow_views.listing, name="hollow"),
    path("supervision/hollow/<int:pk>/", hollow_views.check, name="hollow-check"),
    path("supervision/urge/<int:pk>/", urging_views.urging, name="urging"),
    path("supervision/urge/", views.urge, name="urge"),
    path("supervision/orders/", order_views.listing, name="orders"),
    path("supervision/call-ins/new/", call_in_views.new_call_in, name="new-call-in"),
    path("supervision/call-ins/<int:pk>/", call_in_views.call_in, name="call-in"),
    path("supervision/circulars/new/", call_in_views.new_circular, name="new-circular"),
    path("supervision/circulars/<int:pk>/", call_in_views.circular, name="circular"),
    path("supervision/cards/", card_views.comparison, name="cards"),
    path("supervision/orders/new/", order_views.new, name="new-order"),
    path("supervision/reminders/<str:number>/", reminder_views.reminders, name="reminders"),
    path("supervision/steps/", step_views.listing, name="steps"),
    path("supervision/steps/<int:pk>/leave/", step_views.leave, name="step-leave"),
    path("health", watch_views.health, name="health"),
    path("supervision/incidents/", incident_views.listing, name="incidents"),
    path("supervision/incidents/new/", incident_views.new, name="new-incident"),
    path("supervision/incidents/<int:pk>/", incident_views.incident, name="incident"),
    path("supervision/incidents/<int:pk>/<int:step>/", incident_views.evidence, name="incident-evidence"),
    path("supervision/orders/<int:pk>/evidence/", evidence_views.make, name="make-evidence"),
    path("supervision/evidence/<int:pk>/", evidence_views.evidence, name="evidence"),
    path("supervision/orders/<int:pk>/", order_views.order, name="order"),
    path("supervision/drafts/", ladder_views.listing, name="drafts"),
    path("supervision/drafts/new/", ladder_views.new, name="new-draft"),
    path("supervision/drafts/new/text/", ladder_views.new_text, name="new-draft-text"),
    path("supervision/drafts/routing/new/", routing_views.new, name="new-routing-draft"),
    path("supervision/drafts/routing/<int:pk>/", routing_views.draft, name="routing-draft"),
    path("supervision/drafts/routing/<int:pk>/cases/", routing_views.cases, name="routing-cases"),
    path("supervision/drafts/<int:pk>/", ladder_views.draft, name="draft"),
    path("proposals/", proposal_views.listing, name="proposals"),
    path("proposals/new/", proposal_views.new, name="new-proposal"),
    path("proposals/<int:pk>/", proposal_views.proposal, name="proposal"),
    path("proposals/<int:pk>/edit/", proposal_views.edit, name="proposal-edit"),
    path("proposals/<int:pk>/letter/", proposal_views.letter, name="proposal-letter"),
    path("supervision/sampling/", sampling_views.listing, name="samples"),
    path("supervision/sampling/new/", sampling_views.new, name="new-sample"),
    path("supervision/sampling/sheets/<int:pk>/", sampling_views.sheet, name="sheet"),
    path("supervision/sampling/<int:pk>/", sampling_views.plan, name="sample"),
    path("supervision/sampling/<int:pk>/results/", sampling_views.result, name="sample-results"),
    path("supervision/sampling/<int:pk>/<int:place>/", sampling_views.pair, name="sample-pair"),
]
