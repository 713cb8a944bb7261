#!/bin/bash
# backup.sh [options] UNIT_FILE
#
# Says whether a backup still works under a unit: installs UNIT_FILE as restic-backup.service (with UNIT_FILE.d/ as its drop-ins) on
# a booted Debian, starts it, restores what it saved, and compares every file of /home and /etc with the original: content, mode,
# owner, time, links. The unit is to run /usr/local/bin/restic-backup as the user restic; restic-backup.service here is an example.
#
#   --suite trixie|bookworm   systemd 257 or 252                              (default trixie)
#   --repository local|sftp   where the backup goes; sftp asks for a network  (default local)
#   --each FILE               a run for each line of FILE, which is added to the unit: `PrivateTmp=yes; UMask=0077`
#   --expect works|breaks     what is right                                   (default works)
#
# Prints a line for each run: verdict, what was added, reason. Exit status: 0 when all runs are as expected, 1 when one is not,
# 2 for wrong usage, 124 and 125 as with-systemd.sh.
set -eu
here=$(dirname "$(readlink -f "$0")")
suite=trixie each='' unit=''
words=()
while [ $# -gt 0 ]; do
  case $1 in
    --suite) suite=$2; shift 2 ;;
    --each) each=$(readlink -e "$2"); words+=(--each /test/each); shift 2 ;;
    --repository | --expect) words+=("$1" "$2"); shift 2 ;;
    -h | --help) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    -*) echo "backup: unknown option $1" >&2; exit 2 ;;
    *) unit=$(readlink -e "$1") || { echo "backup: no file $1" >&2; exit 2; }; shift ;;
  esac
done
[ -n "$unit" ] || { echo 'backup: no unit file given' >&2; exit 2; }

# bind-mounted one by one: what lies beside the unit is none of the test's business
binds=(--bind "$here/backup.py:/test/backup.py" --bind "$unit:/test/unit/${unit##*/}")
[ -z "$each" ] || binds+=(--bind "$each:/test/each")
[ ! -d "$unit.d" ] || binds+=(--bind "$unit.d:/test/unit/${unit##*/}.d")
exec "$here/with-systemd.sh" --suite "$suite" --packages restic,openssh-server,openssh-client --timeout 3000 "${binds[@]}" \
  -- python3 /test/backup.py ${words[@]+"${words[@]}"} "/test/unit/${unit##*/}"
