"""pandas: reading, joining and encoding tables."""

from __future__ import annotations

from typing import Final

from nnlint.knowledge.pandas_methods import METHODS
from nnlint.knowledge.spec import (
    Compute,
    Constant,
    Entry,
    Framework,
    Keep,
    Load,
    call,
)

__all__ = ["FRAMEWORK"]

MADE: Final = call("...", Constant())

FUNCTIONS: Final[dict[str, Entry]] = {
    "pandas.Categorical": call("values ...", Compute("values")),
    "pandas.DataFrame": call("data ...", Keep("data"), isa="pandas.DataFrame"),
    "pandas.DataFrame.from_dict": call("data ...", Keep("data"), isa="pandas.DataFrame"),
    "pandas.DataFrame.from_records": call("data ...", Keep("data"), isa="pandas.DataFrame"),
    "pandas.DatetimeIndex": MADE,
    "pandas.ExcelFile": call("...", Constant(), isa="pandas.ExcelFile"),
    "pandas.ExcelFile.parse": call("sheet_name ...", Load("table"), isa="pandas.DataFrame"),
    "pandas.Grouper": MADE,
    "pandas.Index": MADE,
    "pandas.MultiIndex": MADE,
    "pandas.RangeIndex": MADE,
    "pandas.Series": call("data ...", Keep("data"), isa="pandas.Series"),
    "pandas.Timedelta": MADE,
    "pandas.Timestamp": MADE,
    "pandas.bdate_range": MADE,
    "pandas.concat": call("objs ...", Keep("objs"), isa="pandas.DataFrame"),
    "pandas.crosstab": call("index columns ...", Compute("index")),
    "pandas.cut": call("x bins ...", Compute("x")),
    "pandas.date_range": MADE,
    "pandas.factorize": call("values ...", Compute("values")),
    "pandas.from_dummies": call("data ...", Compute("data")),
    "pandas.get_dummies": call("data ...", Keep("data"), isa="pandas.DataFrame"),
    "pandas.interval_range": MADE,
    "pandas.isna": call("obj", Compute("obj")),
    "pandas.isnull": call("obj", Compute("obj")),
    "pandas.json_normalize": call("data ...", Compute("data"), isa="pandas.DataFrame"),
    "pandas.melt": call("frame ...", Compute("frame"), isa="pandas.DataFrame"),
    "pandas.merge": call("left right ...", Keep("left"), isa="pandas.DataFrame"),
    "pandas.merge_asof": call("left right ...", Keep("left"), isa="pandas.DataFrame"),
    "pandas.merge_ordered": call("left right ...", Keep("left"), isa="pandas.DataFrame"),
    "pandas.notna": call("obj", Compute("obj")),
    "pandas.notnull": call("obj", Compute("obj")),
    "pandas.option_context": MADE,
    "pandas.period_range": MADE,
    "pandas.pivot": call("data ...", Compute("data"), isa="pandas.DataFrame"),
    "pandas.pivot_table": call("data ...", Compute("data"), isa="pandas.DataFrame"),
    "pandas.qcut": call("x q ...", Compute("x")),
    "pandas.read_clipboard": call("sep ...", Load("table"), isa="pandas.DataFrame"),
    "pandas.read_csv": call("filepath_or_buffer ...", Load("table"), isa="pandas.DataFrame"),
    "pandas.read_excel": call("io ...", Load("table"), isa="pandas.DataFrame"),
    "pandas.read_feather": call("path ...", Load("table"), isa="pandas.DataFrame"),
    "pandas.read_fwf": call("filepath_or_buffer ...", Load("table"), isa="pandas.DataFrame"),
    "pandas.read_gbq": call("query ...", Load("table"), isa="pandas.DataFrame", until="3.0"),
    "pandas.read_hdf": call("path_or_buf ...", Load("table"), isa="pandas.DataFrame"),
    "pandas.read_json": call("path_or_buf ...", Load("table"), isa="pandas.DataFrame"),
    "pandas.read_orc": call("path ...", Load("table"), isa="pandas.DataFrame"),
    "pandas.read_parquet": call("path ...", Load("table"), isa="pandas.DataFrame"),
    "pandas.read_pickle": call("filepath_or_buffer ...", Load("table"), isa="pandas.DataFrame"),
    "pandas.read_sas": call("filepath_or_buffer ...", Load("table"), isa="pandas.DataFrame"),
    "pandas.read_spss": call("path ...", Load("table"), isa="pandas.DataFrame"),
    "pandas.read_sql": call("sql ...", Load("table"), isa="pandas.DataFrame"),
    "pandas.read_sql_query": call("sql ...", Load("table"), isa="pandas.DataFrame"),
    "pandas.read_sql_table": call("table_name ...", Load("table"), isa="pandas.DataFrame"),
    "pandas.read_stata": call("filepath_or_buffer ...", Load("table"), isa="pandas.DataFrame"),
    "pandas.read_table": call("filepath_or_buffer ...", Load("table"), isa="pandas.DataFrame"),
    "pandas.read_xml": call("path_or_buffer ...", Load("table"), isa="pandas.DataFrame"),
    "pandas.timedelta_range": MADE,
    "pandas.to_datetime": call("arg ...", Keep("arg")),
    "pandas.to_numeric": call("arg ...", Keep("arg")),
    "pandas.to_timedelta": call("arg ...", Keep("arg")),
    "pandas.unique": call("values", Compute("values")),
    "pandas.value_counts": call("values ...", Compute("values"), until="3.0"),
}

FRAMEWORK: Final = Framework(
    name="pandas",
    roots=("pandas",),
    aliases={
        "pandas.core.api": "pandas",
        "pandas.core.frame.DataFrame": "pandas.DataFrame",
        "pandas.core.series.Series": "pandas.Series",
        "pandas.io.parsers": "pandas",
        "pandas.tools.plotting": "pandas.plotting",
    },
    entries=dict(sorted({**FUNCTIONS, **METHODS}.items())),
    inert=(
        "pandas.DataFrame.boxplot",
        "pandas.DataFrame.hist",
        "pandas.DataFrame.plot",
        "pandas.Series.hist",
        "pandas.Series.plot",
        "pandas.plotting",
        "pandas.set_option",
        "pandas.testing",
    ),
)
