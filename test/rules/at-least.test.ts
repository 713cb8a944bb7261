import {describe, expect, it} from 'vitest'
import {rules} from '../../rules/index.ts'
import privateTmp from '../../rules/private-tmp.ts'
import privateUsers from '../../rules/private-users.ts'
import protectHome from '../../rules/protect-home.ts'
import protectSystem from '../../rules/protect-system.ts'
import protectHostname from '../../rules/protect-hostname.ts'
import {strictness} from '../../src/facts/strictness.ts'
import {RuleTester} from '../../src/engine/tester.ts'
import {requireAtLeast} from '../../src/rule/index.ts'

const tester = new RuleTester({describe, it})

tester.run(privateTmp, {
  valid: [
    '[Service]\nExecStart=/usr/bin/x\nPrivateTmp=yes\n',
    '[Service]\nExecStart=/usr/bin/x\nPrivateTmp=TRUE\n',
    '[Service]\nExecStart=/usr/bin/x\nPrivateTmp=no\nPrivateTmp=on\n',
    {
      name: 'an empty value, which does not reset',
      unit: '[Service]\nExecStart=/usr/bin/x\nPrivateTmp=yes\nPrivateTmp=\n',
    },
    {name: 'implied by DynamicUser', unit: '[Service]\nExecStart=/usr/bin/x\nDynamicUser=yes\n'},
    {
      name: 'a drop-in that sets it',
      unit: '[Service]\nExecStart=/usr/bin/x\n',
      dropIns: ['[Service]\nPrivateTmp=yes\n'],
    },
    {name: 'continued', unit: '[Service]\nExecStart=/usr/bin/x\nPrivateTmp=\\\n# why\n yes\n'},
    {
      name: 'a later value of 257',
      unit: '[Service]\nExecStart=/usr/bin/x\nPrivateTmp=disconnected\n',
      target: '257',
    },
    {name: 'evidence of need: the program lies there', unit: '[Service]\nExecStart=/tmp/x\n'},
    {
      name: 'units of early boot',
      unit: '[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=/usr/bin/x\n',
    },
    {
      name: 'a user unit, for which it is not',
      unit: '[Service]\nExecStart=/usr/bin/x\n',
      manager: 'user',
    },
    {name: 'other unit types', unit: '[Timer]\nOnBootSec=1\n', fileName: 'example.timer'},
    {
      name: 'a drop-in alone says nothing of it',
      unit: '[Service]\nUser=a\n',
      fileName: 'example.service.d/a.conf',
    },
  ],
  invalid: [
    {
      name: 'a user unit that has a namespace for users',
      unit: '[Service]\nExecStart=/usr/bin/x\nPrivateUsers=yes\n',
      manager: 'user',
      problems: ['1:1-1:10: Expected `PrivateTmp=yes`'],
      fixedUnsafely: '[Service]\nExecStart=/usr/bin/x\nPrivateUsers=yes\nPrivateTmp=yes\n',
    },
    {
      name: 'unset',
      unit: '[Service]\nExecStart=/usr/bin/x\n',
      problems: ['1:1-1:10: Expected `PrivateTmp=yes`'],
      fixed: '[Service]\nExecStart=/usr/bin/x\n\nPrivateTmp=yes\n',
    },
    {
      name: 'switched off',
      unit: '[Service]\nExecStart=/usr/bin/x\nPrivateTmp=no\n',
      problems: ['3:1-3:14: Unexpected `PrivateTmp=no`, expected `yes`'],
      fixedUnsafely: '[Service]\nExecStart=/usr/bin/x\nPrivateTmp=yes\n',
    },
    {
      name: 'switched off last, and CRLF',
      unit: '[Unit]\r\n[Service]\r\nExecStart=/usr/bin/x\r\nPrivateTmp=yes\r\nPrivateTmp=0\r\n',
      problems: ['5:1-5:13: Unexpected `PrivateTmp=no`, expected `yes`'],
      fixedUnsafely:
        '[Unit]\r\n[Service]\r\nExecStart=/usr/bin/x\r\nPrivateTmp=yes\r\nPrivateTmp=yes\r\n',
    },
    {
      name: 'a comment behind the value, which switches it off',
      unit: '[Service]\nExecStart=/usr/bin/x\nPrivateTmp=yes # safe\n',
      problems: ['1:1-1:10: Expected `PrivateTmp=yes`'],
      fixed: '[Service]\nExecStart=/usr/bin/x\nPrivateTmp=yes # safe\nPrivateTmp=yes\n',
    },
    {
      name: 'the wrong section',
      unit: '[Unit]\nPrivateTmp=yes\n[Service]\nExecStart=/usr/bin/x\n',
      problems: ['3:1-3:10: Expected `PrivateTmp=yes`'],
      fixed: '[Unit]\nPrivateTmp=yes\n[Service]\nExecStart=/usr/bin/x\nPrivateTmp=yes\n',
    },
    {
      name: 'a value that the target does not know',
      unit: '[Service]\nExecStart=/usr/bin/x\nPrivateTmp=disconnected\n',
      target: 'debian-12',
      problems: ['1:1-1:10: Expected `PrivateTmp=yes`'],
      fixed: '[Service]\nExecStart=/usr/bin/x\nPrivateTmp=yes\n',
    },
    {
      name: 'a template',
      unit: '[Service]\nExecStart=/usr/bin/x %i\n',
      fileName: 'example@.service',
      problems: ['1:1-1:10: Expected `PrivateTmp=yes`'],
      fixed: '[Service]\nExecStart=/usr/bin/x %i\n\nPrivateTmp=yes\n',
    },
    {
      name: 'a drop-in alone that switches it off',
      unit: '[Service]\nPrivateTmp=no\n',
      fileName: 'example.service.d/a.conf',
      problems: ['2:1-2:14: Unexpected `PrivateTmp=no`, expected `yes`'],
      fixedUnsafely: '[Service]\nPrivateTmp=yes\n',
    },
  ],
})

