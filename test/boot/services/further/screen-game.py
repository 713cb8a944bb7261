"""A game's server in screen, a user's: a command typed into it by another."""
import time

from client import USER, fresh, run

packages = 'screen'
control = 'ReadOnlyPaths=/opt'
files = {
    '/etc/systemd/system/screen-game@.service': f"""[Unit]
Description=Game %i
After=network.target

[Service]
User={USER}
WorkingDirectory=/opt/games/%i
ExecStart=/usr/bin/screen -DmS mc-%i /opt/games/%i/start
ExecStop=/usr/bin/screen -p 0 -S mc-%i -X eval 'stuff "stop\\015"'
ExecStop=/bin/sleep 1
Restart=on-failure

[Install]
WantedBy=multi-user.target
""",
    '/opt/games/one/start': '#!/bin/bash\nwhile read -r word; do case $word in stop*) exit ;; *) date > "saves-$word" ;; esac; done\n',
}
unit = 'screen-game@.service'
starts = 'screen-game@one.service'


def prepare():
    run('chown', '-R', f'{USER}:{USER}', '/opt/games')


def ask():
    run('runuser', '-u', USER, '--', 'screen', '-p', '0', '-S', 'mc-one', '-X', 'stuff', 'x\r', check=True, cwd='/')
    time.sleep(0.5)
    fresh('/opt/games/one/saves-x')
