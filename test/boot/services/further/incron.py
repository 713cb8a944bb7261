"""Runs what users ask for when files change: one of theirs, that writes to the home."""
import time

from client import USER, fresh, write

packages = 'incron'
control = 'ReadOnlyPaths=/home'
files = {f'/home/{USER}/watched/.x': ''}


def prepare():
    write('/etc/incron.allow', f'{USER}\n')
    write(f'/var/spool/incron/{USER}', f'/home/{USER}/watched IN_CLOSE_WRITE /home/{USER}/on-change $#\n')
    write(f'/home/{USER}/on-change', '#!/bin/sh\nid -un > ~/incron-was-here\n')


def ask():
    write(f'/home/{USER}/watched/y', 'y')
    time.sleep(1)
    fresh(f'/home/{USER}/incron-was-here')
