#!/bin/bash
# fixed.sh [--suite NAME] [--packages A,B] [NAME...]
#
# Has the built unitlint fix ten units and more of each kind of fault, and sees under booted systemds, bookworm (252) and trixie (257) without a
# suite, that they do what was meant as they are fixed and not as they were: the kinds of fixed/*.py of these names, or of rules of these names, all
# of them without names. Prints a line for each kind, before and after: suite, rule, kind, how many are as expected, and those that are not.
# Exit status: 0 when all are as expected, 1 when one is not; 125 as with-systemd.sh.
set -u
here=$(dirname "$(readlink -f "$0")")
unitlint=$here/../../dist/cli.js
[ -e "$unitlint" ] || { echo 'fixed: npm run build first' >&2; exit 1; }
suites=(bookworm trixie) packages=''
while [ $# -gt 0 ]; do
  case $1 in
    --suite) suites=("$2"); shift 2 ;;
    --packages) packages=$2; shift 2 ;;
    -*) echo "fixed: unknown option $1" >&2; exit 2 ;;
    *) break ;;
  esac
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
for suite in "${suites[@]}"; do
  case $suite in bookworm) target=252 ;; *) target=257 ;; esac
  mkdir "$work/$suite"
  python3 "$here/fixed.py" write "$work/$suite" "$unitlint" "$target" "$@" || status=1
  "$here/with-systemd.sh" --suite "$suite" --packages "$packages" --bind "$here:/test" --bind "$work/$suite:/variants" --timeout 3000 -- \
    python3 /test/fixed.py run /variants "$@" | sed "s/^/$suite\t/"
  of=${PIPESTATUS[0]}
  [ "$of" = 0 ] || status=$of
done
exit "$status"
