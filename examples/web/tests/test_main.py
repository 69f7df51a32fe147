# SPDX-License-Identifier: MIT
import asyncio

from app.main import app


def test_says_hello():
    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(app({"type": "http"}, None, send))
    assert sent[0]["status"] == 200
    assert sent[1]["body"] == b"hello\n"
