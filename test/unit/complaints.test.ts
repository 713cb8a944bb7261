import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {reading} from '../../src/unit/read/reading.ts'
import {directiveNames} from '../../src/facts/directives.ts'
import {load} from '../../src/unit/load.ts'
import {unitTypes, type UnitType} from '../../src/facts/unit-types.ts'
import {verdict} from '../../src/unit/verdict.ts'
import {parse} from '../../src/syntax/parse.ts'

interface Given {
  readonly version?: number
  readonly name?: string
  readonly dropIns?: readonly string[]
}

function unitOf(text: string, {version = 257, name = 'example.service', dropIns = []}: Given = {}) {
  // The tests name units of these types only.
  const type = name.slice(name.lastIndexOf('.') + 1) as UnitType
  const files = [
    {path: name, role: 'fragment' as const, tree: parse(text)},
    ...dropIns.map((dropIn, index) => ({
      path: `${name}.d/${index}.conf`,
      role: 'drop-in' as const,
      tree: parse(dropIn),
    })),
  ]
  return load(files, {name, type, target: {name: String(version), version}, manager: 'system'})
}

/** `LINE kind effect: text`, with the text that each complaint is about. */
function said(text: string, given?: Given): string[] {
  return reading(unitOf(text, given)).complaints.map(({kind, line, effect, file, span, silent}) => {
    const where = `${file.role === 'drop-in' ? `${file.path.slice(-6)}:` : ''}${line ?? '-'}`
    return `${where} ${kind} ${effect}${silent ? ' in silence' : ''}: ${JSON.stringify(file.tree.text.slice(span.start, span.end))}`
  })
}

