"""Monitoring, in Perl, a user of its own, by a program with a capability of its own: a host that answers, and a figure kept."""
import glob
import os

from client import read, write

packages = 'smokeping,fping'
patience = 60
control = 'NoNewPrivileges=yes'
files = {'/usr/local/bin/fping-of-test': '#!/bin/sh\nfping "$@" 2>&1 | tee /var/lib/smokeping/said >&2\n'}


def prepare():
    write('/etc/smokeping/config.d/Probes', '*** Probes ***\n+ FPing\nbinary = /usr/local/bin/fping-of-test\nstep = 5\npings = 3\n')
    write('/etc/smokeping/config.d/Database', '*** Database ***\nstep = 5\npings = 3\nAVERAGE 0.5 1 100\n')
    write('/etc/smokeping/config.d/Targets', '*** Targets ***\nprobe = FPing\nmenu = Top\ntitle = x\n+ Local\nmenu = x\ntitle = x\n++ Me\nmenu = x\ntitle = x\nhost = 127.0.0.1\n')


def ask():
    said = read('/var/lib/smokeping/said')
    assert said.startswith('127.0.0.1 : ') and any(word[0].isdigit() for word in said.split(':')[-1].split()), said
    assert glob.glob('/var/lib/smokeping/Local/Me.rrd')
    os.unlink('/var/lib/smokeping/said')
