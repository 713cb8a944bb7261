#!/bin/bash
# check.sh [--controls]
#
# Has the built unitlint fix restic-backup.service for each systemd, and tries the result: the backup must still work, with a local
# repository and with one behind ssh. With --controls it also tries the options of too-strict*.txt, each of which must break it.
# Then it tries what is known of users' managers (user-manager.sh). Takes 40 seconds a suite, with --controls six minutes; the first time a minute more to make the file systems.
# Exit status: 0 when all is as expected, else 1.
set -u
here=$(dirname "$(readlink -f "$0")")
unitlint=$here/../../dist/cli.js
[ -e "$unitlint" ] || { echo 'check: npm run build first' >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

suite() {
  local name=$1 target=$2 controls=$3 unit=$work/$1/restic-backup.service repository failed=0
  mkdir "$work/$name"
  cp "$here/restic-backup.service" "$unit"
  node "$unitlint" --no-config --preset backup-job --target "$target" --fix "$unit" || failed=1
  for repository in local sftp; do
    "$here/backup.sh" --suite "$name" --repository "$repository" "$unit" || failed=1
  done
  if [ "$controls" = --controls ]; then
    "$here/backup.sh" --suite "$name" --each "$here/too-strict.txt" --expect breaks "$here/hardened.service" || failed=1
    "$here/backup.sh" --suite "$name" --repository sftp --each "$here/too-strict-network.txt" --expect breaks "$here/hardened.service" || failed=1
  fi
  return $failed
}

failed=0
suite trixie 257 "${1:-}" >"$work/trixie.log" 2>&1 &
suite bookworm 252 "${1:-}" >"$work/bookworm.log" 2>&1 || failed=1
wait $! || failed=1
for name in bookworm trixie; do
  echo "== $name"
  cat "$work/$name.log"
done
"$here/user-manager.sh" || failed=1
exit $failed
