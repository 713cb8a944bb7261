"""Mail, judges letters by Lua: one scanned."""
import json
import urllib.request

packages = 'rspamd'
patience = 60


def ask():
    letter = b'From: a@x.test\r\nTo: b@x.test\r\nSubject: XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X\r\n\r\nXJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X\r\n'
    with urllib.request.urlopen(urllib.request.Request('http://127.0.0.1:11333/checkv2', data=letter), timeout=10) as answer:
        assert json.load(answer)['action'] == 'reject'