describe('complaints', () => {
  it('are about lines that assign nothing', () => {
    expect(said('Foo=1\n[Service]\nfoo\n=bar\n# x\n[Foo]\nfoo\n[X-Foo]\nbar\n')).toEqual([
      '1 junk-line line: "Foo=1"',
      '3 junk-line line: "foo"',
      '4 junk-line line: "=bar"',
      '6 unknown-section line: "Foo"',
    ])
  })

  it('come in the order of the lines', () => {
    expect(said('[Service]\nNice=x\nfoo\nNice=y\n[Foo]\n[Service]\nbar\nNice=z\n=\n')).toEqual([
      '2 invalid-value line: "x"',
      '3 junk-line line: "foo"',
      '4 invalid-value line: "y"',
      '5 unknown-section line: "Foo"',
      '7 junk-line line: "bar"',
      '8 invalid-value line: "z"',
      '9 junk-line line: "="',
    ])
  })

  it('are about unknown names, of this unit and version', () => {
    expect(
      said(
        '[Unit]\nExecStart=x\nX-Foo=1\n[Service]\nExecstart=x\nRestartSteps=5\n[Timer]\nFoo=1\n',
        {version: 252},
      ),
    ).toEqual([
      '2 unknown-directive line: "ExecStart"',
      '5 unknown-directive line: "Execstart"',
      '6 unknown-directive line: "RestartSteps"',
      '7 unknown-section line: "Timer"',
    ])
  })

  it('are about directives without effect', () => {
    const text = '[Service]\nCPUShares=10\nMemoryLimit=1G\n'
    expect(said(text, {version: 247})).toEqual([])
    expect(said(text, {version: 257}).map((one) => one.slice(0, 20))).toEqual([
      '2 deprecated-directi',
      '3 deprecated-directi',
    ])
    expect(said(text, {version: 262})).toEqual([
      '2 removed-directive line: "CPUShares"',
      '3 removed-directive line: "MemoryLimit"',
    ])
    expect(said('[Socket]\nListenStream=80\nDelegate=yes\n', {name: 'a.socket'})).toEqual([
      '3 unsupported-directive line: "Delegate"',
    ])
    expect(said('[Unit]\nRequiresOverridable=a.service\n')).toEqual([
      '2 deprecated-directive notice: "RequiresOverridable"',
    ])
    expect(said('[Unit]\nOnFailureIsolate=yes\n')).toEqual(['- deprecated-directive notice: "yes"'])
    expect(said('[Unit]\nRequiresOverridable=a.service x\n')).toEqual([
      '2 deprecated-directive notice: "RequiresOverridable"',
      '2 invalid-value word: "x"',
    ])
  })

  it('are about each use of what was for control groups of version 1, be it empty', () => {
    const old = '[Service]\nCPUShares=\nMemoryLimit=\nBlockIODeviceWeight=\nBlockIOWeight=\n'
    const told = ['CPUShares', 'MemoryLimit', 'BlockIODeviceWeight'].map(
      (key, index) => `${index + 2} deprecated-directive notice: "${key}"`,
    )
    expect(said(old, {version: 247})).toEqual([])
    expect(said(old, {version: 252})).toEqual(told)
    expect(said(old, {version: 257})).toEqual(told)
    expect(said('[Service]\nBlockIOAccounting=\n')).toEqual(['2 empty-value line: ""'])
  })

  it('are about empty values', () => {
    expect(
      said('[Unit]\nAfter=\nDescription=\n[Service]\nType=\nUser=\nDynamicUser=\nPrivateMounts=\n'),
    ).toEqual(['5 empty-value line: ""', '7 empty-value unit: ""'])
    expect(said('[Service]\nPrivateMounts=\nMountAPIVFS=\n', {version: 252})).toEqual([
      '2 empty-value line: ""',
    ])
  })

  it('are about values, in their place', () => {
    expect(
      said('[Unit]\nAfter = a.service \\\n  foo\nDescription=%z 100%\nDescription=%c %%c\n'),
    ).toEqual([
      '3 invalid-value word: "foo"',
      '4 unknown-specifier line: "%z"',
      '- deprecated-value notice: "%c"',
    ])
  })

  it('are about what only counts once', () => {
    expect(
      said('[Timer]\nOnBootSec=1\nUnit=foo\nUnit=a.service\nUnit=b.service\n', {name: 'a.timer'}),
    ).toEqual(['3 invalid-value line: "foo"', '5 repeated line: "Unit"'])
    // Before systemd looks at a value, also at none.
    expect(said('[Timer]\nOnBootSec=1\nUnit=\nUnit=a.service\nUnit=\n', {name: 'a.timer'})).toEqual(
      ['3 empty-value line: ""', '5 repeated line: "Unit"'],
    )
  })

  it('end with the reading of the main file', () => {
    expect(said('[Service]\nUser=a:b\nFoo=1\n', {dropIns: ['[Service]\nFoo=1\n']})).toEqual([
      '2 invalid-value unit: "a:b"',
    ])
    expect(said('[Service] # x\nFoo=1\n')).toEqual(['1 unreadable unit: "[Service] # x"'])
    expect(said('[a"b]\nFoo=1\n')).toEqual(['1 unreadable unit: "a\\"b"'])
    expect(said('[a"b]\nFoo=1\n', {version: 247})).toEqual(['1 unknown-section line: "a\\"b"'])
  })

  it('end with the reading of a drop-in, and go on with the next', () => {
    expect(
      said('[Service]\nExecStart=/bin/true\n', {
        dropIns: ['[Service]\nUser=a:b\nFoo=1\n', '[Service]\nFoo=1\n'],
      }),
    ).toEqual(['0.conf:2 invalid-value unit: "a:b"', '1.conf:2 unknown-directive line: "Foo"'])
  })

  it('remember the scheduling policy on old versions', () => {
    const text =
      '[Service]\nCPUSchedulingPriority=5\nCPUSchedulingPolicy=rr\nCPUSchedulingPriority=5\nCPUSchedulingPolicy=other\nCPUSchedulingPriority=5\n'
    expect(said(text, {version: 247})).toEqual([
      '2 invalid-value line: "5"',
      '6 invalid-value line: "5"',
    ])
    expect(said(text, {version: 257})).toEqual([])
  })

  it('know what is not said', () => {
    expect(said('[Service]\nSecureBits=foo\n')).toEqual(['2 invalid-value word in silence: "foo"'])
  })

  it('are not made of scopes, which are not read from files', () => {
    expect(said('[Scope]\nFoo=1\n', {name: 'a.scope'})).toEqual([])
  })

  it('come of any text', () => {
    const line = fc
      .tuple(fc.constantFrom(...directiveNames()), fc.string({unit: 'binary'}))
      .map(([key, value]) => `${key}=${value}`)
    const header = fc.constantFrom(
      '[Unit]',
      '[Service]',
      '[Socket]',
      '[Timer]',
      '[Mount]',
      '[Install]',
      '[Foo]',
    )
    const text = fc
      .array(
        fc.oneof(
          {weight: 4, arbitrary: line},
          {weight: 1, arbitrary: header},
          {weight: 1, arbitrary: fc.string()},
        ),
      )
      .map((lines) => lines.join('\n'))
    fc.assert(
      fc.property(
        text,
        fc.constantFrom(...unitTypes),
        fc.constantFrom(247, 252, 257, 262),
        (body, type, version) => {
          const {complaints: all} = verdict(
            unitOf(`[Unit]\n${body}`, {name: `foo@bar.${type}`, version}),
          )
          for (const {span, file} of all)
            expect(
              span.start >= 0 && span.start <= span.end && span.end <= file.tree.text.length,
            ).toBe(true)
        },
      ),
    )
  })
})

