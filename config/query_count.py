"""Development only: says in two response headers how many SQL queries a page took and for how long."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse


class QueryCountMiddleware:
    """Adds X-Query-Count and X-Query-Milliseconds to every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the view with the two headers on it."""
        count, seconds = 0, 0.0

        def counted(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict) -> Any:
            nonlocal count, seconds
            begun = time.perf_counter()
            try:
                return execute(sql, params, many, context)
            finally:
                count += 1
                seconds += time.perf_counter() - begun

        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(counted))
            response = self.get_response(request)
        response["X-Query-Count"] = str(count)
        response["X-Query-Milliseconds"] = f"{seconds * 1000:.1f}"
        return response
