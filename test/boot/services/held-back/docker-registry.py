"""Files, in Go: a part of an image pushed and pulled."""
import hashlib
import urllib.request

from client import page

packages = 'docker-registry'
PART = b'a layer'
files = {
    '/etc/docker/registry/config.yml': 'version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: /var/lib/docker-registry\nhttp:\n  addr: :5000\n',
}


def ask():
    with urllib.request.urlopen(urllib.request.Request('http://127.0.0.1:5000/v2/x/blobs/uploads/', method='POST', data=b''), timeout=5) as answer:
        place = answer.headers['Location']
    name = f'sha256:{hashlib.sha256(PART).hexdigest()}'
    place = place if place.startswith('http') else f'http://127.0.0.1:5000{place}'
    put = urllib.request.Request(f'{place}{"&" if "?" in place else "?"}digest={name}', method='PUT', data=PART, headers={'Content-Type': 'application/octet-stream'})
    urllib.request.urlopen(put, timeout=5).close()
    page(5000, f'/v2/x/blobs/{name}', 'a layer')
