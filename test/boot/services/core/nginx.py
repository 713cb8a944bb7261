"""Web server, starts as root: a page."""
from client import page

packages = 'nginx'
alone = 'port 80'
ask = page
