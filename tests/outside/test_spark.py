"""PySpark in local mode: mapInArrow takes `validate_batches` as it is, and its rows are those of one machine."""

import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.gates.code_blocks import blocks
from wtisd_model import Dossier, wtisd_23
from wtisd_model.integrations.arrow import output_schema, validate_batches

pytestmark = pytest.mark.outside

CHECKOUT = Path(__file__).parents[2]
NOW = datetime(2023, 4, 13, 8, 15, tzinfo=UTC)
COLUMNS = ("mode", "submitted_at", "session_ids", "participant.email")


def payload(number: int) -> str | None:
    """Write one of many submissions: most are good, some have a mistake, some are no JSON, some are not there."""
    if number % 10 == 7:
        return None
    person = {"name": f"Participant {number} à Genève", "email": f"p{number}@example.org"}
    document = {"eventUid": wtisd_23().uid, "participant": person, "mode": "remote"}
    if number % 5 == 3:
        document |= {"mode": "onsite", "state": "approved"}
    line = json.dumps(document, ensure_ascii=False)
    return line[:-1] if number % 5 == 4 else line


PAYLOADS = [payload(number) for number in range(200)]


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Start Spark with two threads; fail without it or Java, so that the tests are not skipped."""
    from pyspark.sql import SparkSession  # .ci/outside installs it

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("spark"))  # to Java this folder stays the working one
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        # The workers find the package as this process does.
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        options = {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.sql.execution.arrow.maxRecordsPerBatch": "30",
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
        }
        session: Any = SparkSession.builder.master("local[2]").config(map=options).getOrCreate()
        yield session
        session.stop()


def rows(table: Any) -> list[dict[str, Any]]:
    """Return the rows of a table; aware moments are equal in whatever zone they are shown."""
    found: list[dict[str, Any]] = table.to_pylist()
    return found


class TestMapInArrow:
    """Spark's documentation: "an iterator of pyarrow.RecordBatches ... to an iterator of pyarrow.RecordBatches"."""

    def test_lines_of_text_have_the_rows_of_one_machine(self, spark: Any, tmp_path: Path) -> None:
        lines = [each or "" for each in PAYLOADS]
        (tmp_path / "lines.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        frame = spark.read.text(str(tmp_path / "lines.txt")).withColumnRenamed("value", "payload")
        check = partial(validate_batches, columns=COLUMNS, now=NOW, submission=True)
        schema = spark.createDataFrame(output_schema(columns=COLUMNS).empty_table()).schema
        found = rows(frame.mapInArrow(check, schema).toArrow())
        wanted = pa.Table.from_batches(list(check(pa.table({"payload": lines}).to_batches())))
        assert found == rows(wanted)
        assert [row["ok"] for row in found[:5]] == [True, True, True, False, False]

    def test_parquet_is_judged_against_a_dossier_beside_its_other_columns(self, spark: Any, tmp_path: Path) -> None:
        table = pa.table({"id": list(range(len(PAYLOADS))), "payload": [each and each.encode() for each in PAYLOADS]})
        pq.write_table(table, tmp_path / "in.parquet", row_group_size=50)
        frame = spark.read.parquet(str(tmp_path / "in.parquet")).repartition(4, "id")
        dossier = Dossier(event=wtisd_23())
        check = partial(validate_batches, columns=COLUMNS, keep=("id",), dossier=dossier, now=NOW, submission=True)
        schema = output_schema(columns=COLUMNS, keep=("id",), incoming=frame.limit(0).toArrow().schema)
        out = str(tmp_path / "out.parquet")
        frame.mapInArrow(check, spark.createDataFrame(schema.empty_table()).schema).write.parquet(out)
        found = rows(spark.read.parquet(out).orderBy("id").toArrow())
        assert found == rows(pa.Table.from_batches(list(check(table.to_batches()))))
        assert sum(row["ok"] for row in found) == 100

    def test_the_page_says_what_works(self, spark: Any) -> None:
        page = list(blocks((CHECKOUT / "docs" / "how-to" / "arrow.md").read_text(encoding="utf-8")))
        names: dict[str, Any] = {"spark": spark}
        code = [each.text for each in page if each.language == "python" or "mapInArrow" in each.text]
        exec("\n".join(code), names)  # noqa: S102 - the page is ours
        (ddl,) = (each.text for each in page if "BIGINT" in each.text)
        assert names["schema"].toDDL() == ddl.strip()
        found = rows(spark.read.parquet("outcomes.parquet").toArrow())
        assert found == rows(pq.read_table("outcomes"))
        assert [row["ok"] for row in found] == [True, False, False]
