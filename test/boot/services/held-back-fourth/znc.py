"""Chat, stays for its user, in C++ with modules, locked in somewhat: a user logs in, and it says who it is; what is set is kept."""
from client import has, read, run, talk, write

packages = 'znc'
patience = 30


def prepare():
    write('/var/lib/znc/configs/znc.conf', 'Version = 1.9.1\nLoadModule = webadmin\n<Listener l>\n  Port = 6697\n  IPv4 = true\n  IPv6 = false\n  SSL = false\n  Host = 127.0.0.1\n  AllowIRC = true\n  AllowWeb = true\n</Listener>\n<User a>\n  Admin = true\n  Nick = a\n  AltNick = a_\n  Ident = a\n  RealName = a\n  Pass = plain#word\n</User>\n')
    run('chown', '-R', '_znc:_znc', '/var/lib/znc')


def ask():
    talk(6697, b'PASS a:word\r\nNICK a\r\nUSER a 0 * :a\r\nPRIVMSG *status :SaveConfig\r\n', b'Wrote config')
    has('<Pass password>', read('/var/lib/znc/configs/znc.conf'))
