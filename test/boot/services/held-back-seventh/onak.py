"""Server for keys of OpenPGP, started by a socket in /run, a user of its own, a database of Berkeley's: a key put, found by its name, and taken away."""
from client import has, replace, run

packages = 'onak'
control = 'ReadOnlyPaths=/var/lib/onak'
KEY = """-----BEGIN PGP PUBLIC KEY BLOCK-----

mQENBGsMtBIBCADJYCs1w/ZDOydssAwRK/jSbBxcw3h7fFJvabhypWDLWQ0EdRnJ
3HSoXNQDWSWGGpXWafqNkOhh5Lg2LyHjz8IrWnbURNLXyfqxMS12P3JlP/XqrvqH
B/cUjIMvbF4XJSkVg+7nI4MWZrDEMq6AgoQGe4MkwnCbOWvnSzQVdnTxh8mHk55i
BfLbSflstY4Ee+rJgFcijVi4aDT24pmsdkFO/GRNVn7YVowXX9r5JAxli9ER85BT
VaFhAh7NoKRy9brBelJN9CqOpUNWffGcSvP+I50VqClVZ/B6KQU0QADivY2oh7ii
n/ZEpFmmKunQCZFqIBw1RXsDou32AhzgITXbABEBAAG0GFRlc3QgPHRlc3RAZXhh
bXBsZS50ZXN0PokBTgQTAQoAOBYhBKuXgXn02luSOhz8o1KHqLLdqUbLBQJrDLQS
AhsDBQsJCAcCBhUKCQgLAgQWAgMBAh4BAheAAAoJEFKHqLLdqUbLVjEH/isfiU09
NNBPk3vvXpVGTBc0GgUlziuLbtsJ8lGRgKrEA6Sg2rwGYLHUoPm9AL0I4/cIDnrZ
6BqzCtJk6XkkTuog3yjf58g4LcSsGZvKpM0+GE+FipJh+/C7/XoIH84VPB1jZd7U
dIq7qTfJ/UVdq1ZwpNoTC+ART/sPHcdyaE8X+A/rF9xj7iRPdm2mBFeQ1AozlO9e
GkCbB8Z93ve7IkpIro6Nvjn/1Kzk3Sw5jc0lLM2j8yIOtOYvTIvGUsY1cZU2NNKI
gdA3ZXjLVEQI8e9mmINOMU7LB+uzEnsNvMcSbgwAa4gBK74YpVx59UzOtvotlgPA
BJE8AJ+rgNriXJ8=
=iZkv
-----END PGP PUBLIC KEY BLOCK-----
"""


def prepare():
    replace('/etc/onak.ini', 'use_keyd=false', 'use_keyd=true')


def ask():
    run('onak', 'add', input=KEY, check=True)
    has('test@example.test', run('onak', 'vindex', 'test@example.test').stdout)
    has('BEGIN PGP PUBLIC KEY', run('onak', 'get', '0x5287A8B2DDA946CB').stdout)
    run('onak', 'delete', '0x5287A8B2DDA946CB', check=True)
