"""By D-Bus, becomes a user: whether root may, whether another may not."""
from client import USER, run

packages = 'polkitd'
control = 'InaccessiblePaths=/run/dbus'


def ask():
    run('pkcheck', '-a', 'org.freedesktop.policykit.exec', '-p', '1', check=True)
    said = run('runuser', '-u', USER, '--', 'sh', '-c', 'pkcheck -a org.freedesktop.policykit.exec -p $$')
    assert said.returncode, said.stdout
