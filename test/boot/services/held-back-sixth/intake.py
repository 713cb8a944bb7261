"""PHP, the web's user, told by a file of /etc/default where: what other programs lay down in /tmp is taken, counted, and told beside it."""
import os
import time

from client import run, write

packages = 'php-cli'
control = 'PrivateTmp=yes'
files = {
    '/etc/systemd/system/intake.service': """[Unit]
Description=Intake of orders
After=network.target

[Service]
User=www-data
EnvironmentFile=/etc/default/intake
ExecStart=/usr/bin/php /var/www/shop/bin/intake.php
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/etc/default/intake': '# Where the tills lay down their orders\nINTAKE_DIR=/tmp/orders\nINTAKE_EVERY=300000\n',
    '/var/www/shop/bin/intake.php': """<?php
$dir = getenv('INTAKE_DIR');
while (true) {
  if (is_dir($dir)) foreach (glob("$dir/*.csv") as $file) {
    $sum = 0;
    foreach (file($file) as $line) $sum += (int) str_getcsv($line, ',', '"', '')[1];
    file_put_contents(substr($file, 0, -4) . '.done', "$sum\\n");
    error_log("took $file", 3, '/var/www/shop/var/intake.log');
    rename($file, '/var/www/shop/var/' . basename($file));
  }
  usleep((int) getenv('INTAKE_EVERY'));
}
""",
}


def prepare():
    run('sh', '-c', 'mkdir -p /var/www/shop/var /tmp/orders; chmod 777 /tmp/orders; chown -R www-data /var/www/shop/var')


def ask():
    write('/tmp/orders/1.csv', 'tea,2\nmilk,3\n')
    time.sleep(1)
    assert open('/tmp/orders/1.done').read() == '5\n'
    os.unlink('/tmp/orders/1.done')
    os.unlink('/var/www/shop/var/1.csv')
