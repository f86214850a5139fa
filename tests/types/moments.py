"""Moments near the changes of the clocks, the zones to show them in, and values that are not moments."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from wtisd_model.data.zones import ZONES

NAIVE = datetime(2023, 5, 17, 14, 30)
NOT_MOMENTS = [(NAIVE, "moment-naive"), (date(2023, 5, 17), "wrong-type"), ("2023-05-17T12:30:00Z", "wrong-type")]

ZONE_NAMES = st.sampled_from(["UTC", *sorted(ZONES)])
# Nights when clocks are changed in Zurich, on Lord Howe and in St. John's, and any other time.
NIGHTS = [datetime(2023, 3, 26), datetime(2023, 10, 29), datetime(2023, 4, 1, 14), datetime(2010, 11, 7, 1)]
MOMENTS = st.one_of(
    st.tuples(st.sampled_from(NIGHTS), st.integers(0, 12 * 3600)).map(
        lambda drawn: (drawn[0] + timedelta(seconds=drawn[1])).replace(tzinfo=UTC)
    ),
    st.datetimes(datetime(1970, 1, 3), datetime(2199, 12, 1)).map(
        lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
    ),
)
