"""A tunnel by ssh, a user's, as thousands keep one: another host's port here, with the user's key and settings, and the file of known hosts that it writes."""
import os

from client import USER, page, run, write

packages = 'openssh-server'
control = 'ProtectHome=yes'
patience = 30
files = {
    '/etc/systemd/system/tunnel.service': f"""[Unit]
Description=SSH tunnel to the office
After=network-online.target
Wants=network-online.target

[Service]
User={USER}
ExecStart=/usr/bin/ssh -NT -o ServerAliveInterval=60 -o ExitOnForwardFailure=yes -L 8412:127.0.0.1:8900 office
Restart=always
RestartSec=3

[Install]
WantedBy=multi-user.target
""",
}


def prepare():
    home = f'/home/{USER}/.ssh'
    write(f'{home}/config', 'Host office\n HostName 127.0.0.1\n Port 2227\n User clerk2\n IdentityFile ~/.ssh/office\n StrictHostKeyChecking accept-new\n ControlMaster auto\n ControlPath ~/.ssh/cm-%C\n ProxyCommand nc %h %p\n')
    run('sh', '-c', f'useradd -m clerk2; usermod -p "*" clerk2; ssh-keygen -q -t ed25519 -N "" -f {home}/office; install -d -o clerk2 -m 700 /home/clerk2/.ssh; install -o clerk2 -m 600 {home}/office.pub /home/clerk2/.ssh/authorized_keys; chown -R {USER} {home}; chmod 700 {home}; chmod 600 {home}/*; mkdir -p /run/sshd')
    run('systemd-run', '-u', 'tunnel-sshd', '/usr/sbin/sshd', '-D', '-p', '2227', '-o', 'UsePAM=no')


def ask():
    page(8412, expected='origin')
    assert os.path.getsize(f'/home/{USER}/.ssh/known_hosts')
