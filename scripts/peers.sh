#!/usr/bin/env bash
# Makes the environment of the label models that ours are compared with: peers.sh PYTHON VENV
# A package that cannot be installed is named, and the benchmark goes on without it.
set -uo pipefail
python=$1 venv=$2 requirements=benchmarks/peers/requirements.txt

[ "$venv/.ready" -nt "$requirements" ] && exit 0
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv" || exit 1
echo "Setting up $venv from $requirements (once; torch is a large download) …" >&2
failed=0
while read -r requirement; do
  case $requirement in "" | "#"*) continue ;; esac
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$requirement" || {
    echo "Not installed: $requirement. What needs it is left out of the benchmark." >&2
    failed=1
  }
done <"$requirements"
[ $failed = 1 ] || touch "$venv/.ready"
