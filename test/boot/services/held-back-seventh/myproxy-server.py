"""Keeps credentials of others, forks, a user of its own, in Globus' C: a certificate and its key stored by TLS, told of, and got back."""
import os

from client import has, run, write

packages = 'myproxy-server,myproxy,openssl'
SECURITY = '/etc/grid-security'
CLIENT = {'X509_CERT_DIR': f'{SECURITY}/certificates', 'X509_USER_CERT': '/root/grid/user.pem', 'X509_USER_KEY': '/root/grid/user.key', 'MYPROXY_SERVER_DN': '/O=Test/CN=localhost', 'HOME': '/root'}
files = {'/etc/myproxy-server.config': 'accepted_credentials "*"\nauthorized_retrievers "*"\ndefault_retrievers "*"\nauthorized_renewers "*"\ndefault_renewers "none"\ntrusted_retrievers "*"\ndefault_trusted_retrievers "none"\nauthorized_key_retrievers "*"\ndefault_key_retrievers "*"\n'}
KEYS = """
set -e
mkdir -p /root/grid /etc/grid-security/certificates /etc/grid-security/myproxy
cd /root/grid
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj '/O=Test/CN=CA' -keyout ca.key -out ca.pem
for name in localhost user; do
  openssl req -newkey rsa:2048 -nodes -subj "/O=Test/CN=$name" -keyout $name.key -out $name.csr
  openssl x509 -req -in $name.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -out $name.pem
done
openssl rsa -aes128 -passout pass:secret123 -in user.key -out locked.key
hash=$(openssl x509 -hash -noout -in ca.pem)
cp ca.pem /etc/grid-security/certificates/$hash.0
printf "access_id_CA X509 '/O=Test/CN=CA'\\npos_rights globus CA:sign\\ncond_subjects globus '\\"/O=Test/*\\"'\\n" >/etc/grid-security/certificates/$hash.signing_policy
cp localhost.pem /etc/grid-security/myproxy/hostcert.pem
cp localhost.key /etc/grid-security/myproxy/hostkey.pem
chown -R myproxy /etc/grid-security/myproxy
chmod 600 *.key /etc/grid-security/myproxy/hostkey.pem
"""


def prepare():
    run('sh', '-c', KEYS, check=True)


def client(*command, **options):
    return run(*command, env={**os.environ, **CLIENT}, check=True, **options).stdout


def ask():
    client('myproxy-store', '-s', 'localhost', '-l', 'someone', '-c', '/root/grid/user.pem', '-y', '/root/grid/locked.key')
    has('someone', client('myproxy-info', '-s', 'localhost', '-l', 'someone'))
    client('myproxy-logon', '-s', 'localhost', '-l', 'someone', '-S', '-o', '/root/grid/proxy', '-t', '1', input='secret123\n')
    has('BEGIN CERTIFICATE', open('/root/grid/proxy').read())
    os.unlink('/root/grid/proxy')
    client('myproxy-destroy', '-s', 'localhost', '-l', 'someone')
