"""Python with asyncio, a user of its own, in /srv: work in a pool of processes, what it keeps in SQLite and in a cache in its home, tools that it starts, files in /tmp."""
from client import page, run

control = 'ReadOnlyPaths=/srv'
patience = 40
files = {
    '/etc/systemd/system/thumbs.service': """[Unit]
Description=Small pictures
After=network.target

[Service]
Type=notify
User=thumbs
Group=thumbs
WorkingDirectory=/srv/thumbs
ExecStart=/usr/bin/python3 -m thumbs.server --port 8246
Restart=on-failure
UMask=0027

[Install]
WantedBy=multi-user.target
""",
    '/srv/thumbs/thumbs/__init__.py': '',
    '/srv/thumbs/thumbs/server.py': """
import asyncio, concurrent.futures, ctypes, os, pathlib, socket, sqlite3, sys, tempfile, time

def shrink(size):
    with tempfile.TemporaryFile() as file:
        file.write(bytes(size))
        return file.tell()

async def answer(reader, writer):
    while (await reader.readline()).strip():
        pass
    sizes = await asyncio.get_running_loop().run_in_executor(pool, shrink, 4096)
    with tempfile.TemporaryDirectory(prefix='thumb-') as folder:
        tool = await asyncio.create_subprocess_exec('sh', '-c', 'cat /proc/$PPID/comm; nproc', cwd=folder, stdout=asyncio.subprocess.PIPE)
        said, _ = await tool.communicate()
    cache = pathlib.Path.home() / '.cache' / 'thumbs'
    cache.mkdir(parents=True, exist_ok=True)
    (cache / 'fonts').write_text('fonts')
    kept = sqlite3.connect('kept.db')
    kept.execute('pragma journal_mode=wal')
    kept.execute('create table if not exists seen (at real)')
    kept.execute('insert into seen values (?)', [time.time()])
    kept.commit()
    count = kept.execute('select count(*) > 0 from seen').fetchone()[0]
    called = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)(lambda x: x + 1)
    writer.write(f'HTTP/1.0 200 OK\\r\\n\\r\\n{sizes} {count} {called(1)} {said.decode().split()[0]}'.encode())
    await writer.drain()
    writer.close()

async def main():
    server = await asyncio.start_server(answer, '127.0.0.1', int(sys.argv[2]))
    os.nice(2)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
        told.connect(os.environ['NOTIFY_SOCKET'])
        told.send(b'READY=1')
    await server.serve_forever()

if __name__ == '__main__':
    pool = concurrent.futures.ProcessPoolExecutor(2)
    asyncio.run(main())
""",
}


def prepare():
    run('useradd', '--system', '--create-home', '--home-dir', '/srv/thumbs-home', 'thumbs')
    run('chown', '-R', 'thumbs:thumbs', '/srv/thumbs')


def ask():
    page(8246, expected='4096 1 2 python3')
