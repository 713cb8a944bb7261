"""Jobs of users on a host, as root, becomes them: a job of a user's, that writes to the home and to /tmp, and says who it is."""
import os

from client import USER, has, run, write

packages = 'slurmd,slurmctld,slurm-client,munge,iproute2'
control = 'ProtectHome=yes'
patience = 60


def prepare():
    write('/etc/slurm/slurm.conf', 'ClusterName=ours\nSlurmctldHost=test(127.0.0.1)\nAuthType=auth/munge\nProctrackType=proctrack/linuxproc\nTaskPlugin=task/none\nStateSaveLocation=/var/lib/slurm/slurmctld\nSlurmdSpoolDir=/var/lib/slurm/slurmd\nSlurmUser=slurm\nMpiDefault=none\nReturnToService=2\nSlurmctldPidFile=/run/slurmctld.pid\nSlurmdPidFile=/run/slurmd.pid\nNodeName=test NodeAddr=127.0.0.1 CPUs=1 RealMemory=100 State=UNKNOWN\nPartitionName=all Nodes=ALL Default=YES State=UP\n')
    write('/etc/slurm/cgroup.conf', 'CgroupPlugin=disabled\n')
    # It wants an address that is not the machine's own.
    run('sh', '-c', 'ip link add jobs0 type bridge; ip address add 198.51.100.225/32 dev jobs0; mkdir -p /var/lib/slurm/slurmctld /var/lib/slurm/slurmd; chown slurm /var/lib/slurm/slurmctld; systemctl start munge slurmctld')


def ask():
    said = run('runuser', '-u', USER, '--', 'srun', '-t', '1', '--immediate=20', 'sh', '-c', 'id -un; date > ~/of-a-job; date > /tmp/of-a-job', check=True, cwd='/tmp')
    has(USER, said.stdout)
    os.unlink('/tmp/of-a-job')
    os.unlink(f'/home/{USER}/of-a-job')
