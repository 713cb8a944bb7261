"""A timer's job of our own, as root, that asks systemd: another unit that is down is started again."""
import time

from client import run

starts = 'health-check.timer'
control = 'InaccessiblePaths=/run/systemd/private /run/dbus'
patience = 30
files = {
    '/etc/systemd/system/health-check.service': """[Unit]
Description=Starts again what is down

[Service]
Type=oneshot
ExecStart=/bin/sh -c 'systemctl is-active --quiet healthy.service || systemctl restart healthy.service'
""",
    '/etc/systemd/system/health-check.timer': """[Timer]
OnActiveSec=1s
OnUnitInactiveSec=1s
AccuracySec=1s

[Install]
WantedBy=timers.target
""",
    '/etc/systemd/system/healthy.service': '[Service]\nExecStart=/bin/sleep 1000\n',
}


def ask():
    for _ in range(40):
        if run('systemctl', 'is-active', 'healthy.service').stdout.strip() == 'active':
            break
        time.sleep(0.1)
    else:
        raise AssertionError('down')
    run('systemctl', 'stop', 'healthy.service')