tester.run(protectSystem, {
  valid: [
    '[Service]\nExecStart=/x\nProtectSystem=strict\n',
    {unit: '[Service]\nExecStart=/x\nProtectSystem=full\n', options: {atLeast: 'full'}},
  ],
  invalid: [
    {
      name: 'what is rare goes by itself, what is ordinary only when asked',
      unit: '[Service]\nExecStart=/x\n',
      problems: ['1:1-1:10: Expected `ProtectSystem=strict`'],
      fixed: '[Service]\nExecStart=/x\n\nProtectSystem=yes\n',
      fixedUnsafely: '[Service]\nExecStart=/x\n\nProtectSystem=strict\n',
    },
    {
      name: 'as strict as evidence allows',
      unit: '[Service]\nExecStart=/bin/sh -c "echo x > /etc/x"\n',
      problems: ['1:1-1:10: Expected `ProtectSystem=yes`'],
      fixed: '[Service]\nExecStart=/bin/sh -c "echo x > /etc/x"\n\nProtectSystem=yes\n',
    },
    {
      name: 'wrong case, so off',
      unit: '[Service]\nExecStart=/x\nProtectSystem=Strict\n',
      options: {atLeast: 'yes'},
      problems: ['1:1-1:10: Expected `ProtectSystem=yes`'],
      fixed: '[Service]\nExecStart=/x\nProtectSystem=yes\n',
    },
  ],
})

tester.run(protectHome, {
  valid: [
    '[Service]\nExecStart=/x\nProtectHome=yes\n',
    {unit: '[Service]\nExecStart=/x\nProtectHome=read-only\n', options: {atLeast: 'read-only'}},
  ],
  invalid: [
    {
      name: 'or stricter',
      unit: '[Service]\nExecStart=/x\nProtectHome=no\n',
      options: {atLeast: 'read-only'},
      problems: ['3:1-3:15: Unexpected `ProtectHome=no`, expected `read-only` or stricter'],
      fixedUnsafely: '[Service]\nExecStart=/x\nProtectHome=read-only\n',
    },
    {
      name: 'a closed profile makes deep options safe, and keeps what it needs',
      unit: '[Service]\nExecStart=/x\n',
      profile: {needs: ['home-read'], closed: true},
      problems: ['1:1-1:10: Expected `ProtectHome=read-only`'],
      fixed: '[Service]\nExecStart=/x\n\nProtectHome=read-only\n',
    },
  ],
})

tester.run(protectHostname, {
  valid: [
    {
      unit: '[Service]\nExecStart=/x\nProtectHostname=private\n',
      options: {atLeast: 'private'},
      target: '258',
    },
  ],
  invalid: [
    {
      name: 'an option newer than the target asks for the strictest that it has',
      unit: '[Service]\nExecStart=/x\n',
      options: {atLeast: 'private'},
      problems: ['1:1-1:10: Expected `ProtectHostname=yes`'],
      fixed: '[Service]\nExecStart=/x\n\nProtectHostname=yes\n',
    },
  ],
})

describe('the family', () => {
  it.each([
    ['ProtectHome', 'maybe', 'Unexpected `ProtectHome=maybe` to ask for, expected one of `no`, `'],
    ['ProtectHoome', 'yes', 'Unexpected `ProtectHoome=yes` to ask for, expected a directive of'],
    ['Restart', 'always', 'Unexpected `Restart=always` to ask for, expected a directive of'],
  ])('asks for what there is: not for %s=%s', (directive, value, message) => {
    // As a rule in JavaScript may have it.
    const named = directive as 'ProtectHome'
    expect(() => requireAtLeast({id: 'a', directive: named, value, why: 'b'})).toThrow(message)
  })

  it('has its values in the order of the model', () => {
    const members = rules.filter(
      (rule) =>
        Object.hasOwn(rule.messages, 'weak') && rule.directives.length === 1 && rule.id !== 'umask',
    )
    expect(members.length).toBeGreaterThan(20)
    for (const {id, directives} of members) {
      for (const version of [247, 252, 257, 262])
        expect(strictness(directives[0] ?? '', version).length, id).toBeGreaterThan(1)
    }
  })
})

tester.run(privateUsers, {
  valid: [],
  invalid: [
    {
      name: 'a user unit, whose manager may map no other users',
      unit: '[Service]\nExecStart=/usr/bin/x\n',
      manager: 'user',
      target: '257',
      problems: ['1:1-1:10: Expected `PrivateUsers=yes`'],
      fixedUnsafely: '[Service]\nExecStart=/usr/bin/x\n\nPrivateUsers=yes\n',
    },
    {
      name: 'a user unit that asks for what its manager cannot do',
      unit: '[Service]\nExecStart=/usr/bin/x\nPrivateUsers=identity\n',
      manager: 'user',
      target: '257',
      problems: ['3:1-3:22: Unexpected `PrivateUsers=identity`, expected `yes`'],
      fixedUnsafely: '[Service]\nExecStart=/usr/bin/x\nPrivateUsers=yes\n',
    },
  ],
})
