"""matrix.py copy|try: inside a booted Debian, for services of packages.

copy: the units as they are installed, to /var/units.
try PRESET: each service with the drop-in of /out/PRESET, started and restarted, asked by a client both times; a line for each: SERVICE works|breaks REASON.
"""
import ftplib
import os
import shutil
import socket
import struct
import subprocess
import sys
import time
import urllib.request


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, timeout=60, **options)


def talk(port, sent, expected):
    with socket.create_connection(('127.0.0.1', port), timeout=5) as peer:
        peer.sendall(sent)
        answer = peer.recv(4096)
    assert expected in answer, answer


def http(port=80, path='/', expected=b''):
    with urllib.request.urlopen(f'http://127.0.0.1:{port}{path}', timeout=5) as answer:
        assert expected in answer.read()


def dns():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.settimeout(5)
        peer.sendto(struct.pack('>6H', 7, 0x0100, 1, 0, 0, 0) + b'\x09localhost\x00' + struct.pack('>2H', 1, 1), ('127.0.0.1', 53))
        answer = peer.recv(512)
    assert b'\x7f\x00\x00\x01' in answer, answer


def redis():
    talk(6379, b'SET k v\r\n', b'+OK')
    talk(6379, b'SAVE\r\n', b'+OK')
    talk(6379, b'GET k\r\n', b'v')


def memcached():
    talk(11211, b'set k 0 0 1\r\nv\r\n', b'STORED')
    talk(11211, b'get k\r\n', b'VALUE k 0 1')


def postgresql():
    # As from another host: what it says of the greeting of a client without encryption.
    talk(5432, struct.pack('>2I', 8, 80877103), b'S')
    said = run('runuser', '-u', 'postgres', '--', 'psql', '-tAc', 'create table if not exists t (a int); insert into t values (1); checkpoint; select count(*) > 0 from t')
    assert said.stdout.strip().endswith('t'), said.stderr


def ftp():
    with ftplib.FTP('127.0.0.1', timeout=10) as peer:
        peer.login('ftpuser', 'secret-word')
        with open('/etc/hostname', 'rb') as file:
            peer.storbinary('STOR x', file)
        assert 'x' in peer.nlst()


def rsync():
    shutil.rmtree('/tmp/pulled', ignore_errors=True)
    said = run('rsync', '-a', 'rsync://127.0.0.1/data/', '/tmp/pulled/')
    assert os.path.exists('/tmp/pulled/a'), said.stderr


def samba():
    said = run('smbclient', '-N', '-L', '//127.0.0.1')
    assert 'IPC$' in said.stdout, said.stdout + said.stderr


def configure():
    """What the services need to have something to do."""
    run('useradd', '-m', 'ftpuser')
    run('chpasswd', input='ftpuser:secret-word\n')
    with open('/etc/vsftpd.conf', 'a') as file:
        file.write('\nwrite_enable=YES\n')
    with open('/etc/rsyncd.conf', 'w') as file:
        file.write('[data]\npath = /srv/data\n')
    os.makedirs('/srv/data', exist_ok=True)
    open('/srv/data/a', 'w').close()
    with open('/etc/haproxy/haproxy.cfg', 'a') as file:
        file.write('\nfrontend f\n  bind 127.0.0.1:8088\n  http-request return status 200 content-type text/plain string here\n')
    with open('/etc/dnsmasq.d/x.conf', 'w') as file:
        file.write('no-resolv\nlisten-address=127.0.0.1\nbind-interfaces\n')


SERVICES = {
    'nginx': http,
    'apache2': http,
    'lighttpd': http,
    'redis-server': redis,
    'memcached': memcached,
    f'postgresql@{os.listdir("/etc/postgresql")[0]}-main': postgresql,
    'dnsmasq': dns,
    'haproxy': lambda: http(8088, '/', b'here'),
    'mosquitto': lambda: talk(1883, b'\x10\x0d\x00\x04MQTT\x04\x02\x00\x3c\x00\x01a', b'\x20\x02\x00\x00'),
    'vsftpd': ftp,
    'prometheus-node-exporter': lambda: http(9100, '/metrics', b'node_cpu_seconds_total'),
    'rsync': rsync,
    'smbd': samba,
}


def asked(check):
    fault = 'no answer'
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            check()
            return None
        except Exception as error:
            fault = repr(error)
            time.sleep(0.25)
    return fault[:160]


def attempt(name, check):
    for action in ('start', 'restart'):
        said = run('systemctl', action, name)
        fault = said.stderr.strip().splitlines()[:1] if said.returncode else None
        fault = fault or asked(check)
        if fault:
            return f'{action}: {fault}'
    return None


def main():
    mode, *rest = sys.argv[1:]
    configure()
    for name in SERVICES:
        run('systemctl', 'stop', name)
    if mode == 'copy':
        for name in SERVICES:
            path = run('systemctl', 'show', '-P', 'FragmentPath', name).stdout.strip()
            if path:
                with open(path) as file:
                    print(f'=== {name}\n{file.read()}', end='')
        return
    for way in rest:
        for name, check in SERVICES.items():
            source = f'/test/units/{way}/{name}.service.d/50-unitlint.conf'
            folder = f'/run/systemd/system/{name}.service.d'
            if os.path.exists(source):
                os.makedirs(folder, exist_ok=True)
                shutil.copy(source, f'{folder}/50-unitlint.conf')
            run('systemctl', 'daemon-reload')
            run('systemctl', 'reset-failed', name)
            fault = attempt(name, check)
            run('systemctl', 'stop', name)
            shutil.rmtree(folder, ignore_errors=True)
            print(way, name, f'breaks {fault}' if fault else 'works', flush=True)


main()
