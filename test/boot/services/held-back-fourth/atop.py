"""Monitoring, by lines of shell: figures of the machine, written down and read by it."""
import glob
import os

from client import has, run, write

packages = 'atop'
control = 'ReadOnlyPaths=/var/log'
patience = 30


def prepare():
    write('/etc/default/atop', 'LOGOPTS=""\nLOGINTERVAL=1\nLOGGENERATIONS=28\nLOGPATH=/var/log/atop\n')


def ask():
    files = sorted(glob.glob('/var/log/atop/atop_*'))
    assert files
    has('PRG', run('atop', '-r', files[-1], '-P', 'CPU,PRG', check=True).stdout)
    os.unlink(files[-1])
