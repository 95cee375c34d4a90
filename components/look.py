"""The few style rules that the theme cannot say: less space around, for people who stay long.

Tables offer no download of their own: its cells would be formulas to a spreadsheet. Files are
written by the Export page.

Streamlit hides what an expander does not show yet while it opens. What is hidden can be scrolled:
a button that got the focus by then moved away from under the mouse until all was open.
"""

DENSE = """<style>
.stMainBlockContainer { padding-left: 1.5rem; padding-right: 1.5rem; padding-bottom: 2rem; }
[data-testid="stLayoutWrapper"]:has(> .st-key-live-parts-place) { position: absolute; }
[data-testid="stMetricLabel"] { opacity: 0.75; }
.st-key-dashboard-tiles [data-testid="stMetric"] { padding: 0; }
.st-key-dashboard-tiles [data-testid="stMetricValue"] { font-size: 1.2rem; }
@media (max-width: 640px) {
  .st-key-dashboard-tiles { gap: 0.5rem; }
  .st-key-dashboard-tiles > [data-testid="stElementContainer"] {
    flex: 1 1 40%; width: auto; min-width: 0;
  }
  .st-key-dashboard-tiles [data-testid="stMetricLabel"] *,
  .st-key-dashboard-tiles [data-testid="stMetricValue"],
  .st-key-dashboard-tiles [data-testid="stMetricValue"] * { white-space: normal; }
}
[data-testid="stLayoutWrapper"]:has(> .st-key-dashboard-rows-pane) {
  position: sticky; top: 4.5rem;
}
.st-key-dashboard-rows-pane { max-height: calc(100vh - 5.5rem); overflow-y: auto; }
.st-key-studio_kind [data-testid="stButtonGroup"] button {
  padding: 0.25rem 0.5rem; min-height: 1.9rem;
}
.st-key-studio-preview-panel [data-testid="stText"],
.st-key-studio-preview-panel [data-testid="stMarkdownContainer"] { font-size: 0.85rem; }
.st-key-studio-preview-panel [data-testid="stHorizontalBlock"],
.st-key-studio-preview-panel [data-testid="stLayoutWrapper"] { row-gap: 0; }
.st-key-studio-preview-panel button { min-height: 1.4rem; padding: 0; }
.st-key-studio-preview-panel button * { font-size: 0.85rem; }
.st-key-studio-proposals [data-testid="stElementContainer"]:has(> [data-testid="stText"]),
[class*="st-key-studio-pins-"] [data-testid="stElementContainer"]:has(> [data-testid="stText"]) {
  flex: 1 1 0; min-width: 0;
}
.st-key-studio-proposals [data-testid="stText"],
[class*="st-key-studio-pins-"] [data-testid="stText"] { font-size: 0.85rem; }
.st-key-studio-proposals button { min-height: 1.9rem; padding: 0.1rem 0.5rem; }
[data-testid="stExpander"] details[style*="overflow: hidden"] { overflow: clip !important; }
[data-testid="stToastContainer"] { top: auto; bottom: 0.5rem; }
[data-testid="stElementToolbar"] [aria-label^="Download as CSV"] { display: none; }
</style>"""
