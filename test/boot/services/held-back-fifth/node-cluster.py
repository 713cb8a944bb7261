"""Node, a user's, in a home, at a port below 1024: its workers, a tool that one starts, WebAssembly, a thread, and a note that is kept."""
from client import USER, page, run

packages = 'nodejs'
alone = 'port 80'
control = 'ReadOnlyPaths=/home'
patience = 30
files = {
    '/etc/systemd/system/node-cluster.service': f"""[Unit]
Description=Shop
After=network.target

[Service]
User={USER}
Group={USER}
WorkingDirectory=/home/{USER}/shop
EnvironmentFile=/home/{USER}/shop/.env
AmbientCapabilities=CAP_NET_BIND_SERVICE
ExecStart=/usr/bin/node --max-old-space-size=256 server.js
ExecReload=/bin/kill -USR2 $MAINPID
Restart=always
RestartSec=1

[Install]
WantedBy=multi-user.target
""",
    f'/home/{USER}/shop/.env': 'PORT=80\nNODE_ENV=production\n',
    f'/home/{USER}/shop/server.js': """
const cluster = require('cluster'), http = require('http'), fs = require('fs'), os = require('os'), path = require('path')
const {execFile} = require('child_process'), {Worker} = require('worker_threads')
if (cluster.isPrimary) {
  fs.mkdirSync('data', {recursive: true})
  process.title = 'shop'
  for (let i = 0; i < 2; i++) cluster.fork()
  process.on('SIGUSR2', () => Object.values(cluster.workers).forEach((w) => w.kill()))
  cluster.on('exit', () => cluster.fork())
} else {
  const wasm = new WebAssembly.Module(Buffer.from('0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b', 'hex'))
  const {add} = new WebAssembly.Instance(wasm).exports
  http.createServer((ask, tell) => {
    const words = []
    ask.on('data', (word) => words.push(word)).on('end', () => {
      const kept = path.join(os.homedir(), 'shop', 'data', 'note')
      fs.writeFileSync(kept + '.' + process.pid, Buffer.concat(words))
      fs.renameSync(kept + '.' + process.pid, kept)
      fs.mkdirSync(path.join(os.homedir(), '.cache/shop'), {recursive: true})
      execFile('df', ['-P', '/home'], (error, said) => {
        new Worker('require("worker_threads").parentPort.postMessage(7)', {eval: true}).on('message', (word) => {
          tell.end([fs.readFileSync(kept), add(1, 2), error || said.split('\\n').length > 1, word, os.cpus().length > 0, Object.keys(os.networkInterfaces()).length, os.userInfo().username].join(' '))
        })
      })
    })
  }).listen(process.env.PORT, '127.0.0.1')
}
""",
}


def ask():
    page(80, data=b'a note', expected=f'a note 3 true 7 true 1 {USER}')
    run('find', f'/home/{USER}/shop/data/note', '-delete', check=True)
