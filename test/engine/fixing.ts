import {VFile} from 'vfile'
import fc from 'fast-check'
import {rules} from '../../rules/index.ts'
import {lint, textOf} from '../../src/engine/unified/lint.ts'
import type {LintOptions} from '../../src/engine/options.ts'
import {defaultTarget} from '../../src/facts/targets.ts'
import type {Target} from '../../src/facts/targets.ts'
import {defineRule} from '../../src/rule/index.ts'
import type {Fix, Rule, Unit} from '../../src/rule/index.ts'
import {unitFor} from '../../src/rule/unit.ts'
import {parse} from '../../src/syntax/parse.ts'
import {load} from '../../src/unit/load.ts'
import {times} from '../times.ts'

/** Options with all rules that a run may have, or with some. */
export function optionsWith(
  some: readonly Rule[] = rules,
  target: Target = defaultTarget,
): LintOptions {
  const active = some.map((rule) => ({rule, severity: 2 as const, options: rule.options.parse({})}))
  return {rules: active, targets: [target], manager: 'system'}
}

/** The texts of a service and of its drop-in after fixes, in their place or all in the drop-in. */
export function fixed(
  text: string,
  options: LintOptions,
  fix: 'safe' | 'unsafe',
  {into = false, own = ''}: {readonly into?: boolean; readonly own?: string} = {},
): {readonly text: string; readonly own: string; readonly problems: readonly string[]} {
  const main = new VFile({path: 'example.service', value: text})
  const dropIn = new VFile({path: 'example.service.d/50-unitlint.conf', value: own})
  if (into) lint(main, {...options, fix, into: dropIn.path}, {dropIns: [dropIn]})
  else lint(main, {...options, fix}, {dropIns: own === '' ? [] : [dropIn]})
  const faults = main.messages.filter(({fatal}) => fatal).map(({reason}) => reason)
  return {text: textOf(main), own: textOf(dropIn), problems: faults}
}

/** A service, with its drop-in where that has a text. */
export function unitOf(text: string, own = '', target: Target = defaultTarget): Unit {
  const files = [{path: 'example.service', role: 'fragment' as const, tree: parse(text)}]
  const dropIn = {
    path: 'example.service.d/50-unitlint.conf',
    role: 'drop-in' as const,
    tree: parse(own),
  }
  const loaded = load(own === '' ? files : [...files, dropIn], {
    name: 'example.service',
    type: 'service',
    target,
    manager: 'system',
  })
  return unitFor(loaded)
}

/** Somebody's rule that always wants something, until it is so. */
export function wanting(fix: (unit: Unit) => Fix | readonly Fix[] | undefined): Rule {
  return defineRule({
    id: 'acme',
    summary: 'Want something',
    why: 'For the test.',
    messages: {wanted: 'Expected something'},
    *check(unit) {
      const [at] = unit.all('Service')
      const its = fix(unit)
      if (at && its) yield {message: 'wanted', at, fix: its}
    },
    examples: {bad: [], good: []},
  })
}

const lines = [
  ...[
    '[Service]',
    '[Unit]',
    '[Install]',
    '[Servce]',
    '',
    '# c',
    'X=\\',
    '  Y = z \\',
    '[X',
    'Type=forking',
  ],
  ...[
    'Type=fork',
    'Type=oneshot',
    'ExecStart=/usr/bin/x',
    'ExecStart=/bin/sh -c "echo >/sys/x"',
    'ExecStart=',
  ],
  ...[
    'User=a',
    'User=a:b',
    'PrivateTmp=no',
    'PrivateTmp=yes # c',
    'PrivatTmp=yes',
    'ProtectSystem=full',
  ],
  ...[
    'ProtectSystem=Strict',
    'ProtectHome=read-only',
    'UMask=0002',
    'Restart=always',
    'Restart=alway',
  ],
  ...[
    'SystemCallFilter=@system-service',
    'SystemCallFilter=',
    'SystemCallFilter=@clock ~@privileged',
  ],
  ...[
    'RestrictNamespaces=net',
    'RestrictNamespaces=~user',
    'CapabilityBoundingSet=~CAP_CHOWN',
    'DynamicUser=yes',
  ],
  ...[
    'CapabilityBoundingSet=',
    'IPAddressDeny=any',
    'IPAddressDeny=',
    'IPAddressAllow=localhost',
    'IPAddressAllow=',
    'DevicAllow=/dev/kvm rw',
  ],
  ...[
    'ReadWritePaths=/srv/a',
    'ReadWritePaths=',
    'ReadWritePath=/srv/b',
    'RestrictAddressFamilies=AF_UNIX',
  ],
  ...[
    'RestrictAddressFamilies=~AF_PACKET',
    'PrivateDevices=no',
    'StandardOutput=syslog',
    'TimeoutStopSec=90',
  ],
  ...[
    'TimeoutSec=1h 30',
    'MemoryLimit=1G',
    'After=a.service',
    'WantedBy=multi-user',
    'Environment=A=1 B=2 A=3',
  ],
  ...[
    'Environment: A=1',
    'Restart: always',
    'WorkingDirectory=/proc',
    'PIDFile=/run/x.pid',
    'Sockets=x.socket',
  ],
]

/** The text of a service as nobody would write it; in most there is a service to run. */
export const anyService: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(
      '',
      '[Service]\nExecStart=/usr/bin/x\n',
      '[Unit]\nDescription=x\n\n[Service]\nExecStart=/usr/bin/x\n',
    ),
    fc.array(
      fc.oneof({weight: 6, arbitrary: fc.constantFrom(...lines)}, fc.string({maxLength: 12})),
      {maxLength: 12},
    ),
    fc.constantFrom('\n', '\r\n', '\r'),
    fc.boolean(),
  )
  .map(([first, rest, end, last]) =>
    (first + rest.join('\n') + (last ? '\n' : '')).replaceAll('\n', end),
  )

/** How many units to make. */
export const runs = times(100)
