"""The few style rules that the theme cannot say: less space around, for people who stay long.

Tables offer no download of their own: its cells would be formulas to a spreadsheet. Files are
written by the Export page.
"""

DENSE = """<style>
.stMainBlockContainer { padding-left: 1.5rem; padding-right: 1.5rem; padding-bottom: 2rem; }
[data-testid="stMetricLabel"] { opacity: 0.75; }
.st-key-dashboard-rows-pane {
  position: sticky; top: 4rem; max-height: calc(100vh - 5rem); overflow-y: auto;
}
[data-testid="stElementToolbar"] [aria-label^="Download as CSV"] { display: none; }
</style>"""
