import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, symlinkSync} from 'node:fs'
import {describe, expect, it} from 'vitest'
import {findFiles} from '../../src/files/find.ts'
import {makeFolder} from './folder.ts'

async function pathsOf(names: readonly string[], cwd: string): Promise<string[]> {
  const {files, faults} = findFiles(names, cwd)
  return [
    ...files.map(({path, isNamed}) => (isNamed ? `${path} (named)` : path)),
    ...faults.map(({path, message}) => `${path}: ${message}`),
  ]
}

describe('findFiles', () => {
  it('takes all units and drop-ins below a folder, in a fixed order', async () => {
    const folder = makeFolder({
      'b.service': '',
      'a.timer': '',
      'B.socket': '',
      'b.service.d/20.conf': '',
      'b.service.d/10.conf': '',
      'service.d/all.conf': '',
      'deep/er/c@.mount': '',
      '.config/systemd/user/d.path': '',
      '.f.service': '',
      // And nothing else:
      'readme.md': '',
      'e.service.in': '',
      'sysctl.d/10.conf': '',
      'nginx.conf': '',
      'b.service.d/.hidden.conf': '',
      'b.service.d/readme': '',
      '.service': '',
      'node_modules/x/g.service': '',
      '.git/h.service': '',
    })
    const expected = [
      '.config/systemd/user/d.path',
      // systemd loads it where it is asked for.
      '.f.service',
      'B.socket',
      'a.timer',
      'b.service',
      'b.service.d/10.conf',
      'b.service.d/20.conf',
      'deep/er/c@.mount',
      'service.d/all.conf',
    ]
    expect(await pathsOf(['.'], folder)).toEqual(expected)
    expect(await pathsOf([folder], '/')).toEqual(expected.map((name) => `${folder}/${name}`))
    expect(await pathsOf(['**/*'], folder)).toEqual(expected)
    expect(await pathsOf(['deep', './deep', 'deep/er/'], folder)).toEqual(['deep/er/c@.mount'])
  })

  it('expands globs', async () => {
    const names = [
      'a.service',
      'b.timer',
      'x/c.service',
      'x/d[1].service',
      'x/d1.service',
      'y/system-e\\x2df.slice',
    ]
    const folder = makeFolder(Object.fromEntries(names.map((name) => [name, ''])))
    expect(await pathsOf(['*.service'], folder)).toEqual(['a.service'])
    expect(await pathsOf(['**/*.{service,timer}'], folder)).toEqual([
      'a.service',
      'b.timer',
      'x/c.service',
      'x/d1.service',
      'x/d[1].service',
    ])
    expect(await pathsOf([`${folder}/x/*.service`], '/')).toEqual(
      ['c', 'd1', 'd[1]'].map((name) => `${folder}/x/${name}.service`),
    )
    expect(await pathsOf(['y/*'], folder)).toEqual(['y/system-e\\x2df.slice'])
    expect(await pathsOf(['../*/c.service'], `${folder}/y`)).toEqual(['../x/c.service'])
    expect(await pathsOf(['../*.service'], `${folder}/x`)).toEqual(['../a.service'])
    expect(await pathsOf(['*'], folder)).toEqual(['a.service', 'b.timer'])
    expect(await pathsOf(['x/d\\[1\\].*'], folder)).toEqual(['x/d[1].service'])
    expect(await pathsOf(['**'], folder)).toHaveLength(6)
    expect(
      await pathsOf(
        ['e[1]/*', 'e\\[1\\]/*.{path,timer}'],
        makeFolder({'e1/g.path': '', 'e[1]/h.path': ''}),
      ),
    ).toEqual(['e1/g.path', 'e[1]/h.path'])
    expect(await pathsOf(['none/*'], folder)).toEqual(['none/*: No unit file matches this glob'])
  })

  it('takes a name that looks like a glob for a file where there is one', async () => {
    const folder = makeFolder({'d[1].service': '', 'd1.service': '', 'a\\x2db.slice': ''})
    expect(await pathsOf(['d[1].service', 'a\\x2db.slice'], folder)).toEqual([
      'd[1].service (named)',
      'a\\x2db.slice (named)',
    ])
  })

  it('takes each file once, under the name that came first', async () => {
    const folder = makeFolder({'a.service': '', 'x/b.service': ''})
    expect(
      await pathsOf(
        ['x', 'a.service', './a.service', '.', `${folder}/a.service`, '*.service'],
        folder,
      ),
    ).toEqual(['x/b.service', 'a.service (named)'])
  })

  it('knows links for other names', async () => {
    const folder = makeFolder({
      'alias.service': {link: 'real.service'},
      'real.service': '',
      'elsewhere.service': {link: 'other/b.conf'},
      'other/b.conf': '',
      'masked.service': {link: '/dev/null'},
      'masked.timer': {link: 'masked.service'},
      'multi-user.target.wants/real.service': {link: '../real.service'},
      'multi-user.target.wants/vendor.service': {link: '/lib/systemd/system/vendor.service'},
      'multi-user.target.requires/own.service': '',
      linked: {link: 'other'},
      'other/c.service': '',
    })
    const expected = [
      'elsewhere.service',
      'multi-user.target.requires/own.service',
      'other/c.service',
      'real.service',
    ]
    expect(await pathsOf(['.'], folder)).toEqual(expected)
    expect(await pathsOf(['**/*'], folder)).toEqual(expected)
    expect(await pathsOf(['linked'], folder)).toEqual(['linked/c.service'])
    expect(await pathsOf(['alias.service'], folder)).toEqual(['alias.service (named)'])
    expect(await pathsOf(['alias.service', 'real.service'], folder)).toEqual([
      'real.service (named)',
    ])
    expect(await pathsOf(['masked.service', 'masked.timer'], folder)).toEqual([])
    expect(await pathsOf(['alias.service', 'r*'], folder)).toEqual(['real.service (named)'])
    expect(await pathsOf(['r*', 'alias.service'], folder)).toEqual(['real.service'])
  })

  it('keeps links to what only cannot be followed', async () => {
    const folder = makeFolder({'self.service': {link: 'self.service'}})
    symlinkSync(`${folder}/self.service`, `${folder}/far.service`)
    symlinkSync(`${folder}/gone.service`, `${folder}/lost.service`)
    expect(await pathsOf(['.'], folder)).toEqual(['far.service', 'self.service'])
  })

  it('goes around circles of links', async () => {
    const folder = makeFolder({
      'a/b.service': '',
      'a/loop': {link: '../a'},
      'a/up': {link: '..'},
      'c.service': {link: 'c.service'},
      'd.service': {link: 'nowhere'},
    })
    expect(await pathsOf(['.'], folder)).toEqual(['a/b.service', 'c.service', 'd.service'])
    expect(await pathsOf(['**/*.service'], folder)).toEqual([
      'a/b.service',
      'c.service',
      'd.service',
    ])
  })

  it('passes over templates, links to the system and links of other machines, and says so', () => {
    const ofSystem = '/usr/lib/systemd'
    const folder = makeFolder({
      'a.service': '',
      'b.service.in': '',
      'x/c.socket.j2': '',
      'x/d.conf.in': '',
      'x/e.volume.in': '',
      'f.service': {link: '/nix/store/f/f.service'},
      'g.service': {link: 'nowhere.service'},
      'tpl/h.timer.erb': '',
      'link/dbus-example.service': {link: ofSystem},
    })
    const {files, faults, notes, skipped} = findFiles(['.', 'tpl', 'b.service.in'], folder)
    expect([...skipped]).toEqual([
      ['template', 4],
      ['link', 2],
    ])
    expect(files.map(({path: file}) => file)).toEqual(['a.service', 'g.service'])
    expect(faults).toEqual([
      {
        path: 'tpl',
        message:
          'No unit files in this folder, only the template `tpl/h.timer.erb`: lint what is made of it',
      },
      {path: 'b.service.in', message: 'Template of a unit, expected the unit that is made of it'},
    ])
    expect(notes).toEqual([
      {
        path: '.',
        message: '3 templates passed over, such as `b.service.in`: lint what is made of them',
      },
      ...(existsSync(ofSystem)
        ? [
            {
              path: '.',
              message:
                '1 link to units of the system passed over, such as `link/dbus-example.service`',
            },
            {
              path: '.',
              message: '1 link to what is on other machines passed over, such as `f.service`',
            },
          ]
        : [
            {
              path: '.',
              message: '2 links to what is on other machines passed over, such as `f.service`',
            },
          ]),
    ])
  })

  it('takes a template for instances alone', async () => {
    const folder = makeFolder({
      'a@.service': '',
      'd@.service/x': '',
      'l@.service': {link: 'a@.service'},
      'x.service.d/e@.conf': '',
    })
    const named = (...names: readonly string[]): unknown => findFiles(names, folder).files
    expect(named('a@b.service', './a@c.service', 'a@b.service')).toEqual([
      {path: 'a@.service', isNamed: true, isLink: false, as: 'a@b.service'},
      {path: 'a@.service', isNamed: true, isLink: false, as: 'a@c.service'},
    ])
    expect(named('l@b.service')).toEqual([
      {path: 'l@.service', isNamed: true, isLink: true, as: 'l@b.service'},
    ])
    expect(await pathsOf(['d@b.service', 'x.service.d/e@b.conf'], folder)).toEqual([
      'd@b.service: No such file or folder',
      'x.service.d/e@b.conf: No such file or folder',
    ])
    expect(await pathsOf(['a@b.service'], folder)).toEqual(['a@.service (named)'])
    expect(await pathsOf(['a.service', 'b@.service'], folder)).toEqual(
      ['a.service', 'b@.service'].map((name) => `${name}: No such file or folder`),
    )
  })

  it('says what stands for nothing', async () => {
    const folder = makeFolder({
      'readme.md': '',
      'empty/readme.md': '',
      'x.service/readme.md': '',
      'a.service': '',
    })
    mkdirSync(`${folder}/void`)
    expect(
      await pathsOf(
        [
          'empty',
          'void',
          'x.service',
          'nope.service',
          '*.timer',
          '*.md',
          'a.service',
          'readme.md',
          '',
        ],
        folder,
      ),
    ).toEqual([
      // The empty name is the current folder.
      'a.service (named)',
      'empty: No unit files in this folder',
      'void: No unit files in this folder',
      'x.service: No unit files in this folder',
      'nope.service: No such file or folder',
      '*.timer: No unit file matches this glob',
      '*.md: No unit file matches this glob',
      'readme.md: Unexpected file name, expected a unit (.service, .socket, .mount, .automount, .swap, .timer, .path, .slice, .scope, .target, .device, .container, .volume, .network, .kube, .image, .build, .artifact, .pod) or a drop-in (`NAME.service.d/NAME.conf`)',
    ])
  })

  it('notes what stands for nothing, where that is fine', () => {
    const folder = makeFolder({
      'tpl/a.service.in': '',
      'tpl/b.service.in': '',
      'empty/readme.md': '',
      'a.network': '[Match]\nName=eth0\n',
    })
    const {faults, notes} = findFiles(['tpl', 'empty', '*.service', 'none', 'a.network'], folder, {
      isUnmatchedFine: true,
    })
    expect(faults).toEqual([])
    expect(notes.map(({path, message}) => `${path}: ${message}`)).toEqual([
      'tpl: No unit files in this folder, only 2 templates such as `tpl/a.service.in`: lint what is made of them',
      'empty: No unit files in this folder',
      '*.service: No unit file matches this glob',
      'none: No such file or folder',
      "a.network: Unexpected contents, expected a file for podman's Quadlet: what others keep under such names, networkd among them, is not linted",
    ])
    expect(findFiles(['a\uFFFD.service'], folder).faults[0]?.message).toBe(
      'No such file or folder; where the name is not UTF-8, name the folder that it is in',
    )
  })

  it('takes no name too long for a glob', () => {
    const [fault] = findFiles([`${'*'.repeat(70_000)}.service`], makeFolder()).faults
    expect(fault?.message).toBe('Too long a glob: 70008 characters, expected at most 1024')
  })

  it('names a drop-in in full where only the current folder tells that it is one', async () => {
    const folder = makeFolder({'a.service.d/10.conf': ''})
    expect(await pathsOf(['10.conf'], `${folder}/a.service.d`)).toEqual([
      `${folder}/a.service.d/10.conf (named)`,
    ])
    expect(await pathsOf(['.'], `${folder}/a.service.d`)).toEqual([`${folder}/a.service.d/10.conf`])
    expect(await pathsOf(['*.conf'], `${folder}/a.service.d`)).toEqual([
      `${folder}/a.service.d/10.conf`,
    ])
  })

  it('finds pipes too, for the reader to refuse', async () => {
    const folder = makeFolder()
    execFileSync('mkfifo', [`${folder}/a.service`])
    symlinkSync('a.service', `${folder}/b.service`)
    expect(await pathsOf(['.'], folder)).toEqual(['a.service'])
  })
})
