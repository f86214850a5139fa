"""Regular expressions of dates and whole numbers, in the syntax that Python, JSON Schema and Rust share."""

FIRST_YEAR = 1970
LAST_YEAR = 2199


def _calendar_dates(years: str, leap_years: str) -> str:
    month_and_day = "(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31"
    return f"(?:{years}-(?:{month_and_day})|(?:{leap_years})-02-29)"


_LEAP_YEARS = "(?:0[48]|[2468][048]|[13579][26])"
DATE = _calendar_dates("(?:19[7-9]|2[01][0-9])[0-9]", f"19(?:7[26]|8[048]|9[26])|2[01]{_LEAP_YEARS}|2000")
"""The pattern of a calendar date in the years 1970 to 2199."""
ISSUE_DATE = _calendar_dates("(?:19|2[01])[0-9]{2}", f"(?:19|2[01]){_LEAP_YEARS}|2000")
"""The pattern of a calendar date in the years 1900 to 2199."""


def whole_below(bound: int) -> str:
    """Return the pattern of the whole numbers from 0 to *bound* - 1: first those with fewer digits."""
    digits = str(bound)
    alternatives = ["0", "[1-9]" + "[0-9]?" * (len(digits) - 2)]
    for index, digit in enumerate(map(int, digits)):
        lowest = 0 if index else 1
        if digit > lowest:
            alternatives.append(f"{digits[:index]}[{lowest}-{digit - 1}]" + "[0-9]" * (len(digits) - index - 1))
    return "|".join(alternatives)
