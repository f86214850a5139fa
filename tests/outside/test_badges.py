"""jsQR reads in the image of a ticket, as Chromium draws it, the ticket."""

import json
import shutil

import pytest

from tests.exports.exported import EVENT, KEY, seated
from tests.outside.node import node
from wtisd_model.exports import badges, ticket_svg, verify_ticket

pytestmark = pytest.mark.outside


class TestQrCode:
    """ISO/IEC 18004: what a reader finds is what was encoded."""

    @pytest.mark.parametrize("number", range(3))
    def test_a_scanned_ticket_is_that_of_the_badge(self, number: int) -> None:
        made = seated(id=f"r-{number}")
        (badge,) = badges([made], EVENT, key=KEY)
        task = {"chromium": shutil.which("chromium"), "svg": ticket_svg(badge.ticket).decode()}
        scanned = json.loads(node("qr_code.mjs", json.dumps(task).encode()))
        assert scanned == badge.ticket
        assert verify_ticket(scanned, [made], EVENT, key=KEY) is made
