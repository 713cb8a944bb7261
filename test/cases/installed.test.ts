import {describe, expect, it} from 'vitest'
import {said} from './cases.ts'

const mount = (where: string): string =>
  `[Mount]\nWhat=/mnt/data\nWhere=${where}\nType=none\nOptions=bind\n`
const instance = '[Service]\nUser=%i\nExecStart=/usr/bin/a --config /etc/a/%i.conf\n'
const byDefault = `${instance.replace('User=%i\n', '')}\n[Install]\nWantedBy=multi-user.target\nDefaultInstance=one\n`

/**
 * Files of units that get another name where they are installed: nothing of what their name in the
 * sources does is told.
 */
describe('units that are installed under other names', () => {
  it.each([
    [
      'a recipe of BitBake',
      {
        'a.bb': 'install ${WORKDIR}/etc-a-b.mount ${D}/etc-a\\\\x2db.mount\n',
        'a/etc-a-b.mount': mount('/etc/a-b'),
      },
    ],
    ['a spec', {'SPECS/a/a.spec': '%install\n', 'SPECS/a/a.mount': mount('/run/a-b')}],
    ['sources of BitBake alone', {'recipes-core/a/files/a-b.mount': mount('/a-b')}],
    [
      'a spec that names the template',
      {'a.spec': 'install %{SOURCE2} %{buildroot}%{_unitdir}/a@.service\n', 'a.service': instance},
    ],
    [
      'a PKGBUILD',
      {
        PKGBUILD:
          'install -D "$srcdir/a.service" "$pkgdir/usr/lib/systemd/system/${pkgname}@.service"\n',
        'a.service': instance,
      },
    ],
    [
      'a makefile above',
      {
        Makefile: 'install -m 644 units/a.service $(UNITS)/a@.service\n',
        'units/a.service': instance,
      },
    ],
    [
      'a comment that says where to copy it',
      {'a.service': `# Copy this to /etc/systemd/system/a@:1.service\n${instance}`},
    ],
    [
      'a text to which a program adds lines',
      {
        'a.service':
          '# Changes of this template go into the program too\n[Service]\nType=oneshot\n',
      },
    ],
    ['an instance by default', {'a.service': byDefault}],
  ])('%s', async (_name, files) => {
    expect(await said(files)).toEqual([])
  })

  it.each([
    ['nothing that names it', {'a-b.mount': mount('/a-b')}, ['a-b.mount:3 error no-refused-unit']],
    [
      'a makefile that names it as it is',
      {Makefile: 'install a-b.mount $(UNITS)\n', 'a-b.mount': mount('/a-b')},
      ['a-b.mount:3 error no-refused-unit'],
    ],
    [
      'where systemd reads it',
      {'a.spec': 'a\\x2db.mount', 'etc/systemd/system/a-b.mount': mount('/a-b')},
      ['etc/systemd/system/a-b.mount:3 error no-refused-unit'],
    ],
    [
      'no template anywhere',
      {
        PKGBUILD: 'install -D a.service "$pkgdir/usr/lib/systemd/system/a.service"\n',
        'a.service': instance,
      },
      ['a.service:2 error no-invalid-value'],
    ],
    [
      'an instance by default that nothing uses',
      {'a.service': byDefault.replace('%i', 'a')},
      ['a.service:6 error no-invalid-install'],
    ],
    [
      'a template that is one by its words alone',
      {'a.service': '# An example\n[Service]\nType=oneshot\n'},
      ['a.service:2 error no-refused-unit'],
    ],
  ])('are told of with %s', async (_name, files, expected) => {
    expect(await said(files)).toEqual(expected)
  })
})
