"""A cache of packages, socket activation, an instance a connection, a user of its own: a page of another server, and the file that it keeps of it."""
import os

from client import ORIGIN, page, write, run

packages = 'approx'
unit = 'approx@.service'
starts = 'approx.socket'
patience = 30


def prepare():
    write('/etc/approx/approx.conf', f'other http://127.0.0.1:{ORIGIN}/\n')


def ask():
    page(9999, '/other/dists/x/Release', expected='origin')
    kept = '/var/cache/approx/other/dists/x/Release'
    assert os.path.exists(kept)
    os.unlink(kept)
