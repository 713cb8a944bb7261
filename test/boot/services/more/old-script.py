"""A script as of old, that starts a daemon as a user by start-stop-daemon: who it is, and what it wrote."""
from client import USER, fresh, talk

packages = 'socat'
control = 'CapabilityBoundingSet=~CAP_SETGID'
files = {
    '/etc/systemd/system/old-script.service': """[Unit]
Description=As of old

[Service]
Type=forking
PIDFile=/run/old/pid
ExecStart=/etc/old/daemon start
ExecStop=/etc/old/daemon stop
""",
    '/etc/old/daemon': f"""#!/bin/sh
case $1 in
  start)
    mkdir -p /run/old /var/lib/old
    chown {USER} /var/lib/old
    start-stop-daemon --start --background --make-pidfile --pidfile /run/old/pid --chuid {USER} --exec /usr/bin/socat -- TCP-LISTEN:8022,fork,reuseaddr,bind=127.0.0.1 EXEC:/etc/old/answer
    ;;
  stop) start-stop-daemon --stop --pidfile /run/old/pid --remove-pidfile ;;
esac
""",
    '/etc/old/answer': '#!/bin/sh\nid -un\ndate > /var/lib/old/was-here\ndate > /tmp/old-was-here\n',
}


def ask():
    talk(8022, b'', f'{USER}\n'.encode())
    fresh('/var/lib/old/was-here', '/tmp/old-was-here')
