"""The schema, its documentation, and the answer to addresses that are none."""

from typing import Any

from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer, TemplateHTMLRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.problems import not_found
from core.api.views import PublicView


@method_decorator(gzip_page, name="dispatch")
class SchemaView(SpectacularAPIView):
    """The OpenAPI 3.1 schema."""

    authentication_classes = ()
    permission_classes = (AllowAny,)


class DocsView(SpectacularSwaggerSplitView):
    """The schema to read and to try, from files of this server alone."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    renderer_classes = [TemplateHTMLRenderer, JSONRenderer]
    template_name = "drf_spectacular/swagger_ui.html"
    template_name_js = "drf_spectacular/swagger_ui.js"


class Nowhere(PublicView):
    """404 as problem+json for any other address below the API."""

    @extend_schema(exclude=True)
    def get(self, request: Request, rest: str = "", **kwargs: Any) -> Response:
        raise not_found()

    post = put = patch = delete = get
