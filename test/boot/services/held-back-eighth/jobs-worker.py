"""Template of our own, an instance a queue, Python by Redis, settings of each in a file: jobs done in processes of their own, with a time limit."""
import json
import time

from client import run

packages = 'redis-server,python3-redis'
unit = 'jobs-worker@.service'
starts = 'jobs-worker@reports.service'
files = {
    '/etc/systemd/system/jobs-worker@.service': """[Unit]
Description=Jobs worker for %i
After=redis-server.service
PartOf=jobs-worker.target

[Service]
User=jobs
WorkingDirectory=/srv/jobs
Environment=PYTHONUNBUFFERED=1 QUEUE=%i
EnvironmentFile=-/etc/jobs/%i.env
ExecStart=/usr/bin/python3 /srv/jobs/worker.py --queue ${QUEUE} --concurrency $CONCURRENCY
KillSignal=SIGINT
Restart=always

[Install]
WantedBy=jobs-worker.target
""",
    '/etc/systemd/system/jobs-worker.target': '[Unit]\nDescription=All workers\n',
    '/etc/jobs/reports.env': 'CONCURRENCY=2\nREDIS_HOST=127.0.0.1\n',
    '/srv/jobs/tasks.py': """
import hashlib
import os
import tempfile
import time


def digest(text):
    with tempfile.TemporaryDirectory(prefix='job-') as folder:
        path = os.path.join(folder, 'input')
        with open(path, 'w') as file:
            file.write(text)
        with open(path, 'rb') as file:
            return hashlib.sha256(file.read()).hexdigest()


def sleep(seconds):
    time.sleep(float(seconds))
    return 'slept'
""",
    '/srv/jobs/worker.py': """
import argparse
import json
import multiprocessing
import os
import signal

import redis

import tasks

parser = argparse.ArgumentParser()
parser.add_argument('--queue')
parser.add_argument('--concurrency', type=int, default=1)
options = parser.parse_args()
store = redis.Redis(host=os.environ.get('REDIS_HOST', 'localhost'))


def run(job, results):
    results.put(getattr(tasks, job['task'])(job['argument']))


def work():
    signal.signal(signal.SIGINT, lambda *_: os._exit(0))
    context = multiprocessing.get_context('fork')
    while True:
        _, text = store.brpop(f'queue:{options.queue}')
        job = json.loads(text)
        results = context.Queue()
        child = context.Process(target=run, args=(job, results))
        child.start()
        try:
            answer = results.get(timeout=job.get('limit', 5))
        except Exception:
            child.kill()
            answer = 'timed out'
        child.join()
        store.setex(f'result:{job["id"]}', 60, answer)


workers = [multiprocessing.Process(target=work) for _ in range(options.concurrency)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
""",
}


def prepare():
    run('useradd', '-r', 'jobs')
    run('systemctl', 'start', 'redis-server', check=True)


def result(task, argument, **more):
    name = str(time.monotonic_ns())
    run('redis-cli', 'lpush', 'queue:reports', json.dumps({'id': name, 'task': task, 'argument': argument, **more}), check=True)
    for _ in range(40):
        said = run('redis-cli', 'get', f'result:{name}').stdout.strip()
        if said:
            return said
        time.sleep(0.1)
    return ''


def ask():
    assert result('digest', 'abc').startswith('ba7816bf')
    assert result('sleep', '9', limit=0.5) == 'timed out'
