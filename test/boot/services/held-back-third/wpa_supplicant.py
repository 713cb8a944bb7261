"""Network, keys for cables and air, by D-Bus: a cable that it is given, and asked of by its socket."""
import os

from client import has, run

packages = 'wpasupplicant,iproute2,dbus'
control = 'CapabilityBoundingSet=~CAP_NET_RAW\nRestrictAddressFamilies=~AF_PACKET'
patience = 30


def prepare():
    run('ip', 'link', 'add', 'wpa0', 'type', 'veth', 'peer', 'name', 'wpa1')
    for name in ('wpa0', 'wpa1'):
        run('ip', 'link', 'set', name, 'up')


def ask():
    made = run('busctl', 'call', 'fi.w1.wpa_supplicant1', '/fi/w1/wpa_supplicant1', 'fi.w1.wpa_supplicant1', 'CreateInterface', 'a{sv}', '2', 'Ifname', 's', 'wpa0', 'Driver', 's', 'wired')
    assert made.returncode == 0 or 'already' in made.stderr, made.stderr
    assert os.path.exists('/run/wpa_supplicant/wpa0')
    has('wpa_state=', run('wpa_cli', '-p', '/run/wpa_supplicant', '-i', 'wpa0', 'status', check=True).stdout)
