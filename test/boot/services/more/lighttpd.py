"""Web server: a page."""
from client import page

packages = 'lighttpd'
alone = 'port 80'
ask = page
