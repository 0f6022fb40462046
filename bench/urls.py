"""The product's addresses, and beside them the anchor's."""

from django.urls import include, path

from bench.usual import router
from config.urls import handler403, handler404
from config.urls import urlpatterns as product

__all__ = ["handler403", "handler404", "urlpatterns"]
urlpatterns = [path("usual/", include(router.urls)), *product]
