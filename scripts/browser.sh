#!/usr/bin/env bash
# Makes sure that the browser tests find a Chromium: browser.sh PYTHON
set -euo pipefail
python=$1

found() {
  [ -n "${LABELWRIGHT_CHROMIUM:-}" ] && [ -x "$LABELWRIGHT_CHROMIUM" ] && return 0
  for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null && return 0
  done
  "$python" - <<'PY'
import sys
from pathlib import Path
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    sys.exit(not Path(playwright.chromium.executable_path).exists())
PY
}

found && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium for the browser tests (apt) …" >&2
  apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -q chromium >/dev/null && exit 0
fi
echo "Installing Chromium for the browser tests (Playwright) …" >&2
"$python" -m playwright install chromium && exit 0
echo "No Chromium for the browser tests: install one and name it in LABELWRIGHT_CHROMIUM." >&2
exit 1
