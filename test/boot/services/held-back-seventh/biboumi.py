"""Chat, a component of XMPP that talks IRC for others, a user of its own, a database of SQLite: known by its server, and a room joined at a server of IRC."""
import queue
import socketserver
import threading

packages = 'biboumi'
patience = 30
files = {'/etc/biboumi/biboumi.cfg': 'hostname=irc.test\npassword=secret\nxmpp_server_ip=127.0.0.1\nport=5347\ndb_name=/var/lib/biboumi/biboumi.sqlite\nlog_level=1\n'}
joined = queue.Queue()
peers = []
answers = queue.Queue()


class Irc(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            word, _, rest = line.decode().strip().partition(' ')
            if word == 'USER':
                for said in (':irc 001 nick :Welcome', ':irc 376 nick :End'):
                    self.wfile.write(f'{said}\r\n'.encode())
            if word == 'QUIT':
                break
            if word == 'PART':
                self.wfile.write(f':nick!n@h PART {rest.split()[0]}\r\n'.encode())
            if word == 'PING':
                self.wfile.write(f':irc PONG irc {rest}\r\n'.encode())
            if word == 'JOIN':
                joined.put(rest)
                self.wfile.write(f':nick!n@h JOIN {rest}\r\n:irc 353 nick = {rest} :nick\r\n:irc 366 nick {rest} :End\r\n'.encode())


class Xmpp(socketserver.BaseRequestHandler):
    def handle(self):
        said = b''
        while b'<handshake' not in said:
            more = self.request.recv(4096)
            if not more:
                return
            said += more
            if b'<stream:stream' in said and not hasattr(self, 'greeted'):
                self.greeted = True
                self.request.sendall(b"<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams' from='irc.test' id='one'>")
        self.request.sendall(b'<handshake/>')
        peers.append(self.request)
        while more := self.request.recv(4096):
            answers.put(more)
        peers.remove(self.request)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def prepare():
    for port, handler in ((5347, Xmpp), (6667, Irc)):
        threading.Thread(target=Server(('127.0.0.1', port), handler).serve_forever, daemon=True).start()


def until(expected):
    said = b''
    while expected not in said:
        said += answers.get(timeout=5)


def ask():
    to = peers[-1]
    to.sendall(b"<iq type='get' id='a' from='someone@test/x' to='irc.test'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>")
    until(b"category='conference'")
    to.sendall(b"<presence from='someone@test/x' to='#room%127.0.0.1@irc.test/nick'><x xmlns='http://jabber.org/protocol/muc'/></presence>")
    assert joined.get(timeout=10) == '#room'
    until(b"code='110'")
    to.sendall(b"<presence type='unavailable' from='someone@test/x' to='#room%127.0.0.1@irc.test/nick'/>")
    until(b"type='unavailable'")
