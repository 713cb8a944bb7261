import {describe, it} from 'vitest'
import noSkippedValue from '../../rules/no-skipped-value.ts'
import {RuleTester} from '../../src/engine/tester.ts'

new RuleTester({describe, it}).run(noSkippedValue, {
  valid: [
    '[Service]\nExecStart=/x\nCapabilityBoundingSet=cap_chown CAP_KILL 12\nSecureBits=noroot\n',
    {name: 'what is done all the same', unit: '[Service]\nExecStart=/x\nPIDFile=/var/run/x.pid\n'},
    {name: 'what systemd tells of', unit: '[Service]\nExecStart=/x\nSystemCallFilter=no_such_call\nRestrictNamespaces=CLONE_NEWNET\n'},
  ],
  invalid: [
    {
      name: 'the prefix left out',
      unit: '[Service]\nUser=a\nExecStart=/x\nAmbientCapabilities=NET_BIND_SERVICE\n',
      problems: ['4:21-4:37: Unexpected `NET_BIND_SERVICE` in `AmbientCapabilities=`, skipped without a word, did you mean `CAP_NET_BIND_SERVICE`?'],
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
