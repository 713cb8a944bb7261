"""PHP, the web's user, with a drop-in of the admin's: pictures put into a folder of /srv, and noted by SQLite."""
import time
import urllib.request

from client import page, run

packages = 'php-cli,php-sqlite3'
control = 'ReadOnlyPaths=/srv/gallery'
files = {
    '/etc/systemd/system/gallery.service': """[Unit]
Description=Family gallery

[Service]
User=www-data
Group=www-data
WorkingDirectory=/srv/gallery/public
ExecStart=/usr/bin/php -S 127.0.0.1:8705 -t /srv/gallery/public router.php

[Install]
WantedBy=multi-user.target
""",
    '/etc/systemd/system/gallery.service.d/override.conf': '[Service]\nEnvironment=GALLERY_TITLE="Our pictures" PHP_CLI_SERVER_WORKERS=3\nExecStart=\nExecStart=/usr/bin/php -d upload_max_filesize=20M -d memory_limit=128M -S 127.0.0.1:8705 -t /srv/gallery/public router.php\nRestart=always\n',
    '/srv/gallery/public/router.php': """<?php
require __DIR__ . '/../src/db.php';
if ($_SERVER['REQUEST_METHOD'] === 'POST') {
  $file = $_FILES['picture'];
  $name = bin2hex(random_bytes(6)) . '-' . basename($file['name']);
  if (!move_uploaded_file($file['tmp_name'], __DIR__ . "/../uploads/$name")) { http_response_code(500); exit('not kept'); }
  db()->prepare('insert into pictures (name, sum) values (?, ?)')->execute([$name, sha1_file(__DIR__ . "/../uploads/$name")]);
  exit($name);
}
if (preg_match('~^/p/([\\w.-]+)$~', $_SERVER['REQUEST_URI'], $m)) { readfile(__DIR__ . "/../uploads/$m[1]"); exit; }
echo getenv('GALLERY_TITLE'), "\\n";
foreach (db()->query('select name, sum from pictures') as $row) echo "$row[name] $row[sum]\\n";
""",
    '/srv/gallery/src/db.php': """<?php
function db() {
  static $db;
  if (!$db) {
    $db = new PDO('sqlite:' . __DIR__ . '/../data/gallery.db');
    $db->exec('create table if not exists pictures (name text, sum text)');
  }
  return $db;
}
""",
}


def prepare():
    run('sh', '-c', 'mkdir -p /srv/gallery/uploads /srv/gallery/data; chown www-data: /srv/gallery/uploads /srv/gallery/data')


def ask():
    word = f'picture {time.monotonic_ns()}'
    body = f'--x\r\nContent-Disposition: form-data; name="picture"; filename="cat.jpg"\r\nContent-Type: image/jpeg\r\n\r\n{word}\r\n--x--\r\n'.encode()
    request = urllib.request.Request('http://127.0.0.1:8705/', data=body, headers={'Content-Type': 'multipart/form-data; boundary=x'})
    with urllib.request.urlopen(request, timeout=5) as answer:
        name = answer.read().decode()
    page(8705, f'/p/{name}', word)
    page(8705, '/', name)
    page(8705, '/', 'Our pictures')
