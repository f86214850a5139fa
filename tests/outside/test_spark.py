"""PySpark in local mode: mapInArrow takes `validate_batches` as it is, and its rows are those of one machine."""

import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.gates.code_blocks import blocks
from tests.outside.payloads import MANY, NOW, PAYLOADS
from wtisd_model import Dossier, wtisd_23
from wtisd_model.integrations.arrow import filter_frame, filter_spark, output_schema, validate_batches

pytestmark = pytest.mark.outside

CHECKOUT = Path(__file__).parents[2]
COLUMNS = ("mode", "submitted_at", "session_ids", "participant.email")


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
        code += [each.text for each in page if "filter_spark" in each.text]
        exec("\n".join(code), names)  # noqa: S102 - the page is ours
        (ddl,) = (each.text for each in page if "BIGINT" in each.text)
        assert names["schema"].toDDL() == ddl.strip()
        found = rows(spark.read.parquet("outcomes.parquet").toArrow())
        assert found == rows(pq.read_table("outcomes"))
        assert [row["ok"] for row in found] == [True, False, False]
        assert [row["number"] for row in names["good_rows"].collect()] == [1]
        failures = [(row["number"], row["code"]) for row in names["failures"].collect()]
        assert failures == [(2, "value-unknown"), (3, "wrong-type")]


class TestFilterSpark:
    """`filter_spark` has the verdicts of `filter_frame`, in both of its frames."""

    def test_all_rows_have_the_verdicts_of_one_machine(self, spark: Any, tmp_path: Path) -> None:
        payloads: Any = pa.array(PAYLOADS).take(pa.array([row % len(PAYLOADS) for row in range(MANY)]))
        table: Any = pa.table({"number": list(range(MANY)), "payload": payloads})
        pq.write_table(table, tmp_path / "in.parquet", row_group_size=MANY // 10)
        frame = spark.read.parquet(str(tmp_path / "in.parquet"))
        options: dict[str, Any] = {"submission": True, "now": NOW}
        good, failures = filter_spark(frame, keep=("number",), **options)
        kept, errors = filter_frame(table, **options)
        good.write.parquet(str(tmp_path / "good.parquet"))
        failures.write.parquet(str(tmp_path / "failures.parquet"))
        assert pq.read_table(tmp_path / "good.parquet").sort_by("number").equals(kept)
        found: Any = pq.read_table(tmp_path / "failures.parquet").sort_by("number")
        assert found["number"].to_pylist() == errors["row"].to_pylist()
        assert sorted(zip(found["number"].to_pylist(), found["code"].to_pylist(), strict=True)) == sorted(
            zip(errors["row"].to_pylist(), errors["code"].to_pylist(), strict=True)
        )

    def test_a_row_has_the_number_of_spark_and_columns_keep_their_types(self, spark: Any) -> None:
        table: Any = pa.table({"id": list(range(len(PAYLOADS))), "payload": PAYLOADS})
        frame = (
            spark.createDataFrame(table)
            .repartition(3)
            .selectExpr(
                "*",
                "timestamp'2023-05-17 14:30:00' AS `the moment`",
                "array(1.5, 2.5) AS many",
                "named_struct('a', 1, 'b', 'x') AS both",
                "map('k', id) AS named",
            )
            .persist()
        )
        good, failures = filter_spark(frame, keep=("id", "the moment"), submission=True, now=NOW)
        assert good.schema == frame.schema
        assert good.count() == 100
        assert good.first()["both"]["b"] == "x"
        numbered = {
            row["row"]: row["id"] for row in frame.selectExpr("monotonically_increasing_id() AS row", "id").collect()
        }
        assert all(numbered[row["row"]] == row["id"] for row in failures.collect())
