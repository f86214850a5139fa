"""The uids that we make."""

import uuid

import pytest

from wtisd_model import InvalidValueError
from wtisd_model.types.identifiers import name_based_uid, uid_from_name


class TestOwnUid:
    """RFC 9562 section 6.5: the UUIDs from one name in one namespace at different times "MUST be equal"."""

    def test_the_letter_has_the_uid_that_is_promised(self) -> None:
        assert uid_from_name("CL-23/9") == "0afd7437-a0a7-510e-b2b6-ac4856994a8c"

    def test_it_is_a_uuid_of_version_5(self) -> None:
        made = uuid.UUID(uid_from_name("CL-23/9"))
        assert (made.version, made.variant) == (5, uuid.RFC_4122)

    def test_a_name_is_taken_as_it_is_written(self) -> None:
        composed, decomposed = "caf\u00e9", "cafe\u0301"
        assert len({uid_from_name(name) for name in (composed, decomposed, composed.upper(), "cafe")}) == 4

    @pytest.mark.parametrize(
        ("name", "code"),
        [
            ("", "text-empty"),
            (" CL-23/9", "text-outer-blank"),
            ("CL-23/9\n", "text-control"),
            ("\ud800", "text-control"),
            ("C" * 501, "text-too-long"),
            (23, "wrong-type"),
        ],
    )
    def test_a_text_that_is_not_a_single_line_is_refused(self, name: str, code: str) -> None:
        with pytest.raises(InvalidValueError) as refused:
            uid_from_name(name)
        assert [found.code for found in refused.value.findings] == [code]

    def test_any_text_has_a_uid_and_a_single_line_the_same_as_before(self) -> None:
        assert name_based_uid("CL-23/9") == uid_from_name("CL-23/9")
        assert name_based_uid("a\nb") not in {name_based_uid("a"), name_based_uid("a b")}
