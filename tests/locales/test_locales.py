"""The words of a language, and how one is chosen."""

import re
import subprocess
import sys
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from babel import Locale as Cldr
from babel.numbers import format_decimal
from babel.units import format_unit
from hypothesis import given
from hypothesis import strategies as st

from wtisd_model.locales import languages, locale_for
from wtisd_model.locales.locale import Locale, PluralForms

SHIPPED = {"ar", "de", "en", "es", "fr", "pt", "ru", "zh"}
LANGUAGES = sorted(languages())


class TestLanguages:
    """The six official languages of the United Nations, German and Portuguese; who reads another one gets English."""

    def test_all_eight_are_there(self) -> None:
        assert languages() >= SHIPPED

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_each_has_its_own_words_and_direction(self, language: str) -> None:
        locale = locale_for(language)
        assert locale.language == language
        assert locale.direction == {"left-to-right": "ltr", "right-to-left": "rtl"}[Cldr(language).character_order]
        labels = list(msgspec.structs.asdict(locale.labels).values())
        assert len(set(labels)) == len(labels)
        others = {each for other in LANGUAGES if other != language for each in locale_for(other).subjects.values()}
        assert not others & set(locale.subjects.values())

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_an_unbroken_date_is_the_same_date(self, language: str) -> None:
        dates, day = locale_for(language).dates, date(2027, 9, 15)
        unbroken = dates.unbroken.format_day(day)
        assert unbroken.replace("\u00a0", " ") == dates.format_day(day).replace("\u00a0", " ")
        assert " " not in unbroken[unbroken.index("15") if language != "zh" else 0 :]

    @pytest.mark.parametrize(
        ("tag", "language"),
        [
            ("fr-CH", "fr"),
            ("zh-Hant-TW", "zh"),
            ("ar-Latn", "ar"),
            *((each, "en") for each in ("xx", "ase", "fra", "fro", "est", "zha", "", "..", "__init__")),
        ],
    )
    def test_which_words_a_tag_chooses(self, tag: str, language: str) -> None:
        assert locale_for(tag).language == language

    def test_a_file_is_read_when_its_language_is_first_needed(self) -> None:
        code = (
            "import wtisd_model; from wtisd_model import locales;"
            "assert locales._load.cache_info().misses == 0;"
            "locales.locale_for('fr-CH'), locales.locale_for('fr');"
            "assert locales._load.cache_info().misses == 1"
        )
        subprocess.run([sys.executable, "-c", code], check=True, timeout=60)  # noqa: S603 - our own code

    @pytest.mark.parametrize(
        ("code", "loaded"),
        [
            ("locales.locale_for('fr')", {"fr"}),
            ("finding(Code.KEY_MISSING)", set()),
            ("finding(Code.KEY_MISSING).message", {"findings/en"}),
            ("finding(Code.TEXT_TOO_LONG, maximum=2).fix", {"findings/en", "en"}),
            ("finding(Code.KEY_MISSING).in_language('fr')", {"findings/en", "findings/fr"}),
            ("Finding(code='my-own', message='M.', fix='F.').in_language('fr')", {"findings/en"}),
            ("str(Finding(code='my-own', message='M.', fix='F.', language='fr'))", {"findings/fr"}),
        ],
    )
    def test_no_other_file_is_read(self, code: str, loaded: set[str]) -> None:
        program = (
            "from wtisd_model import Code, Finding, locales; from wtisd_model.findings import finding;"
            "read, words = [], locales.words_of;"
            f"locales.words_of = lambda *path: read.append('/'.join(path)[:-5]) or words(*path); {code}; print(*read)"
        )
        run = subprocess.run([sys.executable, "-c", program], check=True, timeout=60, capture_output=True, text=True)  # noqa: S603 - our own code
        assert {*run.stdout.split()} == loaded

    def test_a_key_that_is_missing_or_unknown_is_refused(self) -> None:
        words = msgspec.to_builtins(locale_for("en"))
        without = {key: value for key, value in words.items() if key != "subjects"}
        for wrong in (without, words | {"titles": {}}):
            with pytest.raises(msgspec.ValidationError):
                msgspec.convert(wrong, Locale)


class TestPlurals:
    """Unicode Technical Standard 35, part 3, section 5: which form a language takes for a number."""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_categories_are_those_of_cldr(self, language: str) -> None:
        rules = Cldr(language).plural_form
        locale = locale_for(language)
        assert {*locale.plurals, "other"} == {*rules.tags, "other"}
        for n in [*range(1_250), 999_999, 1_000_000, 1_000_001, 3_000_000]:
            assert locale.plural_category(n) == rules(n), n

    def test_a_sentence_takes_the_form_of_its_number(self) -> None:
        seats = PluralForms(count="capacity", one="The one seat is taken.", other="All {capacity} seats are taken.")
        english, russian = locale_for("en"), locale_for("ru")
        assert english.format(seats, {"capacity": 1}) == "The one seat is taken."
        assert english.format(seats, {"capacity": 12}) == "All 12 seats are taken."
        places = PluralForms(count="n", one="{n} место", few="{n} места", many="{n} мест", other="{n} места")
        assert [russian.format(places, {"n": n}) for n in (1, 2, 5, 11, 21)] == [
            "1 место",
            "2 места",
            "5 мест",
            "11 мест",
            "21 место",
        ]

    def test_a_sentence_without_forms_is_filled_as_it_is(self) -> None:
        assert locale_for("en").format("More than {maximum} bytes.", {"maximum": 9}) == "More than 9 bytes."


