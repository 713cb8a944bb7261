"""Logins of a company's, by D-Bus, as root: a realm that its settings know listed, who may log in written into them, and a service started again after."""
import os

from client import has, read, run, write

packages = 'realmd,polkitd'
control = 'ReadOnlyPaths=/etc'
SETTINGS = '[sssd]\ndomains = example.test\nservices = nss, pam\n\n[domain/example.test]\nad_domain = example.test\nkrb5_realm = EXAMPLE.TEST\nid_provider = ad\naccess_provider = ad\nrealmd_tags = manages-system joined-with-adcli\n'
files = {
    '/etc/realmd.conf': '[commands]\nsssd-restart-service = /usr/bin/systemctl restart sssd.service\nsssd-enable-service = /usr/bin/systemctl enable sssd.service\n',
    '/etc/systemd/system/sssd.service': '[Service]\nType=oneshot\nExecStart=/bin/touch /run/sssd-was-started\n[Install]\nWantedBy=multi-user.target\n',
}


def prepare():
    write('/etc/sssd/sssd.conf', SETTINGS, 0o600)


def ask():
    prepare()
    run('systemctl', 'reset-failed', 'sssd.service')
    has('EXAMPLE.TEST', run('realm', 'list', check=True).stdout)
    run('realm', 'permit', '-R', 'example.test', 'someone@example.test', check=True)
    has('someone', read('/etc/sssd/sssd.conf'))
    os.unlink('/run/sssd-was-started')
    assert run('realm', 'discover', 'nowhere.test').returncode
