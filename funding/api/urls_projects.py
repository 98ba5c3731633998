"""Addresses of the API: projects."""

from funding.api import projects
from portal.api.views import serve

urlpatterns = [
    serve("projects/", "api-projects", get=projects.list_projects, post=projects.start_application),
    serve("projects/<uuid:pk>/", "api-project", get=projects.show_project, put=projects.save_application),
    serve("projects/<uuid:pk>/contract/", "api-project-contract", post=projects.attach_labour_contract),
    serve("projects/<uuid:pk>/submission/", "api-project-submit", post=projects.submit_application),
    serve("projects/<uuid:pk>/recommendation/", "api-project-recommend", post=projects.recommend_application),
    serve("projects/<uuid:pk>/check/", "api-project-check", post=projects.check_application),
    serve("projects/<uuid:pk>/return/", "api-project-return", post=projects.return_application),
    serve("projects/<uuid:pk>/rejection/", "api-project-reject", post=projects.reject_application),
    serve("projects/<uuid:pk>/end/", "api-project-end", post=projects.end_award),
]
