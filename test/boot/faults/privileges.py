"""Commands that only root can run, before services of other users."""
from faults import shown, systemctl, units, until

# Lines, and whether the service starts.
COMMANDS = [
    ('User=daemon\nExecStartPre=/bin/mkdir -p /run/unprivileged', False),
    ('User=daemon\nExecStartPre=+/bin/mkdir -p /run/unprivileged-root', True),
    ('User=daemon\nExecStartPre=/bin/chown bin /tmp', False),
    ('User=daemon\nExecStartPre=+/bin/chown root /tmp', True),
    ('DynamicUser=yes\nExecStartPre=/bin/chown root /var/lib', False),
    ('User=daemon\nExecStartPre=/usr/sbin/useradd unprivileged', False),
]


def test_what_only_root_may_do_fails_before_a_service_of_another_user():
    for at, (lines, starts) in enumerate(COMMANDS):
        name = f'privileges{at}'
        units(**{f'{name}__service': f'[Service]\n{lines}\nExecStart=/bin/sleep 100\n'})
        systemctl('start', f'{name}.service')
        state = 'active' if starts else 'failed'
        assert until(lambda: shown(f'{name}.service', 'ActiveState') == state), (lines, shown(f'{name}.service', 'ActiveState'))
        systemctl('stop', f'{name}.service')
