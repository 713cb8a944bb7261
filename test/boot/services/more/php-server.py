"""PHP, from a command line, without a user: a note written to a file, read."""
from client import page

packages = 'php-cli'
files = {
    '/etc/systemd/system/php-server.service': """[Unit]
Description=PHP

[Service]
WorkingDirectory=/srv/php
ExecStart=/usr/bin/php -S 127.0.0.1:8014 index.php
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/srv/php/index.php': '<?php file_put_contents("note", $_SERVER["QUERY_STRING"]); echo "kept ", file_get_contents("note");\n',
}


def ask():
    page(8014, '/?a-note', 'kept a-note')
