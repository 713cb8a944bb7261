"""A timer's job that reads all folders: a file found by its index."""
import os

from client import USER, run

packages = 'plocate'
patience = 30
control = 'ProtectHome=tmpfs'
files = {f'/home/{USER}/deep/to-be-found': ''}


def ask():
    assert f'/home/{USER}/deep/to-be-found' in run('locate', 'to-be-found').stdout
    os.unlink('/var/lib/plocate/plocate.db')
