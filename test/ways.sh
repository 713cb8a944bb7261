#!/bin/bash
# bash test/ways.sh [NAME...]: the ways of five people from nothing to their daily use, each as a script in test/ways that anybody could follow, with its screen
# and what it takes. They install the package as npm makes it of this repository; the build has to be there. Ends with 1 where a way does not lead there.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
npm pack --silent --ignore-scripts --pack-destination "$scratch" "$top" > /dev/null
export PACKAGE=$(echo "$scratch"/unitlint-*.tgz) TOP=$top HOME=$scratch NO_COLOR=1
export npm_config_update_notifier=false npm_config_fund=false npm_config_audit=false
[ $# -gt 0 ] || set -- author packager admin platform fleet
status=0
for name; do
  mkdir "$scratch/$name"
  start=$SECONDS
  echo "== $name"
  (cd "$scratch/$name" && bash -eu <(echo "PS4='$ '; set -x"; cat "$top/test/ways/$name.sh") 2>&1) || { status=1; echo "== $name: does not lead there"; }
  echo "== $name: $((SECONDS - start)) s"
done
exit $status
