import {describe, it} from 'vitest'
import noRefusedPlacement from '../../rules/no-refused-placement.ts'
import {RuleTester} from '../../src/engine/tester.ts'

// What this says was seen under booted systemds 252 and 257: see test/boot/faults/claims.py.
const tester = new RuleTester({describe, it})
const old = '252'
const recent = '257'
const newest = '262'
const unit = (lines: string): string => `[Service]\nExecStart=/x\n${lines}\n`
const nodeless = (policy: string): string =>
  `Unexpected \`NUMAPolicy=${policy}\` without a node in \`NUMAMask=\`: nothing starts`
const single = (mask: string, where: string): string =>
  `Unexpected \`NUMAMask=${mask}\`, expected one node ${where}: nothing starts`
const processors = 'Unexpected `CPUAffinity=numa` without a node in `NUMAMask=`: nothing starts'
const unsaid = 'unless `NUMAPolicy=` says what several are for'
const said = 'for `NUMAPolicy=preferred`'

tester.run(noRefusedPlacement, {
  valid: [
    ...['NUMAMask=0', 'NUMAMask=0,1', 'NUMAMask=all', 'NUMAMask=0\nNUMAMask=3-0'].map((mask) =>
      unit(`NUMAPolicy=bind\n${mask}`),
    ),
    ...['', 'NUMAMask=0 3-0', 'NUMAMask=0 0', 'NUMAMask=0\nNUMAMask=0', 'NUMAMask=all'].map(
      (mask) => unit(`NUMAPolicy=preferred\n${mask}`),
    ),
    ...['default', 'local'].map((policy) => unit(`NUMAPolicy=${policy}\nNUMAMask=0,1`)),
    unit('NUMAPolicy=bind\nNUMAPolicy='),
    unit('NUMAMask=3-0\nNUMAMask='),
    {unit: unit('NUMAMask=3-0'), target: recent},
    {unit: unit('NUMAPolicy=preferred\nNUMAMask=3-0'), target: recent},
    {unit: unit('NUMAPolicy=bind\nNUMAMask=%i'), target: newest, fileName: 'a@.service'},
    unit('NUMAPolicy=bind\nNUMAMask=@NODES@'),
    unit('CPUAffinity=numa\nNUMAMask=all'),
    unit('CPUAffinity=numa\nCPUAffinity=0'),
    {unit: unit('NUMAPolicy=bind'), fileName: 'a.service.d/b.conf'},
    // Runs nothing unless it has commands.
    {unit: '[Socket]\nListenStream=1\nNUMAPolicy=bind\n', fileName: 'a.socket'},
  ],
  invalid: [
    ...['bind', 'interleave'].flatMap((policy) =>
      ['', 'NUMAMask=', 'NUMAMask=3-0', 'NUMAMask=8192', 'NUMAMask=,', 'NUMAMask=0\nNUMAMask='].map(
        (mask) => ({
          unit: unit(`NUMAPolicy=${policy}\n${mask}`),
          problems: [`3:1-3:${12 + policy.length}: ${nodeless(policy)}`],
        }),
      ),
    ),
    ...['preferred-many', 'weighted-interleave'].map((policy) => ({
      unit: unit(`NUMAPolicy=${policy}`),
      target: newest,
      problems: [`3:1-3:${12 + policy.length}: ${nodeless(policy)}`],
    })),
    {
      unit: '[Mount]\nWhat=tmpfs\nType=tmpfs\nWhere=/a\nNUMAPolicy=bind\n',
      fileName: 'a.mount',
      problems: [`5:1-5:16: ${nodeless('bind')}`],
    },
    {
      unit: unit('NUMAPolicy=preferred\nNUMAMask=0,1'),
      problems: [`4:1-4:13: ${single('0,1', said)}`],
    },
    {
      unit: unit('NUMAPolicy=preferred\nNUMAMask=0\nNUMAMask=1'),
      problems: [`5:1-5:11: ${single('1', said)}`],
    },
    {unit: unit('NUMAMask=0-1'), problems: [`3:1-3:13: ${single('0-1', unsaid)}`]},
    {
      unit: unit('NUMAPolicy=bind\nNUMAPolicy=\nNUMAMask=0,1'),
      problems: [`5:1-5:13: ${single('0,1', unsaid)}`],
    },
    {unit: unit('NUMAMask=3-0'), target: old, problems: [`3:1-3:13: ${single('3-0', unsaid)}`]},
    {
      unit: unit('NUMAPolicy=preferred\nNUMAMask=3-0'),
      target: old,
      problems: [`4:1-4:13: ${single('3-0', said)}`],
    },
    {unit: unit('CPUAffinity=numa'), problems: [`3:1-3:17: ${processors}`]},
    {
      unit: unit('NUMAPolicy=local\nCPUAffinity=numa\nNUMAMask=3-0'),
      problems: [`4:1-4:17: ${processors}`],
    },
    {
      unit: unit('NUMAPolicy=bind\nCPUAffinity=numa'),
      problems: [`3:1-3:16: ${nodeless('bind')}`, `4:1-4:17: ${processors}`],
    },
  ],
})
