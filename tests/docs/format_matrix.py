"""The table of what each format carries of each field, from what the formats say of themselves.

`tests.programme.format_laws` holds them to it.
"""

from collections.abc import Iterable, Iterator, Sequence

from wtisd_model.formats import Format
from wtisd_model.schema.constraints import Constraint, Items, Nested
from wtisd_model.schema.fields import FieldSpec, fields_of

CARRIED, AS_TEXT, NOT_CARRIED = "yes", "text", ""


def matrix(root: type, formats: Sequence[Format]) -> Iterator[tuple[type, list[list[str]]]]:
    """Yield *root* and each class of its parts with a row for each field: its name, and a cell for each format."""
    reached = {each.name: dict.fromkeys(reached_classes(root, each)) for each in formats}
    for cls in dict.fromkeys(cls for classes in reached.values() for cls in classes):
        yield (
            cls,
            [
                [f"`{spec.name}`", *(cell(each, cls, spec) if cls in reached[each.name] else "" for each in formats)]
                for spec in fields_of(cls)
            ],
        )


def reached_classes(root: type, format_: Format) -> Iterable[type]:
    """Return the classes of the objects that a format carries, if it carries *root*; that one first."""
    found = [root]
    for cls in found:  # grows while it is read
        for spec in fields_of(cls):
            part = part_of(spec.constraint)
            if part is not None and part not in found and cell(format_, cls, spec) == CARRIED:
                found.append(part)
    return found


def part_of(constraint: Constraint) -> type | None:
    """Return the class of the objects in a field."""
    inner = constraint.item if isinstance(constraint, Items) else constraint
    return inner.cls if isinstance(inner, Nested) else None


def cell(format_: Format, cls: type, spec: FieldSpec) -> str:
    """Return what a format does with a field."""
    if spec.name in format_.not_carried.get(cls.__name__, ()):
        return NOT_CARRIED
    return AS_TEXT if spec.name in format_.as_text.get(cls.__name__, ()) else CARRIED
