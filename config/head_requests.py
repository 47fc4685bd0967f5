"""HEAD is answered with the headers of GET and no body: WSGI leaves that to the application."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def without_body(get_response: GetResponse) -> GetResponse:
    """Comes before everything else, so that Content-Length is the one of the body left out."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.method == "HEAD":
            empty(response)
        return response

    return answer


def empty(response: HttpResponseBase) -> None:
    if response.streaming:
        cast(StreamingHttpResponse, response).streaming_content = iter(())
    else:
        cast(HttpResponse, response).content = b""
