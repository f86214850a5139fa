"""The body of a request that arrives in chunks, for asynchronous frameworks."""

from collections.abc import AsyncIterable

from wtisd_model.codes import Code
from wtisd_model.findings import RefusedError, finding


async def join_chunks(chunks: AsyncIterable[bytes], most: int) -> bytes:
    """Return all chunks as one, and stop reading after more than *most* bytes.

    Raises:
        RefusedError: ``payload-too-large``.
    """
    body = bytearray()
    async for chunk in chunks:
        if len(body) + len(chunk) > most:
            raise RefusedError(finding(Code.PAYLOAD_TOO_LARGE, maximum=most))
        body += chunk
    return bytes(body)
