"""What every server imports, for the process that servers of the tests are copies of."""

import altair  # noqa: F401
import duckdb  # noqa: F401
import sklearn.feature_extraction.text  # noqa: F401
import streamlit.web.cli  # noqa: F401

import web.lifespan
import web.routes
import web.script_errors  # noqa: F401
from pages import (  # noqa: F401
    annotate,
    dashboard,
    data,
    export,
    history,
    review,
    settings,
    studio,
)
