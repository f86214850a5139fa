"""What a web framework answers, the same for all of them."""

import json
from typing import Any

from attrs import frozen

from tests.integrations.payloads import Verdict, verdict_on_problem


@frozen
class Answer:
    """A response: to a document of the office at ``/office/Registration``, to a submission at ``/Registration``."""

    status: int
    headers: Any
    body: bytes

    @property
    def problem(self) -> tuple[int, Verdict]:
        """The status and the verdict of a response with problem details."""
        assert self.headers["Content-Type"] == "application/problem+json"
        return self.status, verdict_on_problem(json.loads(self.body))
