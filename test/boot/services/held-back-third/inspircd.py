"""Chat, in C++ with modules, as a user: someone joins a room, and hears of themselves in it."""
from client import talk, write

packages = 'inspircd'


def prepare():
    write('/etc/inspircd/inspircd.conf', '<server name="irc.example.org" description="x" network="x" id="001">\n<admin name="x" nick="x" email="x@example.org">\n<bind address="127.0.0.1" port="6667" type="clients">\n<connect allow="*" timeout="30">\n<pid file="/run/inspircd/inspircd.pid">\n<module name="sha2">\n<module name="chancreate">\n')


def ask():
    talk(6667, b'NICK someone\r\nUSER x 0 * :x\r\nJOIN #room\r\n', b'JOIN ')
