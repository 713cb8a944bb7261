"""Database for figures, in Go, a user of its own: one written, and asked for."""
import time

from client import page

packages = 'victoria-metrics'
patience = 40


def ask():
    now = int(time.time())
    page(8428, '/api/v1/import/prometheus', data=f'our_figure{{at="x"}} 42 {now * 1000}\n'.encode())
    time.sleep(1)
    page(8428, '/internal/force_flush')
    page(8428, f'/api/v1/query?query=our_figure&time={now + 5}', expected='"42"')
