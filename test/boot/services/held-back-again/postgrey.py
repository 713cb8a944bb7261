"""Mail, in Perl, becomes a user: a sender that is new put off, and kept in its database."""
from client import talk

packages = 'postgrey'
ASKED = b'request=smtpd_access_policy\nprotocol_state=RCPT\nprotocol_name=SMTP\nsender=a@b.example\nrecipient=c@d.example\nclient_address=192.0.2.1\nclient_name=b.example\n\n'


def ask():
    talk(10023, ASKED, b'action=')
