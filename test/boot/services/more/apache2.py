"""Web server, forks, starts as root: a page."""
from client import page

packages = 'apache2'
alone = 'port 80'
ask = page
