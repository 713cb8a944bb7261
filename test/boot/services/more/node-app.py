"""Node, a user of its own: a note posted, packed in threads, written to a file, read."""
from client import USER, page

packages = 'nodejs'
files = {
    '/etc/systemd/system/node-app.service': f"""[Unit]
Description=Notes in Node
After=network.target

[Service]
User={USER}
WorkingDirectory=/home/{USER}
Environment=NODE_ENV=production PORT=8010
ExecStart=/usr/bin/node /opt/node-app/server.js
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/opt/node-app/server.js': """
const http = require('http'), fs = require('fs'), zlib = require('zlib'), os = require('os')
http.createServer((request, response) => {
  const parts = []
  request.on('data', part => parts.push(part)).on('end', () => {
    if (request.method === 'POST') fs.writeFileSync('note.gz', zlib.gzipSync(Buffer.concat(parts)))
    zlib.gunzip(fs.readFileSync('note.gz'), (error, text) => response.end(`${os.cpus().length} ${text}`))
  })
}).listen(process.env.PORT)
""",
}


def ask():
    page(8010, data=b'a note', expected='a note')
    page(8010, expected='a note')
