import {describe, it} from 'vitest'
import noSkippedValue from '../../rules/no-skipped-value.ts'
import {capabilityNames} from '../../src/facts/data/capabilities.ts'
import {RuleTester} from '../../src/engine/tester.ts'

const tester = new RuleTester({describe, it})

tester.run(noSkippedValue, {
  valid: [
    '[Service]\nExecStart=/x\nCapabilityBoundingSet=cap_chown CAP_KILL 12\nSecureBits=noroot\n',
    {name: 'what is done all the same', unit: '[Service]\nExecStart=/x\nPIDFile=/var/run/x.pid\n'},
    {
      name: 'what systemd tells of',
      unit: '[Service]\nExecStart=/x\nSystemCallFilter=no_such_call\nRestrictNamespaces=CLONE_NEWNET\n',
    },
  ],
  invalid: [
    {
      name: 'the prefix left out',
      unit: '[Service]\nUser=a\nExecStart=/x\nAmbientCapabilities=NET_BIND_SERVICE\n',
      problems: [
        '4:21-4:37: Unexpected `NET_BIND_SERVICE` in `AmbientCapabilities=`, skipped without a word, did you mean `CAP_NET_BIND_SERVICE`?',
      ],
      fixed: '[Service]\nUser=a\nExecStart=/x\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n',
    },
    {
      name: 'misspelt, or half of the name',
      unit: '[Service]\nExecStart=/x\nCapabilityBoundingSet=~CAP_CHWON CAP_RAWIO CAP_ENTIRELY_MADE_UP\n',
      problems: [
        '3:24-3:33: Unexpected `CAP_CHWON` in `CapabilityBoundingSet=`, skipped without a word, did you mean `CAP_CHOWN`?',
        '3:34-3:43: Unexpected `CAP_RAWIO` in `CapabilityBoundingSet=`, skipped without a word, did you mean `CAP_SYS_RAWIO`?',
        '3:44-3:64: Unexpected `CAP_ENTIRELY_MADE_UP`, expected a capability such as `CAP_NET_ADMIN` in `CapabilityBoundingSet=`, skipped without a word',
      ],
    },
    {
      name: 'flags',
      unit: '[Service]\nExecStart=/x\nSecureBits=noroot no_setuid_fixup keepcaps\n',
      problems: [
        '3:19-3:34: Unexpected `no_setuid_fixup` in `SecureBits=`, skipped without a word, did you mean `no-setuid-fixup`?',
        '3:35-3:43: Unexpected `keepcaps` in `SecureBits=`, skipped without a word, did you mean `keep-caps`?',
      ],
      fixed: '[Service]\nExecStart=/x\nSecureBits=noroot no-setuid-fixup keep-caps\n',
    },
  ],
})

/**
 * What people write for a capability: its prefix, its beginning, its end or a letter left out,
 * other signs between its words, letters swapped.
 */
function slips(name: string): readonly string[] {
  const [, ...words] = name.split('_')
  const bare = words.join('_')
  const last = bare.length - 1
  return [
    bare,
    bare.toLowerCase(),
    `CAPS_${bare}`,
    `CAP-${words.join('-')}`,
    `CAP${words.join('')}`,
    `${name}S`,
    `CAP_${bare.slice(0, last - 1)}${bare.charAt(last)}${bare.charAt(last - 1)}`,
    `CAP_${bare.charAt(0)}${bare}`,
    ...(words.length > 1
      ? [
          `CAP_${words.slice(0, -1).join('_')}`,
          `CAP_${words.slice(1).join('_')}`,
          `CAP_${words.join('')}`,
        ]
      : []),
  ]
}

const names = capabilityNames.split(' ')
/** Halves of several names, which mean none of them. */
const ambiguous = new Set([
  'CAP_ADMIN',
  'CAP_AUDIT',
  'CAP_DAC',
  'CAP_IPC',
  'CAP_MAC',
  'CAP_NET',
  'CAP_OVERRIDE',
  'CAP_SYS',
])

tester.run(noSkippedValue, {
  valid: [],
  invalid: names.map((name) => {
    const unitOf = (words: readonly string[]): string =>
      `[Service]\nExecStart=/x\n${words.map((word) => `CapabilityBoundingSet=${word}\n`).join('')}`
    const written = slips(name).filter((slip) => !ambiguous.has(slip) && !names.includes(slip))
    return {
      name,
      unit: unitOf(written),
      fixedUnsafely: unitOf(
        written.map((slip) => (`CAP_${slip.toUpperCase()}` === name ? name : slip)),
      ),
      problems: written.map(
        (slip, line) =>
          `${line + 3}:23-${line + 3}:${23 + slip.length}: Unexpected \`${slip}\` in \`CapabilityBoundingSet=\`, skipped without a word, did you mean \`${name}\`?`,
      ),
    }
  }),
})

tester.run(noSkippedValue, {
  valid: [],
  invalid: [...ambiguous, 'CAP_SETID', 'CAP_SETCAP', 'CAP_FOO', 'CAP_KVM', 'CAP_IO'].map(
    (word) => ({
      name: word,
      unit: `[Service]\nExecStart=/x\nCapabilityBoundingSet=${word}\n`,
      problems: [
        `3:23-3:${23 + word.length}: Unexpected \`${word}\`, expected a capability such as \`CAP_NET_ADMIN\` in \`CapabilityBoundingSet=\`, skipped without a word`,
      ],
    }),
  ),
})
