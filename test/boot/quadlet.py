"""quadlet.py write FOLDER COMMAND | run FOLDER: what Quadlet makes of files, and what the built unitlint says of them and makes of them.

`write` puts files into FOLDER/said, with an error of `no-refused-quadlet` and its like in FOLDER/said.json, and others, with faults that have a fix, into
FOLDER/before, and fixed into FOLDER/after. `run`, where podman is, has its generator make services: of each file of `said` when nothing is said of it, and
only then; of those of `before` none, or one that lacks what was meant; of those of `after` one that has it. Prints what is otherwise.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

# Of what the files have, all that these rules say is that Quadlet makes no service.
TELLING = ['no-refused-quadlet', 'no-unknown-directive', 'no-unreadable-unit']
GENERATOR = '/usr/libexec/podman/quadlet'
WHOLE = {
    'container': '[Container]\nImage=quay.io/a/b:1\n', 'volume': '[Volume]\n', 'network': '[Network]\n', 'kube': '[Kube]\nYaml=/a.yaml\n', 'image': '[Image]\nImage=quay.io/a/b:1\n',
    'build': '[Build]\nImageTag=localhost/a\nSetWorkingDirectory=/srv\n', 'pod': '[Pod]\n',
}
# What files of the others name.
OTHERS = {f'web.{kind}': text for kind, text in WHOLE.items()}
MAPPED = ['RemapUsers={}'.format(word) for word in ['', 'manual', 'auto', 'keep-id', 'Auto', 'host']] + [
    'RemapUid=0:1:2', 'RemapGid=0:1:2', 'RemapUsers=auto\nRemapUid=0:1:2', 'UserNS=auto\nRemapUsers=auto', 'UserNS=keep-id\nRemapUid=0:1:2', 'UserNS=auto', 'UserNS=\nRemapUsers=auto']
SERVED = [f'[Service]\n{line}' for line in ['Type=simple', 'Type=notify', 'Type=oneshot', 'Type=exec', 'Type=notify-reload', 'KillMode=process', 'KillMode=mixed', 'KillMode=none', 'KillMode=', 'Restart=always', 'ExecStop=/bin/true']]
LINES = {
    'container': [
        'Rootfs=/a', 'Image=\nRootfs=/a', 'Image=', 'Group=1', 'User=1\nGroup=1', 'Group=', 'Pod=web.pod', 'Pod=web', 'Network=web.network', 'Network=host', 'Volume=web.volume:/a', 'Image=web.image', 'Image=web.build', *MAPPED,
        'UIDMap=0:1:2\nRemapUid=0:1:2', 'SubGIDMap=a\nRemapGid=1', 'GIDMap=0:1:2', *[f'ExposeHostPort={port}' for port in ['80', '80-90', '80-90/tcp', '53/udp', '80/sctp', '80/TCP', '80-', 'web', '', '80 81', '80 web']],
        *[f'Mount={mount}' for mount in ['type=tmpfs,dst=/a', 'dst=/a,type=tmpfs', 'type=bind,source=/a,dst=/b', 'type=bind,src=/a,target=/b,ro', 'source=/a,dst=/b', 'tmpfs', 'type=bind,dst=/b', 'type=volume,dst=/b', 'type=image,dst=/b',
                                         'type=volume,source=web.volume,dst=/a', 'type=devpts,dst=/a', 'type=glob,src=/a*,dst=/b']],
        'Foo=a', 'image=a', 'X-A=b', 'Exec=sleep 9', 'Notify=healthy', '[Quadlet]\nDefaultDependencies=no', '[Quadlet]\nFoo=a', 'foo', '= a', '[Service]\nfoo', '[X-Foo]\nfoo', '; a\n# b\n', 'Label=a \\\n  b', '[Install]\nWantedBy=multi-user.target',
    ],
    'volume': ['Options=o', 'Type=nfs', 'Device=/a', 'Device=/a\nOptions=o\nType=nfs', 'Device=\nOptions=o', 'Driver=image', 'Driver=image\nImage=quay.io/a/b', 'Driver=image\nImage=quay.io/a/b\nOptions=o\nType=a', 'Driver=local\nOptions=o', 'Foo=a'],
    'network': ['Subnet=10.0.0.0/24', 'Gateway=10.0.0.1', 'IPRange=10.0.0.0/25', 'Subnet=a\nGateway=b\nGateway=c', 'Subnet=a\nSubnet=b\nGateway=c\nGateway=d', 'Subnet=a\nIPRange=b\nIPRange=c', 'Subnet=a\nIPRange=b\nIPRange=\nIPRange=c', 'Foo=a'],
    'kube': [*MAPPED[:9], 'Yaml=', *[f'SetWorkingDirectory={word}' for word in ['', 'yaml', 'unit', 'YAML', '/srv', 'file']], 'Network=web.network', 'Foo=a'],
    'image': ['Image=', 'AllTags=true', 'Foo=a'],
    'build': ['ImageTag=', 'SetWorkingDirectory=', 'SetWorkingDirectory=\nFile=/a', 'SetWorkingDirectory=\nFile=a', 'File=a', 'SetWorkingDirectory=\nFile=https://a/b', 'SetWorkingDirectory=file\nFile=/a/b', 'SetWorkingDirectory=yaml', 'SetWorkingDirectory=unit', 'Foo=a'],
    'pod': [*MAPPED, 'PodName=a', 'Volume=web.volume:/a', 'Foo=a', '[Service]\nExecStop=/bin/true'],
}
ALONE = {kind: [text.replace('[', '[X-'), text.replace(']', 's]'), text.lower().split('\n')[0] + '\n', '[Unit]\nDescription=A\n', 'A=b\n' + text] for kind, text in WHOLE.items()}
FILES = {f'{kind}{at}.{kind}': text for kind, whole in WHOLE.items() for at, text in enumerate(
    [f'{whole}{line}\n' for line in LINES[kind]] + ([f'{whole}{line}\n' for line in SERVED] if kind in ('container', 'kube') else []) + ALONE[kind])}
IN_SERVICE = '^\\[Service\\]\\n(?:.+\\n)*'
# A fault of a container, in its place, and what its service has when it is fixed.
FAULTY = [
    ('[Container]\nImage=quay.io/a/b\n{}=a b\n', written, meant) for written, meant in [('Exce', 'quay.io/a/b a b'), ('exec', 'quay.io/a/b a b'), ('PodmanArg', ' a b '), ('Podmanargs', ' a b ')]
] + [('[Container]\nImage=quay.io/a/b\n{}\n', written, meant) for written, meant in [
    ('ContainrName=web', '--name web'), ('PublishPorts=80:80', '--publish 80:80'), ('Volumes=/a:/b', '-v /a:/b'), ('HostNam=web', '--hostname web'), ('Enviroment=A=b', '--env A=b'), ('Restart=always\n[Service]\nExecStop=/bin/true', f'{IN_SERVICE}Restart=always'),
    ('TimeoutStartSec=90\n[Service]\nRestart=no', f'{IN_SERVICE}TimeoutStartSec=90'), ('[service]\nRestart=always', f'{IN_SERVICE}Restart=always'), ('[Servce]\nRestart=always', f'{IN_SERVICE}Restart=always'),
    ('[Units]\nDescription=A', '^\\[Unit\\]\\n(?:.+\\n)*Description=A')]
] + [('[{}]\nImage=quay.io/a/b\n', written, 'podman run .*quay.io/a/b') for written in ['Containers', 'container', 'Contaner']] + [
    ('[Container]\nImage=quay.io/a/b\n[Service]\nRestart=always\n{}\n', written, meant) for written, meant in [('ContainerName=web', '--name web'), ('PublishPort=80:80', '--publish 80:80')]]


def written(folder, command):
    for name in 'said', 'before', 'after':
        os.makedirs(f'{folder}/{name}')
    put(f'{folder}/said', {**OTHERS, **FILES})
    said = subprocess.run(['node', command, '--no-config', '-f', 'json', f'{folder}/said'], capture_output=True, text=True).stdout
    with open(f'{folder}/said.json', 'w') as file:
        file.write(said)
    for state in 'before', 'after':
        put(f'{folder}/{state}', {f'f{at}.container': text.format(word) for at, (text, word, _) in enumerate(FAULTY)})
    subprocess.run(['node', command, '--no-config', '--fix', '--unsafe-fixes', f'{folder}/after'], capture_output=True)
    return 0


def put(folder, files):
    for name, text in files.items():
        with open(f'{folder}/{name}', 'w') as file:
            file.write(text)


def made(files):
    """The services that Quadlet makes of files, by the names of the files; none of any where it crashes."""
    with tempfile.TemporaryDirectory() as folder:
        put(folder, files)
        said = subprocess.run([GENERATOR, '-dryrun'], capture_output=True, text=True, env={'PATH': '/usr/bin', 'QUADLET_UNIT_DIRS': folder}).stdout
        parts = re.split(r'^---(.*)---$', said, flags=re.M)[1:]
        return {re.search(r'^SourcePath=.*/(.*)', text, re.M)[1]: text for text in parts[1::2]}


def seen(folder):
    wrong = 0
    with open(f'{folder}/said.json') as file:
        report = json.load(file)
    refused = {os.path.basename(result['filePath']) for result in report for message in result['messages'] if message['severity'] == 2 and message['ruleId'] in TELLING}
    for name, text in FILES.items():
        is_made = name in made({**OTHERS, name: text})
        if is_made is (name in refused):
            wrong += 1
            print('made' if is_made else 'not made', name, repr(text), sep='\t')
    print('said', f'{len(FILES) - wrong} of {len(FILES)}', sep='\t')
    for state, expected in [('before', False), ('after', True)]:
        files = {name: open(f'{folder}/{state}/{name}').read() for name in os.listdir(f'{folder}/{state}')}
        others = []
        for at, (_, _, meant) in enumerate(FAULTY):
            name = f'f{at}.container'
            service = made({name: files[name]}).get(name, '')
            # What Quadlet copies as it stood does nothing.
            if bool(re.search(meant, re.sub(r'^\[X-.*\]\n(?:.+\n)*', '', service, flags=re.M), re.M)) is not expected:
                others.append(repr(files[name]))
        wrong += len(others)
        print(state, f'{len(FAULTY) - len(others)} of {len(FAULTY)}', *others, sep='\t')
    return 1 if wrong else 0


if __name__ == '__main__':
    verb, *rest = sys.argv[1:]
    sys.exit(written(*rest) if verb == 'write' else seen(*rest))
