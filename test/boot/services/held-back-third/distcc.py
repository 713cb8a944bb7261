"""Compiles for others, a user of its own, from a line of shell: a file of C, by a compiler that it starts."""
import os

from client import has, run, write

packages = 'distcc,tcc'
patience = 30


def prepare():
    write('/etc/default/distcc', 'STARTDISTCC="true"\nALLOWEDNETS="127.0.0.1"\nLISTENER="127.0.0.1"\nNICE="10"\nJOBS="2"\nZEROCONF="false"\n')
    os.makedirs('/usr/lib/distcc', exist_ok=True)
    run('ln', '-sf', '../../bin/distcc', '/usr/lib/distcc/tcc')
    write('/srv/c/x.c', 'int main(void) { return 0; }\n')


def ask():
    run('distcc', 'tcc', '-c', '/srv/c/x.c', '-o', '/srv/c/x.o', cwd='/srv/c', check=True, env={'PATH': '/usr/bin:/bin', 'DISTCC_HOSTS': '127.0.0.1', 'DISTCC_FALLBACK': '0', 'HOME': '/root', 'DISTCC_BACKOFF_PERIOD': '0'})
    has('x.o', os.listdir('/srv/c'))
    os.unlink('/srv/c/x.o')
