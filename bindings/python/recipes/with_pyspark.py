"""PySpark: the columns of a diagnosis beside those of a frame, through `mapInArrow`.

On a cluster, the executors need the package and the library: a wheel that brings both is one file.
"""

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import StringType, StructField, StructType


def diagnosed(frame: DataFrame, column: str = "reply", fields=("reason", "address")) -> DataFrame:
    """The frame with a column of slugs for each field."""

    def batches(incoming):
        import pyarrow as pa

        from smtp_codes import diagnose_arrow

        for batch in incoming:
            found = diagnose_arrow(batch.column(column), fields)
            added = [found[field].combine_chunks().cast(pa.string()) for field in fields]
            yield pa.RecordBatch.from_arrays([*batch.columns, *added], [*batch.schema.names, *fields])

    schema = StructType([*frame.schema.fields, *(StructField(field, StringType()) for field in fields)])
    return frame.mapInArrow(batches, schema)


if __name__ == "__main__":
    spark = SparkSession.builder.master("local[2]").getOrCreate()
    bounces = spark.createDataFrame([("550 5.1.1 User unknown",), (None,), ("452 4.2.2 Mailbox full",)], "reply string")
    diagnosed(bounces).show(truncate=False)
    spark.stop()
