"""Django: fields of models and forms, requests and responses, which work as our own reader does."""

from tests.integrations.django_site import create_tables, database

# isort: split
import asyncio
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve
from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.models import User
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import DataError, connection, models, transaction
from django.db.migrations import Migration
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.questioner import MigrationQuestioner
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import MigrationWriter
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import AsyncClient, Client, RequestFactory
from django.test.utils import override_settings
from django.urls import path
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override

from tests.integrations.apps.django import accept
from tests.integrations.django_desk.models import Row
from tests.integrations.hostile_rows import NUMBERS, WITH_NUL, in_digits
from tests.integrations.payloads import (
    CASES,
    DOSSIER,
    EVENT,
    FRENCH,
    MARKER,
    NOW,
    STORED,
    SUBMITTED,
    Case,
    Verdict,
    assert_language,
    verdict_on,
)
from tests.samples.whole import SAMPLES
from wtisd_model import (
    Code,
    Event,
    Finding,
    Limits,
    PayloadError,
    RefusedError,
    Registration,
    Severity,
    Submission,
    clean_form,
    from_json,
    to_json,
)
from wtisd_model.findings import MOST_FINDINGS, finding
from wtisd_model.integrations.django import (
    DocumentEncoder,
    DocumentField,
    DocumentFormField,
    problem_response,
    read_submission,
    validation_error,
)
from wtisd_model.integrations.foreign_errors import OMITTED
from wtisd_model.json.builtins import to_builtins
from wtisd_model.locales import finding_texts_for

REGISTRATION = from_json(Registration, STORED)


async def accept_async(request: HttpRequest, name: str) -> HttpResponse:
    await asyncio.sleep(0)
    return accept(request, name)


def load(_request: HttpRequest) -> HttpResponse:
    return JsonResponse(from_json(Event, b"{}"), DocumentEncoder, safe=False)


class RowAdmin(ModelAdmin):  # type: ignore[type-arg]  # it has none at run time
    """The pages of an office, with documents in a list and in a form."""

    list_display = ("pk", "event")


OFFICE = AdminSite()
OFFICE.register(Row, RowAdmin)

urlpatterns = [
    path("admin/", OFFICE.urls),
    path("async/<name>", accept_async),
    path("stored/damaged", load),
    path("<name>", accept),
]


@pytest.fixture(autouse=True)
def _urls() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.fixture(scope="module")
def _database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with database(tmp_path_factory.mktemp("django")):
        create_tables()
        yield


