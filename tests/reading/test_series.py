"""The uids of occurrences."""

from datetime import UTC, date, datetime

from wtisd_model.reading.expansion import occurrence_uid


class TestOccurrenceUid:
    """docs/promises.md: the uid that a reader derives stays."""

    def test_it_depends_on_the_series_and_the_start(self) -> None:
        moment = datetime(2023, 5, 17, 9, tzinfo=UTC)
        assert occurrence_uid("e-1", moment) == "6827b76c-d8c6-5e73-914f-e8dbe141eca9"
        assert occurrence_uid("e-1", date(2023, 5, 17)) == "7ecce98a-9a01-5b2c-b8d7-6fd4fa971576"
        assert occurrence_uid("e-2", moment) != occurrence_uid("e-1", moment)
