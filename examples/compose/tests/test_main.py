# SPDX-License-Identifier: MIT
import asyncio

from app.main import app


def get(path):
    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(app({"type": "http", "path": path}, None, send))
    return sent[0]["status"], sent[1]["body"]


def test_says_hello():
    assert get("/") == (200, b"hello\n")


def test_is_well():
    assert get("/health") == (200, b"ok\n")


def test_has_no_other_page():
    assert get("/other")[0] == 404
