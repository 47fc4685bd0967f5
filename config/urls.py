from django.contrib import admin
from django.urls import include, path, re_path

from api import health

from .pages import application

urlpatterns = [
    path("api/v1/", include("api.urls")),
    path("_allauth/", include("allauth.headless.urls")),
    path("operations/", admin.site.urls),
    path("healthz", health.alive),
    path("readyz", health.ready),
    # What begins with a server's own prefix and was not found above is not a page.
    re_path(r"^(?!api/|_allauth/|operations/|static/|media/).*$", application),
]

# Outside of the views of the API too, a refusal has the one form.
handler400 = "api.errors.bad_request"
handler403 = "api.errors.not_allowed"
handler404 = "api.errors.not_found"
handler500 = "api.errors.server_error"
