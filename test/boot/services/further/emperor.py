"""Emperor of uWSGI, of our own, root, vassals are users: a page of one."""
from client import USER, page, run

packages = 'uwsgi-core,uwsgi-plugin-python3'
files = {
    '/etc/systemd/system/emperor.service': """[Unit]
Description=uWSGI Emperor
After=syslog.target

[Service]
ExecStart=/usr/bin/uwsgi --emperor /srv/vassals --emperor-tyrant
RuntimeDirectory=emperor
Restart=always
KillSignal=SIGQUIT
Type=notify
NotifyAccess=all

[Install]
WantedBy=multi-user.target
""",
    '/srv/vassals/x.ini': '[uwsgi]\nplugin = python3\nhttp-socket = 127.0.0.1:8076\nwsgi-file = /srv/vassal/app.py\n',
    '/srv/vassal/app.py': "def application(environment, start):\n    import os\n    start('200 OK', [])\n    return [str(os.getuid()).encode()]\n",
}


def prepare():
    run('chown', f'{USER}:{USER}', '/srv/vassals/x.ini')


def ask():
    page(8076, '/', '1000')