class TestDurations:
    """Unicode CLDR: the long forms of days, hours and minutes."""

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("ar", "ساعة و30 دقيقة"),
            ("de", "1 Stunde 30 Minuten"),
            ("en", "1 hour 30 minutes"),
            ("es", "1 hora y 30 minutos"),
            ("fr", "1 heure 30 minutes"),
            ("pt", "1 hora e 30 minutos"),
            ("ru", "1 час 30 минут"),
            ("zh", "1小时30分钟"),
        ],
    )
    def test_an_hour_and_a_half(self, language: str, said: str) -> None:
        assert locale_for(language).format_duration(90) == said

    def test_a_unit_that_is_zero_is_left_out_unless_there_is_no_other(self) -> None:
        russian = locale_for("ru")
        assert [russian.format_duration(minutes) for minutes in (0, 120, 1441, 3 * 1440 + 60)] == [
            "0 минут",
            "2 часа",
            "1 день 1 минута",
            "3 дня 1 час",
        ]

    # Babel has no words for Chinese units, and for Arabic and Portuguese days.
    @pytest.mark.parametrize("language", sorted({*LANGUAGES} - {"zh"}))
    @pytest.mark.parametrize(("unit", "length", "most"), [("day", 1440, 120), ("hour", 60, 23), ("minute", 1, 59)])
    def test_each_unit_is_written_as_cldr_does(self, language: str, unit: str, length: int, most: int) -> None:
        for n in range(1, most + 1) if (language, unit) not in {("ar", "day"), ("pt", "day")} else ():
            said = format_unit(n, f"duration-{unit}", locale=language)
            assert locale_for(language).format_duration(n * length) == said.replace("\u00a0", " ")


class TestNumbers:
    """Unicode CLDR: the separators of each language; Spanish does not group four digits (minimumGroupingDigits)."""

    @pytest.mark.parametrize(
        ("language", "written"),
        [
            ("ar", ["0", "999", "1,000", "12,345", "1,250.50", "1,000,000.00 CHF", "12.05 USD"]),
            ("de", ["0", "999", "1.000", "12.345", "1.250,50", "1.000.000,00 CHF", "12,05 USD"]),
            ("en", ["0", "999", "1,000", "12,345", "1,250.50", "CHF 1,000,000.00", "USD 12.05"]),
            ("es", ["0", "999", "1000", "12.345", "1250,50", "1.000.000,00 CHF", "12,05 USD"]),
            ("fr", ["0", "999", "1 000", "12 345", "1 250,50", "1 000 000,00 CHF", "12,05 USD"]),
            ("pt", ["0", "999", "1.000", "12.345", "1.250,50", "CHF 1.000.000,00", "USD 12,05"]),
            ("ru", ["0", "999", "1 000", "12 345", "1 250,50", "1 000 000,00 CHF", "12,05 USD"]),
            ("zh", ["0", "999", "1,000", "12,345", "1,250.50", "CHF 1,000,000.00", "USD 12.05"]),
        ],
    )
    def test_numbers_are_grouped_as_the_language_does(self, language: str, written: list[str]) -> None:
        numbers = locale_for(language).numbers
        plain = [numbers.format(each) for each in (0, 999, 1000, 12345, Decimal("1250.50"))]
        money = [
            numbers.format_money(Decimal("1000000.00"), "CHF"),
            numbers.format_money(Decimal("12.05"), "USD"),
        ]
        assert [re.sub("[\u00a0\u202f]", " ", each) for each in (*plain, *money)] == written

    @pytest.mark.parametrize("language", LANGUAGES)
    @given(number=st.integers(-(10**12), 10**12))
    def test_they_are_written_as_babel_writes_them(self, language: str, number: int) -> None:
        # Babel knows neither minimumGroupingDigits nor the mark before the Arabic minus.
        four = (language, len(str(abs(number)))) == ("es", 4)
        written = str(number) if four else format_decimal(number, locale=language)
        assert locale_for(language).numbers.format(number).removeprefix("\N{LEFT-TO-RIGHT MARK}") == written

    def test_an_arabic_minus_stays_before_its_digits(self) -> None:
        assert locale_for("ar").numbers.format(-12) == "\N{LEFT-TO-RIGHT MARK}-12"

    def test_an_amount_may_have_more_digits_than_a_context(self) -> None:
        amount = Decimal("12345678901234567890123456789012.50")
        assert locale_for("en").numbers.format(amount) == "12,345,678,901,234,567,890,123,456,789,012.50"

    def test_a_line_does_not_end_inside_a_number(self) -> None:
        assert locale_for("fr").numbers.format(12345) == "12\u202f345"
        assert locale_for("ru").numbers.format_money(Decimal(12345), "CHF") == "12\u00a0345\u00a0CHF"
