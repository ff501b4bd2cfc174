"""MiniStack that answers no sooner than ten milliseconds after it has read a request.

Terraform's provider takes an answer that arrives before its own write has returned for a broken connection and sends
the request again, so that a create fails with "already exists": smithy-go 1.22.2 closes the request body on the answer,
and its WriteTo then gives net/http an EOF for an error. AWS is never that fast; an emulator on loopback is.
"""

import asyncio

import ministack.app as ministack

DELAY_SECONDS = 0.01
answer = ministack.app


async def unhurried(scope, receive, send):
    async def later(message):
        if message["type"] == "http.response.start":
            await asyncio.sleep(DELAY_SECONDS)
        await send(message)

    await answer(scope, receive, later)


ministack.app = unhurried
ministack.main()
