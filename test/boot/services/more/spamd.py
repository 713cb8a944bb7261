"""Mail, in Perl, becomes whom it asks for: a letter that is junk known as such."""
from client import USER, run

packages = 'spamd,spamc'
patience = 40
JUNK = 'Subject: x\n\nXJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X\n'


def ask():
    said = run('spamc', '-x', '-u', USER, '-c', input=JUNK)
    assert said.returncode == 1 and float(said.stdout.split('/')[0]) > 900, said.stdout + said.stderr
