"""Cron's sibling: a user's job, that writes to the home and to /tmp."""
import time

from client import USER, fresh, run

packages = 'at'
control = 'ReadOnlyPaths=/home'
JOB = f'date > /home/{USER}/at-was-here; date > /tmp/at-was-here\n'


def ask():
    # Asked again and again, as a job that comes while atd starts lies until the next hour.
    run('runuser', '-u', USER, '--', 'at', 'now', input=JOB, cwd='/', check=True)
    time.sleep(1)
    fresh('/tmp/at-was-here', f'/home/{USER}/at-was-here')
