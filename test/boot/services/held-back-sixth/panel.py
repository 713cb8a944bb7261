"""PHP, the web's user, a panel for the shop's people: who it is, a unit started again by sudo, and its state as systemctl tells it."""
from client import fresh, page, run, write

packages = 'php-cli,sudo'
control = 'NoNewPrivileges=yes'
files = {
    '/etc/systemd/system/panel.service': """[Unit]
Description=panel

[Service]
User=www-data
WorkingDirectory=/srv/panel
ExecStart=/usr/bin/php -S 127.0.0.1:8406 index.php
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/etc/systemd/system/till.service': '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/usr/bin/touch /run/till-started\n',
    '/srv/panel/index.php': """<?php
require __DIR__ . '/lib.php';
session_start();
$_SESSION['count'] = ($_SESSION['count'] ?? 0) + 1;
echo restart('till'), ' ', $_SESSION['count'], ' ', trim(shell_exec('id -un'));
""",
    '/srv/panel/lib.php': """<?php
function restart($unit) {
  exec('sudo -n systemctl restart ' . escapeshellarg($unit) . ' 2>&1', $lines, $status);
  return $status === 0 ? trim(shell_exec("systemctl is-active $unit")) : implode(' ', $lines);
}
""",
}


def prepare():
    run('mkdir', '-p', '/etc/sudoers.d')
    write('/etc/sudoers.d/panel', 'www-data ALL=(root) NOPASSWD: /usr/bin/systemctl restart till\n', 0o440)


def ask():
    page(8406, expected='active 1 www-data')
    fresh('/run/till-started')
