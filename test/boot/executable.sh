#!/bin/bash
# bash test/boot/executable.sh [SUITE]: in a booted Debian that has no Node, the executable lints and fixes, and its package installs, with its manual page
# and completions. Needs build/unitlint and build/*.deb (`npm run deb`) and what with-systemd.sh needs.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
suite=${1:-trixie}
ls "$top"/build/unitlint "$top"/build/*.deb > /dev/null || { echo 'test/boot/executable.sh: expected `npm run deb` before' >&2; exit 2; }
exec bash "$top/test/boot/with-systemd.sh" --suite "$suite" --packages man-db,bash-completion --bind "$top/build:/build" -- bash -euc '
  fail() { echo "FAILED: $1"; exit 1; }
  ! command -v node || fail "there is a Node"
  export HOME=/root
  cd /root
  cat > /etc/systemd/system/beep.service << UNIT
[Unit]
Description=Beep

[Service]
ExecStart=/usr/bin/sleep infinity
Restrat=always
UNIT
  status=0; /build/unitlint /etc/systemd/system/beep.service > out || status=$?
  [ $status = 1 ] && grep -q "did you mean .Restart" out || fail "lint: $status"
  sed -i s/Restrat/Restart/ /etc/systemd/system/beep.service
  /build/unitlint --fix /etc/systemd/system/beep.service > out || fail "fix: $?"
  grep -q "^NoNewPrivileges=yes\|^PrivateDevices=yes" /etc/systemd/system/beep.service || fail "nothing was fixed"
  systemctl daemon-reload && systemctl start beep && systemctl is-active beep || fail "the fixed service does not run"
  # What a killed trial leaves is put back by the executable itself.
  /build/unitlint try beep --check "sleep 1" > out 2>&1 & trial=$!
  until [ -e /run/systemd/system/beep.service.d/50-unitlint.try.conf ]; do kill -0 $trial || { cat out; fail "try"; }; sleep 0.2; done
  kill -9 $trial
  for _ in $(seq 60); do [ -e /run/systemd/system/beep.service.d ] || break; sleep 0.5; done
  ! [ -e /run/systemd/system/beep.service.d ] && systemctl is-active beep || fail "what a killed trial left stays"
  /build/unitlint --root / --fix-to dropin --diff systemd-timedated.service > /dev/null || [ $? -le 1 ] || fail "root"

  dpkg --path-include=/usr/share/man/\* --install /build/*.deb > out 2>&1 || { cat out; fail "dpkg"; }
  unitlint --version
  man --warnings unitlint > page 2> warnings || { cat warnings; fail "man"; }
  [ ! -s warnings ] || { cat warnings; fail "the manual page has warnings"; }
  grep -q "changed-since" page || fail "the manual page is empty"
  # The loader of bash-completion finds the completion by the name of the command.
  set +eu
  source /usr/share/bash-completion/bash_completion
  if declare -F _comp_load > /dev/null; then _comp_load unitlint; else _completion_loader unitlint; fi
  [[ $(complete -p unitlint) = *_unitlint* ]] || fail "no completion is loaded"
  COMP_WORDS=(unitlint --preset hard) COMP_CWORD=2 COMP_LINE="unitlint --preset hard" COMP_POINT=22
  _unitlint unitlint hard --preset
  set -eu
  # systemd-run expands what stands in braces.
  [ "$COMPREPLY" = hardened ] || fail "completion: $COMPREPLY"
  printf "export default {rules: {\"no-unknown-directive\": \"off\"}}\n" > unitlint.config.mjs
  printf "[Service]\nExecStart=/bin/x\nFoo=1\n" > a.service
  unitlint --quiet a.service || fail "a config in JavaScript"
  printf "export default {rules: {}} as const\n" > c.ts
  status=0; unitlint -c c.ts a.service 2> out || status=$?
  [ $status = 2 ] && [ "$(wc -l < out)" = 1 ] || { cat out; fail "a config in TypeScript: $status"; }
  cat out
  dpkg --remove unitlint > /dev/null && ! [ -e /usr/bin/unitlint ] || fail "remove"
  echo "without Node: lints, fixes, installs, completes"
'
