"""DNS, in Lua, of a template, a user of its own: a name of its own file resolved, and what it keeps in its cache."""
import os

from client import resolve, run, append

packages = 'knot-resolver'
unit = 'kresd@.service'
starts = 'kresd@1.service'
alone = 'port 53'
patience = 30


def prepare():
    append('/etc/knot-resolver/kresd.conf', "\nhints.set('printer.example. 198.51.100.7')\n")


def ask():
    resolve(53, 'printer.example', '198.51.100.7')
    assert os.path.exists('/var/cache/knot-resolver/data.mdb')
