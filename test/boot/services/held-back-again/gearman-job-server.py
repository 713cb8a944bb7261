"""Queue, a user of its own: a job asked for waits in its list."""
import struct

from client import talk

packages = 'gearman-job-server'


def ask():
    # SUBMIT_JOB_BG of `work`, answered by JOB_CREATED, then the list of what there is to do.
    talk(4730, b'\0REQ' + struct.pack('>2I', 18, len(b'work\0\0x')) + b'work\0\0x', b'\0RES')
    talk(4730, b'status\n', b'work')
