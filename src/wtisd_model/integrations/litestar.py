"""Litestar: our classes as bodies and responses, their schemas, and problem details as the response to a refusal.

By itself Litestar lets msgspec create and write objects of attrs classes, past our reader and writer, which the plugin
prevents. It needs Litestar: ``pip install 'wtisd-model[litestar]'``.
"""

from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, ClassVar, Final, cast

try:
    from litestar import Request, Response
except ImportError as _missing:
    raise ImportError(
        "wtisd_model.integrations.litestar needs Litestar: pip install 'wtisd-model[litestar]'", name="litestar"
    ) from _missing

import attrs
from litestar.config.app import AppConfig
from litestar.dto import AbstractDTO
from litestar.enums import MediaType, RequestEncodingType
from litestar.exceptions import ImproperlyConfiguredException
from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Reference, Schema
from litestar.params import BodyKwarg
from litestar.plugins.base import InitPlugin, OpenAPISchemaPlugin, ReceiveRoutePlugin, SerializationPlugin
from litestar.routes import BaseRoute, HTTPRoute
from litestar.typing import FieldDefinition

from wtisd_model.codes import Code
from wtisd_model.errors import PayloadError, RefusedError
from wtisd_model.findings import finding
from wtisd_model.integrations.http import problem_parts
from wtisd_model.json.builtins import component_name, from_payload, submission_type, to_builtins
from wtisd_model.json.outcome import Outcome
from wtisd_model.json.problem_details import Problem
from wtisd_model.json.schema_files import component, replace_references
from wtisd_model.objects import HooksMixin

__all__ = ["WtisdModelPlugin"]

_REFUSED: Final = ResponseSpec(
    data_container=Problem, generate_examples=False, description="Refused", media_type="application/problem+json"
)


class WtisdModelPlugin(InitPlugin, SerializationPlugin, OpenAPISchemaPlugin, ReceiveRoutePlugin):
    """The plugin that lets handlers take and return our classes: ``Litestar(plugins=[WtisdModelPlugin()])``.

    A body declared as ``Submission[Registration]`` is a document from a sender, and one declared as Registration is
    for the office. The bytes of the body are read by our reader. A body in which one of our classes is nested, such as
    ``list[Registration]``, or that is not JSON, is an ImproperlyConfiguredException when the app is created. A
    `RefusedError` becomes a response with problem details (RFC 9457), unless the app has another handler for it.
    """

    def on_app_init(self, app_config: AppConfig) -> AppConfig:
        """Set the handler of `RefusedError`, unless the app has one."""
        config: Any = app_config  # Litestar's generic types have no arguments there
        config.exception_handlers = {RefusedError: _respond, **config.exception_handlers}
        return app_config

    def supports_type(self, field_definition: FieldDefinition) -> bool:
        """Return True for a class of wtisd_model."""
        return _is_ours(field_definition)

    def create_dto_for_type(self, field_definition: FieldDefinition) -> type[AbstractDTO[Any]]:
        """Return the DTO of a body, or of a response.

        Raises:
            ImproperlyConfiguredException: our reader cannot read the body as a whole.
            TypeError: the body is a Submission of a class that nobody submits.
        """
        if field_definition.name != "data":
            return _JsonDTO
        return type("_BodyDTO", (_JsonDTO,), {"body_type": _body_type(field_definition)})

    def is_plugin_supported_field(self, field_definition: FieldDefinition) -> bool:
        """Return True for a class of wtisd_model, and for problem details."""
        return _is_ours(field_definition) or field_definition.annotation is Problem

    def to_openapi_schema(self, field_definition: FieldDefinition, schema_creator: Any) -> Any:
        """Return a reference to one of `openapi_components`, which becomes a component of the app."""
        return _reference(component_name(field_definition.annotation), schema_creator.schema_registry)

    def receive_route(self, route: BaseRoute) -> None:
        """Describe how bodies of our classes are refused, and write our objects in each response."""
        served: Any = route.route_handler_map.values() if isinstance(route, HTTPRoute) else ()
        for handler, _ in served:
            handler.after_request = _writer_after(handler)
            if _is_json(handler.resolve_return_dto()):
                handler.media_type = handler.media_type or MediaType.JSON  # Litestar sets none for a Response
            if _is_json(handler.resolve_data_dto()):
                handler.before_request = _reader_before(handler)
                handler.responses = dict.fromkeys((400, 413, 422), _REFUSED) | dict(handler.responses or {})


class _JsonDTO(AbstractDTO[Any]):
    """Bodies read by our reader, and messages of a WebSocket by our writer; for others, see `_writer_after`."""

    body_type: ClassVar[Any]

    def decode_bytes(self, value: bytes) -> Any:
        try:
            return from_payload(self.body_type, value)
        except PayloadError as error:
            raise RefusedError(*error.findings, omitted=error.omitted) from None

    def data_to_encodable_type(self, data: Any) -> Any:
        connection: object = cast("Any", self).asgi_connection
        return data if isinstance(connection, Request) else _encodable(data)

    @classmethod
    def create_for_field_definition(cls, *_args: object, **_kwargs: object) -> None:
        """Do nothing: there is no model to transfer."""

    @classmethod
    def is_supported_model_type_field(cls, field_definition: FieldDefinition) -> bool:
        return field_definition.match_predicate_recursively(_is_ours)

    @classmethod
    def create_openapi_schema(
        cls, field_definition: FieldDefinition, handler_id: str, schema_creator: Any
    ) -> Reference | Schema:
        del handler_id
        content = field_definition.inner_types[0] if field_definition.is_subclass_of(Response) else field_definition
        described: Reference | Schema = schema_creator.for_field_definition(content)
        return described


