#!/usr/bin/env bash
# Makes a virtual environment with exactly the locked versions: setup.sh PYTHON VENV REQUIREMENTS
set -euo pipefail
python=$1 venv=$2 requirements=$3

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "Labelwright needs Python 3.11 or newer; '$python' is $("$python" --version 2>&1)." >&2
  echo "Name another one: make PYTHON=python3.12 …" >&2
  exit 1
}
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv" || {
  echo "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv" >&2
  exit 1
}
echo "Setting up $venv from $requirements (once; some 250 MB of downloads) …" >&2
if command -v uv >/dev/null; then
  uv pip install --quiet --python "$venv/bin/python" -r "$requirements" -c constraints.txt
else
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$requirements" -c constraints.txt
fi
