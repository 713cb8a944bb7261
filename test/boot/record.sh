#!/bin/bash
# record.sh [--suite NAME]
#
# Boots a Debian with strace and Node, and has the built unitlint trace a service there: with a check, cut off by signals at some moments, a check that
# fails, and a unit that does not start. The machine is as it was each time: no drop-in, nothing traced, the service as it was.
# Prints a line for each. Exit status: 0 where all is as expected, 1 where not, 125 as with-systemd.sh.
set -u
here=$(dirname "$(readlink -f "$0")")
if [ "${1:-}" != inside ]; then
  [ -e "$here/../../dist/cli.js" ] || { echo 'record: npm run build first' >&2; exit 1; }
  exec "$here/with-systemd.sh" "$@" --packages nodejs,redis-server,strace --bind "$here:/test" --bind "$here/../../dist:/unitlint" --timeout 900 -- /test/record.sh inside
fi

unitlint() { UNITLINT_NO_CACHE=1 node /unitlint/cli.js "$@"; }
failed=0
report() { printf '%s\t%s\n' "$1" "$2"; [ "$2" = 'as expected' ] || failed=1; }
# What is to be as it was: the state of the service, no drop-in of ours, nobody who traces PID 1.
state() {
  systemctl is-active redis-server.service
  ls -A /run/systemd/system | grep -v '^session\|\.scope' | sort
  grep TracerPid /proc/1/status
  ls /tmp | grep unitlint
}
as_it_was() { [ "$(state)" = "$before" ] && echo 'as expected' || echo "not as it was: $(state | tr '\n' ' ') instead of $(echo "$before" | tr '\n' ' ')"; }
check='redis-cli set a b >/dev/null && redis-cli get a | grep -q b'
mkdir -p /root/out

for was in started stopped; do
  [ $was = started ] && systemctl start redis-server || systemctl stop redis-server
  before=$(state)
  unitlint trace redis-server --check "$check" -o /root/out/$was.json || report "$was: traced" "status $?"
  report "$was: traced" "$(as_it_was)"
  grep -q '"accept"' /root/out/$was.json && report "$was: the work is in it" 'as expected' || report "$was: the work is in it" "$(head -c 600 /root/out/$was.json)"
done
systemctl start redis-server
before=$(state)
for after in 0.2 0.6 1 1.5 2 3; do
  for signal in TERM INT HUP; do
    node /unitlint/cli.js trace redis-server --settle 2 -o /root/out/cut.json 2>/dev/null &
    pid=$!
    sleep $after
    kill -$signal $pid 2>/dev/null
    wait $pid
    report "cut off by $signal after $after s" "$(as_it_was)"
  done
done
unitlint trace redis-server --check false -o /root/out/x.json 2>/root/out/said
[ $? = 2 ] && grep -q 'The check failed' /root/out/said && report 'a check that fails' "$(as_it_was)" || report 'a check that fails' "$(cat /root/out/said)"
printf '[Service]\nType=oneshot\nExecStart=/bin/false\n' >/etc/systemd/system/never.service
systemctl daemon-reload
unitlint trace never 2>/root/out/said
[ $? = 2 ] && grep -q 'does not start' /root/out/said && report 'a unit that does not start' "$(as_it_was)" || report 'a unit that does not start' "$(cat /root/out/said)"
unitlint trace nowhere 2>/root/out/said
[ $? = 2 ] && grep -q 'Not loaded' /root/out/said && report 'a unit that is not there' 'as expected' || report 'a unit that is not there' "$(cat /root/out/said)"
unitlint trace redis-server --settle 4 -o /root/out/x.json 2>/dev/null &
sleep 1.5
unitlint trace redis-server 2>/root/out/said
[ $? = 2 ] && grep -q 'Being traced already' /root/out/said && report 'two at once' 'as expected' || report 'two at once' "$(cat /root/out/said)"
wait
report 'two at once' "$(as_it_was)"
exit $failed
