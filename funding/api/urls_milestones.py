"""Addresses of the API: milestones."""

from funding.api import milestones
from portal.api.views import serve

urlpatterns = [
    serve("milestones/", "api-milestones", get=milestones.list_milestones),
    serve("milestones/<uuid:pk>/", "api-milestone", get=milestones.show_milestone),
    serve("milestones/<uuid:pk>/reports/", "api-milestone-report", post=milestones.report_milestone),
    serve("milestones/<uuid:pk>/acceptance/", "api-milestone-accept", post=milestones.accept_milestone),
    serve("milestones/<uuid:pk>/return/", "api-milestone-return", post=milestones.return_milestone),
]