def _respond(request: Request[Any, Any, Any], error: RefusedError) -> Response[Problem]:
    problem, status, headers = problem_parts(error, request.headers.getall("accept-language", []))
    media_type = headers.pop("Content-Type")  # as an argument, it decides how the body is written too
    return Response(problem, status_code=status, media_type=media_type, headers=headers)


def _is_json(dto: type[AbstractDTO[Any]] | None) -> bool:
    return dto is not None and issubclass(dto, _JsonDTO)


def _is_ours(field: FieldDefinition) -> bool:
    return field.is_subclass_of(HooksMixin)


def _body_type(field: FieldDefinition) -> Any:
    """Return our class that a body is declared as.

    Raises:
        ImproperlyConfiguredException: it is declared as something else that contains one, or is not JSON.
        TypeError: it is a Submission of a class that nobody submits.
    """
    choices = [inner for inner in field.inner_types if not inner.is_none_type] if field.is_union else [field]
    if len(choices) > 1 or not _is_ours(choices[0]):
        raise ImproperlyConfiguredException("A body is one of the classes of wtisd_model, not a collection or a union.")
    if isinstance(field.kwarg_definition, BodyKwarg) and field.kwarg_definition.media_type != RequestEncodingType.JSON:
        raise ImproperlyConfiguredException("A body that is a class of wtisd_model is JSON; see clean_form for forms.")
    submission_type(choices[0].annotation)
    return choices[0].annotation


def _reader_before(handler: Any) -> Callable[[Any], Awaitable[Any]]:
    """Return a hook that refuses an empty body, before the hook that the handler or its app has.

    Litestar would not let a DTO see it. A handler may take None for it.
    """
    hooks = [layer.before_request for layer in handler.ownership_layers if layer.before_request]
    is_optional = handler.parsed_data_field.is_optional

    async def before_request(request: Any) -> Any:
        if not is_optional and not await request.body():
            raise RefusedError(finding(Code.NOT_JSON, offset=0))
        return await hooks[-1](request) if hooks else None

    return before_request


def _writer_after(handler: Any) -> Callable[[Any], Awaitable[Any]]:
    """Return a hook that makes a response writable, after the hook that the handler or its app has.

    It sees all responses of the handler: also a Response, and those with a DTO or a class of their own.
    """
    hooks = [layer.after_request for layer in handler.ownership_layers if layer.after_request]

    async def after_request(response: Any) -> Any:
        return _encodable(await hooks[-1](response) if hooks else response)

    return after_request


def _encodable(value: Any, holder: str = "") -> Any:
    """Return a value with the plain JSON values of our objects in their places, alone or in a collection.

    Raises:
        TypeError: one is in a dataclass or the like, the *holder*, which msgspec writes with all that is in it.
    """
    match value:
        case Outcome():
            raise TypeError("An Outcome has no JSON. Return the result of its method value_or_raise().")
        case HooksMixin() if holder:
            name = type(value).__name__
            raise TypeError(f"msgspec must not write the {name} in a {holder}. Use a model of pydantic, or a dict.")
        case HooksMixin():
            return to_builtins(value)
        case Response():
            response = cast("Any", value)
            response.content = _encodable(response.content)
            return response
        case dict():
            members = cast("dict[object, Any]", value)
            return {key: _encodable(member, holder) for key, member in members.items()}
        case list() | tuple() | set() | frozenset() | deque():
            return [_encodable(item, holder) for item in cast("Iterable[Any]", value)]
        case _:
            cls = type(cast("object", value))
            for name in _field_names(cls):
                _encodable(getattr(value, name, None), cls.__name__)
            return value


def _field_names(cls: type) -> Iterable[str]:
    """Return the names of the fields that msgspec writes of a dataclass, a Struct or a class of attrs."""
    if attrs.has(cls):
        return [spec.name for spec in attrs.fields(cls)]
    names: Iterable[str] = getattr(cls, "__dataclass_fields__", getattr(cls, "__struct_fields__", ()))
    return names


def _reference(name: str, registry: Any) -> Reference:
    """Return a reference to a component, registered with those that it refers to."""
    key = FieldDefinition.from_annotation(object, kwarg_definition=BodyKwarg(schema_component_key=name))
    registered = registry.get_reference_for_field_definition(key)
    if registered is None:
        schema = registry.get_schema_for_field_definition(key)
        described: dict[str, object] = replace_references(
            component(name), lambda referred: _reference(referred, registry)
        )
        attributes = Schema.field_aliases()
        for member, value in described.items():
            setattr(schema, attributes.get(member, member), value)
        registered = registry.get_reference_for_field_definition(key)
    reference: Reference = registered
    return reference
