"""Ruby, a user of its own: a note posted, written to a file, read."""
from client import USER, page

packages = 'puma,ruby-rack'
patience = 30
files = {
    '/etc/systemd/system/puma.service': f"""[Unit]
Description=Puma
After=network.target

[Service]
User={USER}
WorkingDirectory=/home/{USER}/rack
ExecStart=/usr/bin/puma -b tcp://127.0.0.1:8013 -w 2 -e production
Restart=always

[Install]
WantedBy=multi-user.target
""",
    f'/home/{USER}/rack/config.ru': """
run lambda { |env|
  File.write('note', env['rack.input'].read) if env['REQUEST_METHOD'] == 'POST'
  [200, {'content-type' => 'text/plain'}, [File.read('note')]]
}
""",
}


def ask():
    page(8013, data=b'a note', expected='a note')
    page(8013, expected='a note')
