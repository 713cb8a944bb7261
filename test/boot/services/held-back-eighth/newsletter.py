"""Node, a user of its own, a queue in a folder: letters written from a pattern by a thread, and sent by sendmail."""
import glob
import os
import time

from client import run, write

packages = 'nodejs'
control = 'ReadOnlyPaths=/var/spool/stubmail'
files = {
    '/etc/systemd/system/newsletter.service': """[Unit]
Description=Sends the newsletter
After=network.target

[Service]
User=news
Environment=NODE_ENV=production
WorkingDirectory=/srv/newsletter
ExecStart=/usr/bin/node server.js
Restart=always
SyslogIdentifier=newsletter

[Install]
WantedBy=multi-user.target
""",
    '/usr/sbin/sendmail': '#!/bin/sh\n# Keeps letters, for the tests of the shop.\nexec cat > "/var/spool/stubmail/$(date +%s%N)-$(id -un)"\n',
    '/srv/newsletter/package.json': '{"name": "newsletter", "private": true, "main": "server.js"}\n',
    '/srv/newsletter/letter.txt': 'To: {to}\nSubject: News\n\nDear {name}, this is new.\n',
    '/srv/newsletter/render.js': """const { parentPort, workerData } = require('worker_threads')
parentPort.postMessage(workerData.pattern.replace(/\\{(\\w+)\\}/g, (_, key) => workerData.who[key] || ''))
""",
    '/srv/newsletter/server.js': """const fs = require('fs')
const path = require('path')
const { Worker } = require('worker_threads')
const { spawn } = require('child_process')

const queue = path.join(__dirname, 'queue')
const done = path.join(__dirname, 'sent')

function render(who) {
  const pattern = fs.readFileSync(path.join(__dirname, 'letter.txt'), 'utf8')
  return new Promise((resolve, reject) => {
    const worker = new Worker(path.join(__dirname, 'render.js'), { workerData: { pattern, who } })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

function send(text) {
  return new Promise((resolve, reject) => {
    const mailer = spawn('/usr/sbin/sendmail', ['-t', '-oi'], { stdio: ['pipe', 'inherit', 'inherit'] })
    mailer.on('error', reject)
    mailer.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`sendmail: ${code}`))))
    mailer.stdin.end(text)
  })
}

async function tick() {
  for (const name of fs.readdirSync(queue)) {
    if (!name.endsWith('.json')) continue
    const who = JSON.parse(fs.readFileSync(path.join(queue, name), 'utf8'))
    await send(await render(who))
    fs.renameSync(path.join(queue, name), path.join(done, name))
    console.log(`sent ${name}`)
  }
}

process.on('SIGTERM', () => process.exit(0))
const loop = () => tick().catch((error) => console.error(error)).finally(() => setTimeout(loop, 500))
loop()
""",
}


def prepare():
    run('sh', '-c', 'mkdir -p /srv/newsletter/queue /srv/newsletter/sent; chown news: /srv/newsletter/queue /srv/newsletter/sent; mkdir -p -m 1777 /var/spool/stubmail')


def ask():
    word = f'w{time.monotonic_ns()}'
    write('/srv/newsletter/queue/tmp', f'{{"to": "a@example.org", "name": "{word}"}}')
    os.rename('/srv/newsletter/queue/tmp', f'/srv/newsletter/queue/{word}.json')
    for _ in range(30):
        if any(word in open(path).read() for path in glob.glob('/var/spool/stubmail/*-news')) and os.path.exists(f'/srv/newsletter/sent/{word}.json'):
            return
        time.sleep(0.1)
    raise AssertionError('no letter')
