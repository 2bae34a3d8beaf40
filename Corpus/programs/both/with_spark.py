"""A Spark job whose Python function fails: Python in Java in Python. Then Java alone, and a refused query."""
import sys
import traceback
from pyspark.sql import SparkSession
from pyspark.sql.functions import udf


def place(n):
    shelf = {0: "a"}
    try:
        return shelf[n % 2]
    except KeyError as e:
        raise ValueError("order %d\nhas no shelf" % n) from e


def guarded(name, form):
    print("-- " + name, file=sys.stderr)
    try:
        form()
    except Exception:
        traceback.print_exc()


spark = SparkSession.builder.master("local[1]").appName("orders").config("spark.ui.enabled", "false").getOrCreate()
guarded("function of an RDD", lambda: spark.sparkContext.parallelize([0, 1], 1).map(place).collect())
guarded("user defined function", lambda: spark.range(2).select(udf(place)("id")).collect())
guarded("missing file", lambda: spark.read.text("/tmp/app/no-such-folder").collect())
guarded("query of a missing column", lambda: spark.range(1).select("at_home").collect())
guarded("Java alone", lambda: spark.sparkContext._jvm.java.lang.Integer.parseInt("x"))
spark.stop()
