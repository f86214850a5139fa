"""The fields that CSV carries."""

from functools import cache

from wtisd_model.columns.targets import targets_of
from wtisd_model.programme.format import Format
from wtisd_model.schema.constraints import Items, Nested
from wtisd_model.schema.fields import fields_of


@cache
def csv_format(cls: type, *, with_answers: bool = False) -> Format:
    """Return the format of tables with personal data: the fields that they carry of the objects of a class.

    Args:
        cls: Session, Registration, InterpretationRequest or Pledge.
        with_answers: True if their event is passed to `to_csv` and `from_csv`, so that answers have columns.
    """
    carried = {*targets_of(cls), *(("answers",) if with_answers else ())}
    not_carried: dict[str, frozenset[str]] = {}
    waiting: list[tuple[type, str]] = [(cls, "")]
    while waiting:
        inner, names = waiting.pop()
        for spec in fields_of(inner):
            name = f"{names}{spec.name}"
            constraint = spec.constraint.item if isinstance(spec.constraint, Items) else spec.constraint
            if isinstance(constraint, Nested):
                waiting.append((constraint.cls, f"{name}."))
            elif name not in carried:
                not_carried[inner.__name__] = not_carried.get(inner.__name__, frozenset()) | {spec.name}
    return Format(name="csv", media_type="text/csv", extension=".csv", not_carried=not_carried)
