"""Sound for many, becomes a user: its status."""
from client import page, replace

packages = 'icecast2'


def prepare():
    try:
        replace('/etc/default/icecast2', 'ENABLE=false', 'ENABLE=true')
    except (AssertionError, FileNotFoundError):
        pass


def ask():
    page(8000, '/status-json.xsl', expected='icestats')
