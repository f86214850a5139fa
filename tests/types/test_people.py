"""People and bodies, as far as an event has to know them."""

from typing import Any

import pytest

from tests.refusals import refused
from tests.samples.whole import contact, organization, text
from wtisd_model import Contact, Role


class TestContact:
    """RFC 8984 Participant: a name or an e-mail address at least."""

    def test_it_has_a_name_or_an_address(self) -> None:
        assert Contact(name="Participant 1").email is None
        assert Contact(email="p1@example.org").name is None
        assert refused(lambda: contact(name=None, email=None)) == ("contact-unnamed", "")
        assert refused(Contact) == ("contact-unnamed", "")

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"name": "P\n1"}, "text-control", "/name"),
            ({"name": "\u202egpj.exe"}, "text-bidi", "/name"),
            ({"name": "\u3164"}, "text-empty", "/name"),
            ({"email": "p1@example"}, "email-malformed", "/email"),
            ({"email": "участник@example.org"}, "email-malformed", "/email"),
            ({"phone": "022 730 51 11"}, "phone-malformed", "/phone"),
            ({"language": "french"}, "language-unknown", "/language"),
            ({"roles": frozenset({"chairs"})}, "value-unknown", "/roles"),
            ({"organization": "x" * 501}, "text-too-long", "/organization"),
        ],
    )
    def test_invalid_objects_are_refused(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert refused(lambda: contact(**changes)) == (code, path)

    def test_its_roles_have_no_order(self) -> None:
        one, other = (
            contact(roles=frozenset(roles)) for roles in ([Role.CHAIR, Role.SPEAKER], [Role.SPEAKER, Role.CHAIR])
        )
        assert one == other


class TestOrganization:
    """schema.org Organization: a body that organizes, takes part or pledges."""

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"name": text("x" * 501)}, "text-too-long", "/name/text"),
            ({"name": text("ITU\u202e")}, "text-bidi", "/name/text"),
            ({"acronym": "x" * 65}, "text-too-long", "/acronym"),
            ({"unit": ""}, "text-empty", "/unit"),
            ({"email": "office"}, "email-malformed", "/email"),
            ({"membership": "Academia"}, "value-unknown", "/membership"),
            ({"country": "CHE"}, "country-unknown", "/country"),
        ],
    )
    def test_invalid_objects_are_refused(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert refused(lambda: organization(**changes)) == (code, path)
