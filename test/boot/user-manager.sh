#!/bin/bash
# user-manager.sh
#
# Tries each line of user-manager.tsv under users' managers of booted systemds 252 and 257, and compares with what stands there.
# Takes half a minute. Exit status: 0 when all is as it stands, 1 with the lines that differ; 125 as with-systemd.sh.
set -eu
here=$(dirname "$(readlink -f "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

suite() {
  "$here/with-systemd.sh" --suite "$1" --bind "$here/user-manager.py:/test/user-manager.py" --bind "$here/user-manager.tsv:/test/lines" \
    -- python3 /test/user-manager.py /test/lines >"$work/$1"
}

suite bookworm
suite trixie
{
  grep '^#' "$here/user-manager.tsv"
  paste "$work/bookworm" <(cut -f 2 "$work/trixie")
} >"$work/found"
diff "$here/user-manager.tsv" "$work/found"