describe('a verdict', () => {
  const refused = (text: string, name?: string, version = 257): string | undefined =>
    verdict(unitOf(text, {version, ...(name === undefined ? {} : {name})})).refusal?.reason

  it('refuses what does not go together', () => {
    expect(refused('[Service]\nExecStart=/bin/true\n')).toBeUndefined()
    expect(refused('[Service]\nType=oneshot\nRestart=always\nExecStart=/bin/true\n')).toBe(
      '`Type=oneshot` with `Restart=always`',
    )
    expect(refused('[Service]\nType=foo\nExecStart=/bin/true\n')).toBeUndefined()
    expect(refused('[Service]\nUser=a:b\n')).toBeUndefined()
  })

  it.each([
    [
      'OnFailure=a.service b.service\nOnFailureJobMode=isolate',
      '`OnFailureJobMode=isolate` with more than one unit in `OnFailure=`',
    ],
    [
      'OnFailure=a.service\nOnFailure=b@.service\nOnFailureIsolate=yes',
      '`OnFailureIsolate=yes` with more than one unit in `OnFailure=`',
    ],
    [
      'OnSuccess=a.service b.service\nOnSuccessJobMode=isolate',
      '`OnSuccessJobMode=isolate` with more than one unit in `OnSuccess=`',
    ],
    [
      'OnFailure=a.service b.service\nOnFailureJobMode=isolate\nOnFailureJobMode=replace',
      undefined,
    ],
    ['OnFailure=a.service a.service b\nOnFailureJobMode=isolate', undefined],
    ['OnSuccess=a.service b.service\nOnFailureJobMode=isolate', undefined],
  ])('refuses more than one unit to be started alone: %s', (lines, reason) => {
    const text = `[Unit]\n${lines}\n`
    expect(refused(`${text}[Service]\nExecStart=/bin/true\n`, 'x.service')).toBe(reason)
    expect(refused(text, 'x.target')).toBe(reason)
    // What is newer than the systemd is none of its directives.
    if (lines.includes('OnSuccess')) expect(refused(text, 'x.target', 247)).toBeUndefined()
    expect(refused(text, 'x.slice')).toBeUndefined()
    // The unit itself is none of them.
    expect(refused(text.replace('b.service', 'x.target'), 'x.target')).toBe(
      lines.includes('b.service') ? undefined : reason,
    )
  })

  it.each([247, 252])(
    'refuses paths that no mount can be named after, up to 248: %i',
    (version) => {
      const reasonOf = (lines: string): string | undefined =>
        refused(`[Service]\nExecStart=/bin/true\n${lines}`, 'a.service', version)
      const [fits, long] = ['a'.repeat(249), 'a'.repeat(250)]
      const of = (key: string): string | undefined =>
        version < 249 ? `path in \`${key}=\` that is too long for the name of a mount` : undefined
      expect(reasonOf(`[Unit]\nRequiresMountsFor=/a /${fits}`)).toBeUndefined()
      expect(reasonOf(`[Unit]\nRequiresMountsFor=/a /${long}`)).toBe(of('RequiresMountsFor'))
      expect(reasonOf(`StateDirectory=${long}`)).toBe(of('StateDirectory'))
      expect(reasonOf(`WorkingDirectory=-/${long}`)).toBeUndefined()
      expect(reasonOf(`WorkingDirectory=/${long}`)).toBe(of('WorkingDirectory'))
      expect(reasonOf(`ReadWritePaths=/${long}`)).toBeUndefined()
    },
  )

  it.each([
    [
      'a.socket',
      '[Socket]\nListenStream=80\nListenFIFO=\n',
      'nothing to listen on, such as `ListenStream=`',
    ],
    ['a.socket', '[Socket]\nListenStream=%t/../a\n', '`..` in the path of `ListenStream=`'],
    ['a.socket', '[Socket]\nListenStream=/a/../b\n', '`..` in the path of `ListenStream=`'],
    [
      'a.socket',
      '[Socket]\nListenDatagram=80\nAccept=yes\n',
      '`Accept=yes` with `ListenDatagram=`, which takes no connections',
    ],
    [
      'a.socket',
      '[Socket]\nListenStream=80\nAccept=yes\nService=b.service\n',
      '`Accept=yes` with `Service=`',
    ],
    ['a.socket', '[Socket]\nListenStream=80\nMaxConnections=0\n', '`MaxConnections=0`'],
    [
      'a.socket',
      '[Socket]\nListenStream=80\nSymlinks=/a\n',
      '`Symlinks=` without exactly one socket or FIFO in the file system',
    ],
    [
      'a.timer',
      '[Timer]\nOnCalendar=daily\nOnBootSec=\n',
      'no time at which the timer elapses, such as `OnCalendar=` or `OnBootSec=`',
    ],
    [
      'a.path',
      '[Path]\nPathExists=a\n',
      'no path to watch, such as `PathExists=` or `PathChanged=`',
    ],
    ['a.mount', '[Mount]\nWhere=/a\n', '`What=` is missing'],
    [
      'a.mount',
      '[Mount]\nWhat=x\nWhere=/b c\n',
      '`Where=` is not what the unit is named after: expected the name `b\\x20c.mount`',
    ],
    ['proc.mount', '[Mount]\nWhat=x\nWhere=/proc\n', 'mount point of systemd itself in `Where=`'],
    ['-.automount', '[Automount]\nWhere=/\n', '`Where=/`'],
    [
      'a.swap',
      '[Swap]\nWhat=UUID=x\n',
      '`What=` is not what the unit is named after: expected the name `dev-disk-by\\x2duuid-x.swap`',
    ],
    ['a--b.slice', '[Slice]\n', 'empty part in the name of the slice'],
    ['a@b.mount', '[Mount]\nWhat=x\n', 'name `a@b.mount`, a mount has no instances'],
    ['a@.automount', '[Automount]\n', 'name `a@.automount`, an automount has no instances'],
    ['a b.service', '[Service]\nExecStart=/x\n', 'name `a b.service` for a service'],
    ['a.scope', '[Scope]\n', 'scope, which is not read from a file'],
  ])('refuses %s', (name, text, reason) => {
    expect(refused(text, name)).toBe(reason)
  })

  it.each([
    ['a.socket', '[Socket]\nListenStream=/run/a\nListenStream=80\nSymlinks=/a\n'],
    ['a.timer', '[Timer]\nOnClockChange=yes\n'],
    ['a.mount', '[Mount]\nWhat=x\nWhere=//a/\n'],
    ['-.mount', '[Mount]\n'],
    ['a.automount', '[Automount]\n'],
    ['dev-disk-by\\x2duuid-x.swap', '[Swap]\nWhat=UUID=x\n'],
    ['a-b.slice', '[Slice]\n'],
    ['a.target', '[Unit]\n'],
  ])('loads %s', (name, text) => {
    expect(refused(text, name)).toBeUndefined()
  })
})
