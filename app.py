"""The browser app's launcher: `streamlit run app.py`.

`pages/` stands beside this file and not beside `web/main.py`, so Streamlit never serves a page
on its own: every address goes through `web/main.py` (facts and test: tests/browser).
"""

import streamlit as st

from web.ended_runs import keep_what_ended_runs_drew
from web.lifespan import lifespan
from web.routes import middleware, routes
from web.script_errors import show_script_error

keep_what_ended_runs_drew()
app = st.App(
    "web/main.py",
    lifespan=lifespan,
    routes=routes(),
    middleware=middleware(),
    on_script_error=show_script_error,
)