@pytest.fixture
def _rows(_database: None) -> Iterator[None]:
    """Undo the changes of a test."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def verdict_of(error: ValidationError) -> Verdict:
    """Return the verdict of errors, which say nothing of the payload."""
    assert MARKER not in f"{error} {error!r} {error.messages}"
    lines = [each for each in error.error_list if each.code != OMITTED]
    return tuple(f"{each.code} {(each.params or {})['pointer']}".rstrip() for each in lines)


def verdict_of_form(kind: Any, value: Any) -> Verdict:
    try:
        made: Any = DocumentFormField(kind).clean(value)
        if isinstance(made, Submission):
            made.accept(DOSSIER, now=NOW).value_or_raise()
    except ValidationError as error:
        return verdict_of(error)
    except PayloadError as error:
        return verdict_on(error.findings)
    return ()


def verdict_of_model(cls: type, value: Any) -> Verdict:
    try:
        DocumentField(cls).clean(value, None)
    except ValidationError as error:
        return verdict_of(error)
    return ()


def desk() -> ProjectState:
    """Return the app with our fields as a state that migrations lead to."""
    state = ProjectState()
    state.add_model(ProjectState.from_apps(apps).models["django_desk", "row"])
    return state


def changes(before: ProjectState, after: ProjectState) -> dict[str, list[Migration]]:
    questioner = MigrationQuestioner({"ask_initial": True})
    found: dict[str, list[Migration]] = MigrationAutodetector(before, after, questioner).changes(MigrationGraph())
    return found


@pytest.mark.parametrize("case", CASES, ids=repr)
class TestTable:
    """Every payload has the verdict that the reader has, and an answer without its values."""

    def test_of_the_text_in_a_form(self, case: Case) -> None:
        assert verdict_of_form(case.kind, case.payload.decode()) == case.verdict

    def test_of_plain_values_in_a_model_or_form(self, case: Case) -> None:
        if case.document == {}:
            with pytest.raises(ValidationError, match="This field is required"):
                DocumentFormField(case.kind).clean(case.document)
        elif isinstance(case.document, dict):
            assert verdict_of_form(case.kind, case.document) == case.verdict
        if not case.submission:
            assert verdict_of_model(case.cls, case.document) == case.verdict


class TestReadSubmission:
    """The body is read as it is; how much of it, is limited."""

    def test_no_more_is_read_than_the_limit(self) -> None:
        request = RequestFactory().post("/", b" " * 3_000_000, "application/json")
        read_submission(request, Registration)
        assert len(request.read()) == 1_999_999

    def test_a_body_that_something_else_has_looked_at_is_there(self) -> None:
        request = RequestFactory().post("/", b"{}", "application/json")
        assert request.body == b"{}"
        assert read_submission(request, Registration).payload == b"{}"

    def test_a_class_that_nobody_submits_is_a_mistake_of_the_program(self) -> None:
        request = RequestFactory().post("/", b"{}", "application/json")
        with pytest.raises(TypeError, match="Event cannot be a submission"):
            read_submission(request, Event)
        assert request.read() == b"{}"


class TestMiddleware:
    """A refusal is answered, in synchronous and asynchronous views; other errors are not its business."""

    def test_an_asynchronous_view_can_refuse(self) -> None:
        response = asyncio.run(AsyncClient().post("/async/Registration", b"{}", "application/json"))
        assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")

    def test_another_error_is_not_taken_for_a_refusal(self) -> None:
        with pytest.raises(KeyError):
            Client().post("/Nothing", b"{}", "application/json")

    def test_a_stored_document_that_cannot_be_read_is_an_error_of_the_server(self) -> None:
        with pytest.raises(PayloadError):
            Client().get("/stored/damaged")


@pytest.mark.usefixtures("_rows")
class TestModel:
    """A document is stored as its JSON, and comes back as an object."""

    def test_a_stored_document_is_read_as_an_equal_one(self) -> None:
        Row.objects.create(registration=REGISTRATION, event=EVENT)
        row = Row.objects.get()
        assert (row.registration, row.event) == (REGISTRATION, EVENT)
        with connection.cursor() as cursor:
            [(raw,)] = cursor.execute("SELECT registration FROM django_desk_row").fetchall()
        assert json.loads(raw) == json.loads(to_json(REGISTRATION))

    def test_none_is_null(self) -> None:
        row = Row.objects.create(registration=REGISTRATION)
        row.full_clean()
        assert Row.objects.get(event__isnull=True).event is None
        with pytest.raises(ValidationError) as raised:
            Row().full_clean()
        assert [each.code for each in raised.value.error_dict["registration"]] == ["null"]

    def test_plain_values_become_an_object_in_full_clean(self) -> None:
        row = Row(registration=STORED)
        row.full_clean()
        assert row.registration == REGISTRATION

    def test_all_errors_of_all_fields_come_at_once(self) -> None:
        row = Row(registration={**STORED, "mode": "onsite", "country": "UK", "needs": MARKER}, event="")
        with pytest.raises(ValidationError) as raised:
            row.full_clean()
        errors = raised.value.error_dict
        assert {name: [each.code for each in errors[name]] for name in errors} == {
            "registration": ["country-unknown", "value-unknown", "wrong-type"],
            "event": ["wrong-type"],
        }
        first = errors["registration"][1]
        assert first.params == {"pointer": "/mode", "choices": "on-site, remote", "suggestion": "on-site"}
        assert first.messages == [
            '/mode: Not one of the allowed values. Did you mean "on-site"? Use one of: on-site, remote.'
        ]

    @pytest.mark.parametrize("value", [{}, {**STORED, "mode": MARKER}, json.dumps(STORED), EVENT])
    def test_nothing_else_can_be_stored(self, value: Any) -> None:
        saved = Row.objects.create(registration=REGISTRATION)
        saved.registration = value
        for store_it in (
            saved.save,
            lambda: Row.objects.create(registration=value),
            lambda: Row.objects.bulk_create([Row(registration=value)]),
            lambda: Row.objects.bulk_update([saved], ["registration"]),
            lambda: Row.objects.update(registration=value),
        ):
            with pytest.raises(ValidationError) as raised, transaction.atomic():
                store_it()
            assert MARKER not in str(raised.value)
        assert Row.objects.get().registration == REGISTRATION

    def test_many_are_stored_at_once(self) -> None:
        rows = Row.objects.bulk_create([Row(registration=STORED), Row(registration=REGISTRATION)])
        for row in rows:
            row.event = EVENT
        Row.objects.bulk_update(rows, ["event"])
        Row.objects.filter(event=EVENT).update(registration=models.F("registration"))
        assert {(row.registration, row.event) for row in Row.objects.all()} == {(REGISTRATION, EVENT)}

    @pytest.mark.parametrize(
        "raw", [json.dumps({**STORED, "mode": MARKER, "country": "UK"}), "null", '"text"', '{"id": "r"}']
    )
    def test_bad_data_in_the_database_is_a_clear_error(self, raw: str) -> None:
        Row.objects.create(registration=REGISTRATION)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE django_desk_row SET registration = %s", [raw])
        with pytest.raises(DataError) as raised:
            Row.objects.get()
        assert str(raised.value).startswith("django_desk.Row.registration does not hold a valid Registration.\n[")
        assert MARKER not in repr(raised.value)

    def test_bad_data_can_be_looked_at_and_mended(self) -> None:
        row = Row.objects.create(registration=REGISTRATION)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE django_desk_row SET registration = %s", [json.dumps({**STORED, "mode": "onsite"})])
        raw = Row.objects.values_list(Cast("registration", models.JSONField()), flat=True).get(pk=row.pk)
        Row.objects.filter(pk=row.pk).update(registration={**raw, "mode": "on-site"})
        assert Row.objects.get().registration == REGISTRATION

    def test_a_document_above_the_limits_of_a_payload_comes_back(self) -> None:
        large = from_json(
            Registration,
            {**STORED, "extensions": {f"example.org:{number}": "x" * 15_000 for number in range(80)}},
            limits=Limits(bytes=2_000_000),
        )
        assert len(to_json(large)) > 1_000_000
        Row.objects.create(registration=large)
        assert Row.objects.get().registration == large


class TestPostgresql:
    """JSONB returns all digits of a number, and refuses U+0000."""

    POSTGRESQL = SimpleNamespace(vendor="postgresql", ops=connection.ops)

    def test_a_number_comes_back(self) -> None:
        field = DocumentField(Registration)
        stored = in_digits(field.get_db_prep_save(NUMBERS, self.POSTGRESQL))
        assert max(map(len, re.findall("[-.0-9]+", stored))) == 327
        assert field.from_db_value(stored, None, None) == NUMBERS

    @pytest.mark.parametrize(("made", "paths"), WITH_NUL)
    def test_u_0000_is_refused_before_it_is_sent(self, made: Any, paths: list[str]) -> None:
        with pytest.raises(ValidationError) as raised:
            DocumentField(type(made)).get_db_prep_save(made, self.POSTGRESQL)
        assert verdict_of(raised.value) == tuple(f"text-control {path}" for path in paths)

    def test_null_is_stored(self) -> None:
        assert DocumentField(Registration).get_db_prep_save(None, self.POSTGRESQL) is None


@pytest.mark.usefixtures("_rows")
class TestQueries:
    """Lookups are those of JSONField, by the keys of the JSON."""

    @pytest.fixture(autouse=True)
    def _two(self, _rows: None) -> None:
        remote = from_json(Registration, {**STORED, "id": "r-2", "mode": "remote"})
        Row.objects.bulk_create([Row(registration=REGISTRATION, event=EVENT), Row(registration=remote)])

    @pytest.mark.parametrize(
        ("lookups", "count"),
        [
            ({"registration__mode": "remote"}, 1),
            ({"registration__mode__in": ["remote", "on-site"]}, 2),
            ({"registration__participant__email__icontains": MARKER}, 2),
            ({"registration__submittedAt__lt": "2024"}, 2),
            ({"registration__has_key": "extensions"}, 0),
            ({"registration__country__isnull": True}, 2 if REGISTRATION.country is None else 0),
            ({"event__sessions__0__id": EVENT.sessions[0].id}, 1),
            ({"event__sessions__0__slot": EVENT.sessions[0].slot}, 1),
            ({"registration": REGISTRATION}, 1),
            ({"registration__mode": REGISTRATION.mode}, 1),
            ({"event": EVENT}, 1),
            ({"event__isnull": True}, 1),
            ({"event": None}, 0),
        ],
    )
    def test_a_filter_finds(self, lookups: dict[str, Any], count: int) -> None:
        assert Row.objects.filter(**lookups).count() == count

    def test_members_are_plain_json(self) -> None:
        rows = Row.objects.order_by("registration__id")
        assert {*rows.values_list("registration__mode", flat=True)} == {"on-site", "remote"}
        assert [*rows.values_list("event__sessions__0__id", flat=True)].count(None) == 1
        assert rows.values("registration__participant").first() == {
            "registration__participant": to_builtins(REGISTRATION.participant)
        }
        assert rows.aggregate(last=models.Max("registration__mode")) == {"last": "remote"}
        inner = Row.objects.filter(pk=models.OuterRef("pk")).values("registration__mode")
        assert {*rows.values_list(models.Subquery(inner), flat=True)} == {"on-site", "remote"}

    def test_whole_documents_are_objects(self) -> None:
        assert REGISTRATION in Row.objects.values_list("registration", flat=True)
        inner = Row.objects.filter(pk=models.OuterRef("pk")).values("registration")
        assert REGISTRATION in Row.objects.values_list(models.Subquery(inner), flat=True)

    def test_a_fixture_has_plain_json(self) -> None:
        first = json.loads(serializers.serialize("json", Row.objects.all()))[0]
        assert first["fields"] == {"registration": to_builtins(REGISTRATION), "event": to_builtins(EVENT)}

    @pytest.mark.parametrize("form", ["json", "jsonl", "python"])
    def test_fixtures_come_back(self, form: str) -> None:
        text = serializers.serialize(form, Row.objects.all())
        again: list[Any] = [each.object for each in serializers.deserialize(form, text)]
        assert [(each.registration, each.event) for each in again] == [
            (each.registration, each.event) for each in Row.objects.all()
        ]


class TestField:
    """A field is declared by the class of a document, and by its name in migrations."""

    def test_its_arguments_make_it_again(self) -> None:
        field = DocumentField(Registration, "what was sent", null=True)
        _, where, arguments, options = field.deconstruct()
        assert where == "wtisd_model.integrations.django.DocumentField"
        assert (arguments, options) == (["Registration"], {"verbose_name": "what was sent", "null": True})
        again = DocumentField(*arguments, **options)
        assert (again.document, again.verbose_name, again.null) == (Registration, "what was sent", True)

    @pytest.mark.parametrize("document", [int, "int", Submission[Registration], Submission])
    def test_it_holds_documents_only(self, document: Any) -> None:
        with pytest.raises(TypeError, match="Not a document class"):
            DocumentField(document)

    @pytest.mark.parametrize("document", [int, "Registration", Submission, Submission[Event]])
    def test_a_form_has_documents_and_submissions_only(self, document: Any) -> None:
        with pytest.raises(TypeError):
            DocumentFormField(document)

    def test_a_migration_is_written_and_applied_once(self, tmp_path: Any) -> None:
        [migration] = changes(ProjectState(), desk())["django_desk"]
        text = MigrationWriter(migration).as_string()
        assert "wtisd_model.integrations.django.DocumentField('Registration', verbose_name='what was sent')" in text
        assert "wtisd_model.model" not in text
        names: dict[str, Any] = {}
        exec(text, names)  # noqa: S102 - Django wrote it
        made: Migration = names["Migration"]("0001_initial", "django_desk")
        with database(tmp_path):
            with connection.schema_editor() as editor:
                state = made.apply(ProjectState(), editor)
            historical: Any = state.apps.get_model("django_desk", "Row")
            historical.objects.create(registration=REGISTRATION)
            assert historical.objects.get().registration == REGISTRATION
        assert changes(state, desk()) == {}


class Desk(forms.Form):
    """A form of somebody else, with our fields in it."""

    sent = DocumentFormField(Submission[Registration])
    event = DocumentFormField(Event, required=False)


class RowForm(forms.ModelForm):  # type: ignore[type-arg]  # it has none at run time
    """The form that Django makes of a model."""

    class Meta:
        model = Row
        fields = ("registration", "event")


class TestForm:
    """A form takes JSON as text, or the result of `clean_form` for a form with a field for each value."""

    def test_a_text_is_a_submission(self) -> None:
        form = Desk({"sent": json.dumps(SUBMITTED), "event": to_json(EVENT).decode()})
        assert form.is_valid()
        assert form.cleaned_data["sent"].accept(DOSSIER, now=NOW).ok
        assert form.cleaned_data["event"] == EVENT

    def test_fields_of_html_are_a_submission(self) -> None:
        sent = MultiValueDict({"eventUid": [SUBMITTED["eventUid"]], "mode": ["remote"], "participant.name": ["P 1"]})
        form = Desk({"sent": clean_form(Registration, sent)})
        assert form.is_valid()
        assert form.cleaned_data["event"] is None
        outcome = form.cleaned_data["sent"].accept(DOSSIER, now=NOW)
        assert verdict_on(outcome.findings) == ("participant-incomplete /participant/email",)

    def test_a_refusal_by_rules_can_be_shown_in_the_form(self) -> None:
        form = Desk({"sent": {**SUBMITTED, "mode": "on-site"}})
        assert form.is_valid()
        with pytest.raises(PayloadError) as raised:
            form.cleaned_data["sent"].accept(DOSSIER, now=NOW).value_or_raise()
        form.add_error("sent", validation_error(raised.value))
        assert [each.code for each in form.errors.as_data()["sent"]] == ["seats-exceeded"]

    def test_omitted_findings_are_counted(self) -> None:
        field = DocumentFormField(Registration)
        with pytest.raises(ValidationError) as raised:
            field.clean({f"key {number}": 1 for number in range(MOST_FINDINGS + 15)})
        *_, last = raised.value.error_list
        assert len(raised.value.error_list) == MOST_FINDINGS + 1
        assert (last.code, last.params) == (OMITTED, {"omitted": 20, "pointer": ""})

    @pytest.mark.parametrize("typed", ["{", '{"mode": "remote", "mode": "on-site"}'])
    def test_the_typed_text_stays_in_the_form(self, typed: str) -> None:
        form = Desk({"sent": json.dumps(SUBMITTED), "event": typed})
        assert not form.is_valid()
        assert form["event"].value() == typed

    def test_a_repeated_key_is_refused(self) -> None:
        assert verdict_of_form(Registration, '{"mode": "remote", "mode": "on-site"}') == ("key-repeated",)

    def test_errors_are_shown_with_percent_signs_and_warnings_are_not(self) -> None:
        error = Finding(code="x", message="100 % of it.", fix="Take 50 %s.")
        shown = validation_error(PayloadError(evolve(error, severity=Severity.WARNING), evolve(error, path="/a")))
        assert shown.messages == ["/a: 100 % of it. Take 50 %s."]

    def test_a_document_is_shown_as_json_and_unchanged(self) -> None:
        row = Row(registration=REGISTRATION)
        form = RowForm(instance=row)
        shown = {name: form[name].value() for name in ("registration", "event")}
        assert shown["event"] is None
        assert json.loads(shown["registration"]) == to_builtins(REGISTRATION)
        again = RowForm({"registration": shown["registration"], "event": ""}, instance=row)
        assert (again.is_valid(), again.has_changed()) == (True, False)
        assert again.save(commit=False).registration == REGISTRATION
        assert RowForm({"registration": "{}", "event": ""}, instance=row).has_changed()

    def test_a_field_that_is_disabled_keeps_its_document(self) -> None:
        form = Desk({"sent": json.dumps(SUBMITTED)}, initial={"event": EVENT})
        form.fields["event"].disabled = True
        assert form.is_valid()
        assert form.cleaned_data["event"] == EVENT


@pytest.mark.usefixtures("_rows")
class TestAdmin:
    """The admin shows, refuses and saves documents."""

    @pytest.fixture
    def office(self) -> Client:
        client = Client()
        client.force_login(User.objects.create_superuser("office"))
        return client

    def test_it_lists_and_shows_them(self, office: Client) -> None:
        row = Row.objects.create(registration=REGISTRATION, event=EVENT)
        listed = office.get("/admin/django_desk/row/").content.decode()
        assert EVENT.uid in listed
        page = office.get(f"/admin/django_desk/row/{row.pk}/change/").content.decode()
        assert "&quot;eventUid&quot;" in page

    def test_it_shows_the_findings_of_a_bad_document(self, office: Client) -> None:
        wrong = json.dumps({**STORED, "mode": "onsite"})
        page = office.post("/admin/django_desk/row/add/", {"registration": wrong, "event": ""}).content.decode()
        assert "/mode: Not one of the allowed values. Did you mean &quot;on-site&quot;?" in page
        assert not Row.objects.exists()

    def test_it_saves_a_good_one(self, office: Client) -> None:
        good = json.dumps(STORED)
        response = office.post("/admin/django_desk/row/add/", {"registration": good, "event": ""})
        assert response.status_code == 302
        assert Row.objects.get().registration == REGISTRATION


class TestEncoder:
    """Objects may be anywhere in the JSON that Django writes."""

    @pytest.mark.parametrize("made", SAMPLES, ids=lambda made: type(made).__name__)
    def test_every_class_is_written_as_its_json(self, made: Any) -> None:
        assert json.loads(JsonResponse({"made": made}, DocumentEncoder).content) == {"made": to_builtins(made)}

    def test_other_objects_are_written_as_django_does(self) -> None:
        assert json.loads(json.dumps(timedelta(hours=1), cls=DocumentEncoder)) == "P0DT01H00M00S"


class TestLanguage:
    """RFC 9110 section 12.5.4: a response is in the language that the request prefers, and says so."""

    def test_without_a_request_it_is_in_english(self) -> None:
        response = problem_response(RefusedError(finding(Code.KEY_MISSING, "/mode")))
        assert_language("en", response.headers, response.content, varies=False)

    @pytest.mark.parametrize(("tag", "language"), [("es-mx", "es"), ("zh-hans", "zh"), ("pt-br", "pt"), ("it", "en")])
    def test_the_language_of_the_locale_middleware_comes_first(self, tag: str, language: str) -> None:
        middleware = ["django.middleware.locale.LocaleMiddleware", *settings.MIDDLEWARE]
        client = Client(headers=FRENCH)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = tag
        with override("en"), override_settings(MIDDLEWARE=middleware):
            response = client.post("/Registration", b"{}", "application/json")
        assert_language(language, response.headers, response.content)

    @pytest.mark.parametrize(("tag", "language"), [("en-us", "en"), ("es-mx", "es"), ("de", "de"), ("it", "en")])
    def test_errors_of_a_form_are_in_the_active_language(self, tag: str, language: str) -> None:
        with override(tag):
            (error,) = validation_error(PayloadError(finding(Code.KEY_MISSING, "/mode"))).messages
        text = finding_texts_for(language).codes["key-missing"]
        assert error == f"/mode: {text.message} {text.fix}"
