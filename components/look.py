"""The few style rules that the theme cannot say: less space around, for people who stay long."""

DENSE = """<style>
.stMainBlockContainer { padding-left: 1.5rem; padding-right: 1.5rem; padding-bottom: 2rem; }
[data-testid="stMetricLabel"] { opacity: 0.75; }
</style>"""
