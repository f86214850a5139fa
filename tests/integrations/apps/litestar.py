"""An app of Litestar that takes every class as a body, and a part of one too."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from litestar import Litestar, params
from litestar import post as route
from litestar.logging import LoggingConfig
from litestar.testing import TestClient

from tests.integrations.apps.answer import Answer
from tests.integrations.payloads import DOSSIER, NOW, RULES
from wtisd_model import Submission, TimeSlot
from wtisd_model.integrations.litestar import WtisdModelPlugin
from wtisd_model.model.documents import DOCUMENTS, SUBMISSIONS

__all__ = ["CLIENT", "LOGGING", "JSONBody", "NamedDependency", "accepting", "client"]

SAYS_WHERE_FROM = hasattr(params, "JSONBody")
"""Whether a parameter can say that it is the body, or a dependency: before 2.23, its name does."""

if TYPE_CHECKING or SAYS_WHERE_FROM:
    from litestar.di import NamedDependency
    from litestar.params import JSONBody
else:
    T = TypeVar("T")
    JSONBody = Annotated[T, params.Body()]
    NamedDependency = Annotated[T, params.Dependency()]


def accepting(cls: Any) -> Any:
    @route(f"/{cls.__name__}")
    async def accept(data: JSONBody[Submission[cls]]) -> cls:
        return data.accept(DOSSIER, now=NOW, rules=RULES).value_or_raise()

    return accept


def taking(cls: Any) -> Any:
    @route(f"/office/{cls.__name__}")
    async def take(data: JSONBody[cls]) -> cls:
        return data

    return take


def client(*handlers: Any, **config: Any) -> TestClient[Litestar]:
    config = {"logging_config": None, "plugins": [WtisdModelPlugin()]} | config
    return TestClient(Litestar([*handlers], **config))


# It logs each exception, to the handlers that pytest has.
LOGGING = LoggingConfig(
    configure_root_logger=False, log_exceptions="always", handlers={}, loggers={"litestar": {"propagate": True}}
)
CLIENT = client(*map(accepting, SUBMISSIONS), *map(taking, (*DOCUMENTS, TimeSlot)), logging_config=LOGGING, debug=True)


def post(path: str, content: bytes, headers: Mapping[str, str]) -> Answer:
    response = CLIENT.post(path, content=content, headers=headers)
    return Answer(response.status_code, response.headers, response.content)
