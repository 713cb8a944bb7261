"""PHP, the web's user, as queues of shops run: jobs of an SQLite beside its code done in turn, with caches and a log there, and ended in good order."""
import time

from client import has, read, run

packages = 'php-cli,php-sqlite3,sqlite3'
control = 'ReadOnlyPaths=/var/www/shop/storage'
files = {
    '/etc/systemd/system/shop-queue.service': """[Unit]
Description=Shop queue worker
After=network.target

[Service]
User=www-data
Group=www-data
Restart=always
RestartSec=5s
ExecStart=/usr/bin/php /var/www/shop/artisan queue:work --sleep=1 --tries=3 --max-time=3600
ExecReload=/usr/bin/php /var/www/shop/artisan queue:restart

[Install]
WantedBy=multi-user.target
""",
    '/var/www/shop/artisan': """#!/usr/bin/env php
<?php
chdir(__DIR__);
require 'app/Kernel.php';
exit((new Kernel)->handle($argv[1] ?? ''));
""",
    '/var/www/shop/.env': 'APP_KEY=abc\nDB=storage/shop.sqlite\n',
    '/var/www/shop/app/Kernel.php': """<?php
class Kernel {
  private $db;
  private $stop = false;

  function __construct() {
    foreach (parse_ini_file('.env') as $key => $value) putenv("$key=$value");
    $this->db = new PDO('sqlite:' . getenv('DB'));
    $this->db->exec('create table if not exists jobs (id integer primary key, name text, done text)');
  }

  function handle($command) {
    if ($command === 'queue:restart') { touch('storage/restart'); return 0; }
    pcntl_async_signals(true);
    pcntl_signal(SIGTERM, function () { $this->stop = true; });
    $began = time();
    while (!$this->stop) {
      clearstatcache();
      if (@filemtime('storage/restart') > $began) { $began = time(); $this->log('begins anew'); }
      $job = $this->db->query('select id, name from jobs where done is null limit 1')->fetch();
      if (!$job) { usleep(200000); continue; }
      $this->process($job);
    }
    $this->log('ended');
    return 0;
  }

  private function process($job) {
    $file = tempnam(sys_get_temp_dir(), 'job');
    file_put_contents($file, $job['name']);
    exec('sha1sum ' . escapeshellarg($file), $lines, $status);
    @mkdir('storage/cache/' . substr($lines[0], 0, 2), 0775, true);
    file_put_contents('storage/cache/' . substr($lines[0], 0, 2) . '/' . substr($lines[0], 0, 40), $job['name'], LOCK_EX);
    unlink($file);
    $this->db->prepare('update jobs set done = ? where id = ?')->execute([substr($lines[0], 0, 40), $job['id']]);
    $this->log("did $job[name]");
  }

  private function log($line) { file_put_contents('storage/logs/queue.log', date('c') . " $line\\n", FILE_APPEND); }
}
""",
}


def prepare():
    run('sh', '-c', 'mkdir -p /var/www/shop/storage/logs /var/www/shop/storage/cache; chown -R www-data: /var/www/shop/storage')


def ask():
    word = f'w{time.monotonic_ns()}'
    run('runuser', '-u', 'www-data', '--', 'sqlite3', '-cmd', '.timeout 3000', '/var/www/shop/storage/shop.sqlite', f"insert into jobs (name) values ('{word}')", check=True, cwd='/')
    time.sleep(1)
    done = run('sqlite3', '/var/www/shop/storage/shop.sqlite', f"select done from jobs where name = '{word}'", check=True).stdout.strip()
    assert done and read(f'/var/www/shop/storage/cache/{done[:2]}/{done}') == word, done
    has(word, read('/var/www/shop/storage/logs/queue.log'))
    run('systemctl', 'stop', 'shop-queue', check=True)
    assert read('/var/www/shop/storage/logs/queue.log').strip().endswith('ended')
    run('systemctl', 'start', 'shop-queue', check=True)
