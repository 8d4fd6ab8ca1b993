#!/usr/bin/env bash
# What a newcomer does: clone, `make analyse`, then every command of README in that environment. Usage: try_readme.sh PYTHON
set -euo pipefail
python=$1
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

git clone -q "$root" "$folder/clone"
cd "$folder/clone"
make --silent analyse PYTHON="$python" >"$folder/analyse.txt" || { cat "$folder/analyse.txt"; exit 1; }
PATH="$PWD/.venv/bin:$PATH"
python --version
awk '/^```bash/ { shown = 1; next } /^```/ { shown = 0 } shown' README.md | while read -r line; do
  printf '  %s\n' "$line"
  bash -c "$line" >"$folder/command.txt" 2>&1 </dev/null || { cat "$folder/command.txt"; exit 1; }
done
python -c "
from importlib.metadata import version
names = 'networkx pandas numpy narwhals matplotlib typer lxml openpyxl python-docx pdfplumber rapidfuzz'.split()
print('  ' + ', '.join(f'{name} {version(name)}' for name in names))"
