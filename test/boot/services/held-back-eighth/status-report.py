"""A timer's job, a user's of its own, in lines of the shell: a page asked by curl, turned over by jq, and put into the web's folder."""
import json

from client import ORIGIN, fresh, read, run

packages = 'curl,jq'
starts = 'status-report.timer'
control = 'ReadOnlyPaths=/var/www/status'
files = {
    '/etc/systemd/system/status-report.service': f"""[Unit]
Description=Write the status page
After=network-online.target

[Service]
Type=oneshot
User=reports
Group=www-data
Environment=TARGET=http://127.0.0.1:{ORIGIN}/
ExecStart=/bin/sh -c "BODY=$(curl -fsS --max-time 10 $TARGET) && export BODY && jq -n '{{at: (now | todate), body: env.BODY, user: env.USER}}' > /var/www/status/.status.json.new && mv /var/www/status/.status.json.new /var/www/status/status.json"
""",
    '/etc/systemd/system/status-report.timer': '[Unit]\nDescription=Every minute\n\n[Timer]\nOnActiveSec=1s\nOnUnitInactiveSec=2s\nAccuracySec=1s\n\n[Install]\nWantedBy=timers.target\n',
}


def prepare():
    run('sh', '-c', 'useradd -r reports; mkdir -p /var/www/status; chown reports:www-data /var/www/status')


def ask():
    said = json.loads(read('/var/www/status/status.json'))
    assert said['body'] == 'origin' and said['user'] == 'reports', said
    fresh('/var/www/status/status.json')
