"""The built single page app. Every route of it is the same document with a nonce of its own."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

NONCE_MARK = "__CSP_NONCE__"
NOT_BUILT = "The pages are not built yet. Run `make run`, or `npm run build` in frontend/.\n"


@require_safe
@ensure_csrf_cookie
def application(request: HttpRequest) -> HttpResponse:
    index = settings.FRONTEND_DIST / "index.html"
    if not index.is_file():
        return HttpResponse(NOT_BUILT, content_type="text/plain; charset=utf-8", status=503)
    nonce = str(request.csp_nonce)  # type: ignore[attr-defined]
    page = HttpResponse(index.read_text().replace(NONCE_MARK, nonce))
    # The document names hashed assets and carries a nonce: a stored copy would be wrong twice.
    page["Cache-Control"] = "no-store"
    return page
