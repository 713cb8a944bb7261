"""A user's unit, in Go: it answers, and keeps its files in the home."""
import os

from client import USER, page

packages = 'syncthing'
manager = 'user'
control = 'RestrictAddressFamilies=none'
patience = 40


def ask():
    page(8384, '/', 'Syncthing')
    assert any(os.path.exists(f'/home/{USER}/{folder}/syncthing/cert.pem') for folder in ('.config', '.local/state'))
