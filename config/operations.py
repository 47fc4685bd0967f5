"""The admin site for operators. They sign in on the product's own page, never on a second form."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect


class OperationsSite(AdminSite):
    site_header = site_title = "Countenance operations"
    index_title = "Tables"

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.user.is_authenticated:
            raise PermissionDenied
        return HttpResponseRedirect("/sign-in?" + urlencode({"next": request.get_full_path()}))


class OperationsConfig(AdminConfig):
    default_site = "config.operations.OperationsSite"
