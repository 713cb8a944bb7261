"""A user's desk for others, of a template, a session by PAM that forks: a peer's greeting answered, and a program of the desk by its socket in /tmp."""
import os
import stat

from client import USER, run, talk, write

packages = 'tigervnc-standalone-server,xterm'
unit = 'tigervncserver@.service'
starts = 'tigervncserver@:7.service'
control = 'ProtectHome=yes'
patience = 40


def prepare():
    write('/etc/tigervnc/vncserver.users', f':7={USER}\n')
    write(f'/home/{USER}/.vnc/config', 'session=ours\nSecurityTypes=None\nlocalhost\n')
    write('/usr/share/xsessions/ours.desktop', '[Desktop Entry]\nType=Application\nName=ours\nExec=/usr/local/bin/ours-desk\n')
    write('/usr/local/bin/ours-desk', '#!/bin/sh\nxterm -e true\ndate > ~/desk-is-up\nexec sleep 1000\n')


def ask():
    talk(5907, b'', b'RFB 003.008')
    assert stat.S_ISSOCK(os.stat('/tmp/.X11-unix/X7').st_mode)
    os.stat(f'/home/{USER}/desk-is-up')
