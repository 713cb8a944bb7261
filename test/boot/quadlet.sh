#!/bin/bash
# quadlet.sh
#
# Compares what the built unitlint says of some 190 files of Quadlet, and what it makes of some with faults, with what the generator of trixie's podman
# (5.4) makes of them; see quadlet.py. Exit status: 0 when all is as expected, 1 when it is not; 125 as with-systemd.sh.
set -u
here=$(dirname "$(readlink -f "$0")")
unitlint=$here/../../dist/cli.js
[ -e "$unitlint" ] || { echo 'quadlet: npm run build first' >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 "$here/quadlet.py" write "$work" "$unitlint" || exit 1
"$here/with-systemd.sh" --suite trixie --packages podman --bind "$here:/test" --bind "$work:/files" -- python3 /test/quadlet.py run /files
