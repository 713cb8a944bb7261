import {describe, expect, it} from 'vitest'
import {applicationOf, packageScriptOf} from '../../src/needs/evidence/applications.ts'
import {activity} from '../../src/needs/evidence/activity.ts'
import type {Invocation} from '../../src/needs/evidence/invocations.ts'
import {needs} from '../../src/needs/needs.ts'
import {hostOf} from '../../src/unit/host.ts'
import {service} from '../unit/unit.ts'

type Files = Parameters<typeof hostOf>[0]

function invocationOf(line: string): Invocation {
  const [first] = activity(line.split(' ')).invocations
  if (!first) throw new Error('Nothing is started')
  return first
}

describe('what runs applications', () => {
  it.each<[string, string | undefined, string?]>([
    ['gunicorn -w 2 -b 0.0.0.0:80 shop.wsgi:app', 'shop.wsgi'],
    ['gunicorn --chdir /opt/x app:create()', 'app', '/opt/x'],
    ['gunicorn --chdir=/opt/x app:app', 'app', '/opt/x'],
    ['uvicorn main:app --host ::', 'main'],
    ['gunicorn3 app:app', 'app'],
    ['gunicorn -c conf.py', undefined],
    ['flask --app web run', 'web'],
    ['flask run', undefined],
    ['celery -A jobs worker', 'jobs'],
    ['uwsgi --module wsgi:app', 'wsgi'],
    ['streamlit run /opt/x/a.py --server.port 80', '/opt/x/a.py'],
    ['pm2 start a.js', 'a.js'],
    ['pm2 start ecosystem.config.js', undefined],
    ['pm2-runtime a.mjs', 'a.mjs'],
    ['unheard-of main:app', undefined],
  ])('%s: %s', (line, file, folder) => {
    const found = applicationOf(invocationOf(line))
    expect(found?.file).toBe(file)
    expect(found?.folder).toBe(folder)
  })

  it.each<[string, string | undefined]>([
    ['npm start', 'start'],
    ['npm run serve', 'serve'],
    ['npm --silent run-script serve', 'serve'],
    ['npm test', 'test'],
    ['npm ci', undefined],
    ['yarn start', 'start'],
    ['pnpm run x', 'x'],
    ['node start', undefined],
  ])('%s runs the script %s', (line, expected) =>
    expect(packageScriptOf(invocationOf(line))).toBe(expected),
  )
})

describe('an application in sight', () => {
  const shows = (line: string, files: Files): boolean =>
    needs(
      service(
        `[Service]\nWorkingDirectory=/opt/x\nExecStart=${line}\n`,
        '257',
        'a.service',
        hostOf(files),
      ),
    ).some(({access, because}) => access === 'CAP_SYS_CHROOT' && because.includes('calls'))
  const python = 'import os\nos.chroot(x)\n'
  const node = 'process.setuid(1)\n'

  it.each<[string, Files]>([
    ['/usr/bin/gunicorn app:app', {'/opt/x/app.py': python}],
    ['/opt/x/venv/bin/gunicorn web.app:app', {'/opt/x/web/app.py': python}],
    ['/usr/bin/uvicorn web:app', {'/opt/x/web/__init__.py': python}],
    ['/usr/bin/gunicorn --chdir /srv/y app:app', {'/srv/y/app.py': python}],
    ['/usr/bin/python3 -m gunicorn app:app', {'/opt/x/app.py': python}],
    ['/usr/bin/streamlit run /opt/x/a.py', {'/opt/x/a.py': python}],
    ['/usr/bin/pipenv run python a.py', {'/opt/x/a.py': python}],
    ['/usr/bin/poetry run python a.py', {'/opt/x/a.py': python}],
    ['/usr/bin/uv run --with x a.py', {'/opt/x/a.py': python}],
    ['/usr/bin/uv run python a.py', {'/opt/x/a.py': python}],
  ])('of Python is read: %s', (line, files) => {
    expect(shows(line, files)).toBe(true)
    expect(shows(line, {'/opt/z.py': python})).toBe(false)
  })

  it.each<[string, string]>([
    ['/usr/bin/npm start', '{"scripts": {"start": "node a.js"}}'],
    ['/usr/bin/npm start', '{"scripts": {"prestart": "node a.js", "start": "echo"}}'],
    ['/usr/bin/npm run go', '{"scripts": {"go": "NODE_ENV=x node ./a.js"}}'],
    ['/usr/bin/yarn go', '{"scripts": {"go": "node a"}}'],
  ])('of Node is read behind `package.json`: %s, %s', (line, text) => {
    const uid = (files: Files): boolean =>
      needs(
        service(
          `[Service]\nWorkingDirectory=/opt/x\nExecStart=${line}\n`,
          '257',
          'a.service',
          hostOf(files),
        ),
      ).some(({because}) => because.includes('`/opt/x/a.js`'))
    expect(uid({'/opt/x/package.json': text, '/opt/x/a.js': node})).toBe(true)
    for (const other of ['', '[', '1', 'null', '{"scripts": 1}', '{"scripts": {"go": 1}}'])
      expect(uid({'/opt/x/package.json': other, '/opt/x/a.js': node})).toBe(false)
  })

  it('of Node is `server.js` where `package.json` tells npm of nothing to start', () => {
    const found = needs(
      service(
        '[Service]\nWorkingDirectory=/opt/x\nExecStart=/usr/bin/npm start\n',
        '257',
        'a.service',
        hostOf({'/opt/x/package.json': '{}', '/opt/x/server.js': node}),
      ),
    )
    expect(found.some(({because}) => because.includes('`/opt/x/server.js`'))).toBe(true)
  })
})
