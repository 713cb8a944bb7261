"""Python, by D-Bus, as root, waits for its name: what the machine is, its disks, its networks and its packages, and a label that it writes below /etc."""
from client import has, read, run

packages = 'python3-dbus,python3-gi,iproute2'
control = 'ReadOnlyPaths=/etc/inventory'
files = {
    '/etc/systemd/system/inventory.service': """[Unit]
Description=Inventory of this machine

[Service]
Type=dbus
BusName=org.example.Inventory
ExecStart=/usr/libexec/inventoryd
Restart=on-failure

[Install]
WantedBy=multi-user.target
Alias=dbus-org.example.Inventory.service
""",
    '/usr/share/dbus-1/system.d/org.example.Inventory.conf': """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><policy user="root"><allow own="org.example.Inventory"/></policy><policy context="default"><allow send_destination="org.example.Inventory"/></policy></busconfig>
""",
    '/etc/inventory/label': 'none\n',
    '/usr/libexec/inventoryd': """#!/usr/bin/python3
import json
import platform
import subprocess

import dbus
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

NAME = 'org.example.Inventory'


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


class Inventory(dbus.service.Object):
    @dbus.service.method(NAME, out_signature='s')
    def Describe(self):
        with open('/etc/inventory/label') as file:
            label = file.read().strip()
        return json.dumps({
            'label': label,
            'kernel': platform.release(),
            'cpus': sum(line.startswith('processor') for line in open('/proc/cpuinfo')),
            'disks': json.loads(output('lsblk', '--json', '-o', 'NAME,SIZE'))['blockdevices'],
            'networks': [link['ifname'] for link in json.loads(output('ip', '-j', 'link'))],
            'packages': len(output('dpkg-query', '-f', '${Package}\\n', '-W').splitlines()),
            'uptime': float(open('/proc/uptime').read().split()[0]),
        })

    @dbus.service.method(NAME, in_signature='s')
    def SetLabel(self, label):
        with open('/etc/inventory/label', 'w') as file:
            file.write(f'{label}\\n')
        self.Changed(label)

    @dbus.service.signal(NAME, signature='s')
    def Changed(self, label):
        pass


DBusGMainLoop(set_as_default=True)
bus = dbus.SystemBus()
name = dbus.service.BusName(NAME, bus)
Inventory(bus, '/org/example/Inventory')
GLib.MainLoop().run()
""",
}


def call(*words):
    return run('runuser', '-u', 'u', '--', 'busctl', '--system', 'call', 'org.example.Inventory', '/org/example/Inventory', 'org.example.Inventory', *words, check=True, cwd='/').stdout


def ask():
    call('SetLabel', 's', 'shelf 4')
    assert read('/etc/inventory/label') == 'shelf 4\n'
    said = call('Describe').replace('\\', '')
    for word in ('"label": "shelf 4"', '"networks": ["lo"', '"kernel"'):
        has(word, said)
    assert '"packages": 0' not in said and '"cpus": 0' not in said, said
    run('sh', '-c', 'echo none > /etc/inventory/label')
