"""Python, by D-Bus, started by the first who asks: what it tells of users who are there and of other units, and a note in its folder."""
import os

from client import has, run, write

packages = 'python3-dbus,python3-gi'
control = 'InaccessiblePaths=/run/dbus'
patience = 30
files = {
    '/etc/systemd/system/bus-notes.service': """[Unit]
Description=Notes by D-Bus

[Service]
Type=dbus
BusName=org.example.Notes
ExecStart=/usr/libexec/bus-notes
""",
    '/usr/share/dbus-1/system-services/org.example.Notes.service': '[D-BUS Service]\nName=org.example.Notes\nExec=/bin/false\nUser=root\nSystemdService=bus-notes.service\n',
    '/usr/share/dbus-1/system.d/org.example.Notes.conf': """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><policy user="root"><allow own="org.example.Notes"/></policy><policy context="default"><allow send_destination="org.example.Notes"/></policy></busconfig>
""",
    '/usr/libexec/bus-notes': """#!/usr/bin/python3
import os, pwd
import dbus, dbus.service, dbus.mainloop.glib
from gi.repository import GLib
dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.SystemBus()

class Notes(dbus.service.Object):
    @dbus.service.method('org.example.Notes', in_signature='s', out_signature='s', sender_keyword='sender')
    def Keep(self, word, sender=None):
        peer = bus.get_object('org.freedesktop.DBus', '/org/freedesktop/DBus')
        pid = peer.GetConnectionUnixProcessID(sender, dbus_interface='org.freedesktop.DBus')
        uid = peer.GetConnectionUnixUser(sender, dbus_interface='org.freedesktop.DBus')
        command = os.path.basename(os.readlink(f'/proc/{pid}/exe'))
        home = pwd.getpwuid(uid).pw_dir
        os.makedirs('/var/lib/bus-notes', exist_ok=True)
        with open(f'/var/lib/bus-notes/{uid}', 'w') as file:
            file.write(word)
        os.chown(f'/var/lib/bus-notes/{uid}', uid, -1)
        logind = bus.get_object('org.freedesktop.login1', '/org/freedesktop/login1')
        users = [str(name) for _, name, _ in logind.ListUsers(dbus_interface='org.freedesktop.login1.Manager')]
        return f'{command} {os.path.isdir(home)} {",".join(users)}'

name = dbus.service.BusName('org.example.Notes', bus)
Notes(bus, '/org/example/Notes')
GLib.MainLoop().run()
""",
}


def ask():
    said = run('runuser', '-u', 'u', '--', 'busctl', '--system', 'call', 'org.example.Notes', '/org/example/Notes', 'org.example.Notes', 'Keep', 's', 'a note', check=True, cwd='/').stdout
    has('busctl True u', said)
    assert os.stat('/var/lib/bus-notes/1000').st_uid == 1000
    os.unlink('/var/lib/bus-notes/1000')
