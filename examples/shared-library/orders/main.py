# SPDX-License-Identifier: MIT
"""The smallest ASGI application that has more than one page."""

PAGES = {"/": b"orders\n", "/health": b"ok\n"}


async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    page = PAGES.get(scope["path"])
    await send(
        {
            "type": "http.response.start",
            "status": 200 if page else 404,
            "headers": [(b"content-type", b"text/plain")],
        }
    )
    await send({"type": "http.response.body", "body": page or b"not here\n"})
