"""A script of the shell, as root, in a loop: processes of a user found by pgrep are made nicer, bound to a processor and one that is too old is ended."""
import os
import subprocess
import time

from client import USER

control = 'CapabilityBoundingSet=~CAP_KILL CAP_SYS_NICE CAP_SYS_PTRACE'
files = {
    '/etc/systemd/system/nicer.service': """[Unit]
Description=Be nice

[Service]
ExecStart=/bin/bash /usr/local/bin/nicer
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/usr/local/bin/nicer': f"""#!/bin/bash
while sleep 0.3; do
  for pid in $(pgrep -u {USER} -f 'sleep 7[0-9]'); do
    renice -n 10 -p "$pid" > /dev/null
    ionice -c 3 -p "$pid"
    taskset -p -c 0 "$pid" > /dev/null
    choom -p "$pid" -n 500 > /dev/null
    grep -q '^TOO_OLD=1' <(tr '\\0' '\\n' < /proc/$pid/environ) && kill -TERM "$pid"
  done
  pgrep -c -u {USER} > /run/nicer.count
done
""",
}


def ask():
    old = subprocess.Popen(['runuser', '-u', USER, '--', 'env', 'TOO_OLD=1', 'sleep', '71'])
    new = subprocess.Popen(['setpriv', f'--reuid={USER}', '--clear-groups', 'sleep', '72'])
    try:
        time.sleep(1.5)
        assert old.poll() is not None, 'not ended'
        assert os.getpriority(os.PRIO_PROCESS, new.pid) == 10, 'not nicer'
        assert os.sched_getaffinity(new.pid) == {0}
        assert open(f'/proc/{new.pid}/oom_score_adj').read() == '500\n' and int(open('/run/nicer.count').read())
    finally:
        old.kill()
        new.kill()
        new.wait()
        old.wait()
