"""The browser app's launcher: `streamlit run app.py`.

`pages/` stands beside this file and not beside `web/main.py`, so Streamlit never serves a page
on its own: every address goes through `web/main.py` (facts and test: tests/browser).
"""

import streamlit as st

from web.lifespan import lifespan
from web.routes import middleware, routes
from web.script_errors import show_script_error

app = st.App(
    "web/main.py",
    lifespan=lifespan,
    routes=routes(),
    middleware=middleware(),
    on_script_error=show_script_error,
)
