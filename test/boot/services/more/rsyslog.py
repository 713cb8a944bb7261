"""Logs: a line of a program's, one by UDP, in a file."""
import socket
import time

from client import append, read, run

packages = 'rsyslog'
starts = 'rsyslog.service'
control = 'ReadOnlyPaths=/var/log'


def prepare():
    append('/etc/rsyslog.conf', '\nmodule(load="imudp")\ninput(type="imudp" port="514")\nlocal5.* /var/log/kept-lines\n')


def ask():
    word = f'word-{time.monotonic()}'
    run('logger', '-p', 'local5.info', word, check=True)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.sendto(f'<174>by-udp-{word}'.encode(), ('127.0.0.1', 514))
    time.sleep(0.5)
    assert word in read('/var/log/kept-lines') and f'by-udp-{word}' in read('/var/log/kept-lines')
