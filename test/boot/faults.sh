#!/bin/bash
# faults.sh [--suite NAME] [--packages A,B] [NAME...]
#
# Sees under booted systemds what rules say that faults do, and that units work as they are fixed: the tests of faults/NAME.py, all
# of them without names, on bookworm (252) and trixie (257) without a suite. Prints a line for each test: suite, file, test, and `ok` or what was seen.
# Exit status: 0 when all are as expected, 1 when one is not; 125 as with-systemd.sh.
set -u
here=$(dirname "$(readlink -f "$0")")
suites=(bookworm trixie) packages=''
while [ $# -gt 0 ]; do
  case $1 in
    --suite) suites=("$2"); shift 2 ;;
    --packages) packages=$2; shift 2 ;;
    -*) echo "faults: unknown option $1" >&2; exit 2 ;;
    *) break ;;
  esac
done
status=0
for suite in "${suites[@]}"; do
  "$here/with-systemd.sh" --suite "$suite" --packages "$packages" --bind "$here:/test" --timeout 1800 -- python3 /test/faults.py "$@" | sed "s/^/$suite\t/"
  of=${PIPESTATUS[0]}
  [ "$of" = 0 ] || status=$of
done
exit "$status"
