"""Addresses of the API that belong to no stage: its schema, its page, the person and their organisations."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("", SpectacularSwaggerSplitView.as_view(url_name="api-schema", template_name="portal/api.html"), name="api"),
]
