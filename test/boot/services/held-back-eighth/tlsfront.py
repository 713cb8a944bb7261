"""Node, as root at port 443 with a key that root alone reads: a page of another server by TLS, and a log of its own."""
import ssl
import time
import urllib.request

from client import ORIGIN, has, read, run

packages = 'nodejs,openssl'
control = 'CapabilityBoundingSet=~CAP_NET_BIND_SERVICE'
files = {
    '/etc/systemd/system/tlsfront.service': """[Unit]
Description=TLS in front of the intranet
After=network.target

[Service]
ExecStart=/usr/bin/node /opt/tlsfront/front.js /opt/tlsfront/config.json
Restart=always
Environment=NODE_OPTIONS=--max-old-space-size=256

[Install]
WantedBy=multi-user.target
""",
    '/opt/tlsfront/config.json': f'{{"port": 443, "key": "/etc/ssl/private/front.key", "cert": "/etc/ssl/certs/front.pem", "upstream": {ORIGIN}, "log": "/var/log/tlsfront/access.log"}}\n',
    '/opt/tlsfront/front.js': """'use strict'
const fs = require('fs')
const https = require('https')
const http = require('http')
const path = require('path')
const config = JSON.parse(fs.readFileSync(process.argv[2]))

fs.mkdirSync(path.dirname(config.log), { recursive: true })
const log = fs.createWriteStream(config.log, { flags: 'a' })
const agent = new http.Agent({ keepAlive: true })
const server = https.createServer({ key: fs.readFileSync(config.key), cert: fs.readFileSync(config.cert) }, (request, response) => {
  log.write(`${new Date().toISOString()} ${process.getuid()} ${request.url}\\n`)
  const onward = http.request({ port: config.upstream, path: request.url, method: request.method, headers: request.headers, agent }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers)
    answer.pipe(response)
  })
  onward.on('error', () => response.writeHead(502).end('bad gateway'))
  request.pipe(onward)
})
server.listen(config.port, () => {
  console.log(`listening on ${config.port} as ${process.getuid()}`)
})
process.on('SIGTERM', () => server.close(() => process.exit(0)) && server.closeAllConnections())
""",
}


def prepare():
    run('sh', '-c', 'mkdir -p -m 0700 /etc/ssl/private; openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -days 9 -keyout /etc/ssl/private/front.key -out /etc/ssl/certs/front.pem; chmod 600 /etc/ssl/private/front.key')


def ask():
    word = f'/w{time.monotonic_ns()}'
    with urllib.request.urlopen(f'https://127.0.0.1{word}', timeout=5, context=ssl._create_unverified_context()) as answer:
        has('origin', answer.read().decode())
    time.sleep(0.2)
    has(f' 0 {word}', read('/var/log/tlsfront/access.log'))
