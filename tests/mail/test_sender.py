"""Who a mail is from and to."""

from typing import Any

import pytest
from hypothesis import given

from tests.hypothesis_profiles import LAW
from tests.samples.mails import message, texts
from wtisd_model import Contact, LocalizedText, ModelError, Organization
from wtisd_model.invitation import mail
from wtisd_model.mail.compose import parse_sender
from wtisd_model.strategies import contacts, organizations
from wtisd_model.strategies.fields import values_of
from wtisd_model.types.text import EMAIL, NAME

DESK = "desk1@example.org"


def refused(sender: Any) -> tuple[str, str]:
    with pytest.raises(ModelError) as caught:
        parse_sender(sender, "en")
    assert "desk" not in str(caught.value)
    ((code, path),) = [(each.code, each.path) for each in caught.value.findings]
    return code, path


class TestSender:
    """An address, a name and an address as a header has them, or somebody of the model."""

    @pytest.mark.parametrize(
        ("sender", "name"),
        [
            (DESK, None),
            (f"<{DESK}>", None),
            (f"Desk 1 <{DESK}>", "Desk 1"),
            (f'"Desk, 1" <{DESK}>', "Desk, 1"),
            (f'"Desk \\"1\\" \\\\" <{DESK}>', 'Desk "1" \\'),
            (f"Büro 1 <{DESK}>", "Büro 1"),
            (f"<Desk> <{DESK}>", "<Desk>"),
            (f'" <{DESK}>', '"'),
        ],
    )
    def test_a_text(self, sender: str, name: str | None) -> None:
        assert parse_sender(sender, "en") == (DESK, name)

    @LAW
    @given(values_of(NAME), values_of(EMAIL))
    def test_whatever_the_model_allows_can_be_written_as_a_text(self, name: str, address: str) -> None:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        assert parse_sender(f'"{quoted}" <{address}>', "en") == (address, name)

    @given(contacts())
    def test_a_contact(self, contact: Contact) -> None:
        if contact.email is None:
            assert refused(contact) == ("sender-without-address", "/sender/email")
        else:
            assert parse_sender(contact, "en") == (contact.email, contact.name)

    @given(organizations())
    def test_an_organization(self, organization: Organization) -> None:
        if organization.email is None:
            assert refused(organization) == ("sender-without-address", "/sender/email")
        else:
            name, _ = organization.name.in_language("en")
            assert parse_sender(organization, "en") == (organization.email, name)

    def test_the_name_of_an_organization_is_in_the_readers_language(self) -> None:
        itu = Organization(name=LocalizedText(text="UIT", language="fr", translations={"en": "ITU"}), email=DESK)
        assert parse_sender(itu, "en-GB").name == "ITU"
        assert parse_sender(itu, "ru").name == "UIT"

    @pytest.mark.parametrize(
        ("sender", "code"),
        [
            ("", "email-malformed"),
            ("Desk 1", "email-malformed"),
            ("desk1@", "email-malformed"),
            (f"{DESK}, desk2@example.org", "email-malformed"),
            (f"Desk 1 <{DESK}", "email-malformed"),
            (f"{DESK}\r\nBcc: desk2@example.org", "email-malformed"),
            (f"<{DESK}\n>", "email-malformed"),
            ("Desk 1 <désk@example.org>", "email-malformed"),
            (f"Desk\r\nBcc: x <{DESK}>", "text-control"),
            (f'"Desk\\\n1" <{DESK}>', "text-control"),
            (f"Desk \u202e1 <{DESK}>", "text-bidi"),
            (f'"" <{DESK}>', "text-empty"),
            (f'" Desk" <{DESK}>', "text-outer-blank"),
            (f"{'D' * 501} <{DESK}>", "text-too-long"),
        ],
    )
    def test_a_text_that_names_nobody(self, sender: str, code: str) -> None:
        assert refused(sender) == (code, "/sender")

    @pytest.mark.parametrize("sender", [None, 1, b"desk1@example.org", ("Desk 1", DESK)])
    def test_what_cannot_send(self, sender: Any) -> None:
        with pytest.raises(TypeError, match="The sender must be"):
            parse_sender(sender, "en")


class TestOthers:
    """The recipient and the organizer of a message made by hand."""

    def test_the_recipient(self) -> None:
        (to,) = mail(message(), sender=DESK)["To"].addresses
        assert (to.addr_spec, to.display_name) == ("participant1@example.org", "Participant 1")
        assert mail(message(name=None), sender=DESK)["To"] == "participant1@example.org"
        assert mail(message(recipient=None), sender=DESK)["To"] is None

    @pytest.mark.parametrize(
        "address",
        ["a@b", "a b@example.org", "a@example.org\r\nBcc: b@example.org", "é@example.org", "\ud800@example.org"],
    )
    def test_no_address_is_trusted(self, address: str) -> None:
        with pytest.raises(ModelError) as caught:
            mail(message(recipient=address), sender=DESK)
        assert [(each.code, each.path) for each in caught.value.findings] == [("email-malformed", "/recipient")]
        with pytest.raises(ModelError) as caught:
            mail(message(texts=texts(organizer_email=address)), sender=DESK)
        assert [each.path for each in caught.value.findings] == ["/texts/organizerEmail"]

    def test_no_name_is_trusted(self) -> None:
        with pytest.raises(ModelError) as caught:
            mail(message(name="Participant\r\nBcc: x"), sender=DESK)
        assert [each.code for each in caught.value.findings] == ["text-control"]
