import {expect, it} from 'vitest'
import {socatAddresses, startedBySocat} from '../../src/needs/programs/socat.ts'

it('knows the addresses of socat from its options', () => {
  const types = (args: string): readonly string[] =>
    socatAddresses(args.split(' ')).map(({type}) => type)
  expect(types('-d -T 30 -L /run/lock TCP-LISTEN:80,fork /var/log/x')).toEqual(['TCP-LISTEN', ''])
  expect(types('- PIPE!!UDP:h:1')).toEqual(['-', 'PIPE', 'UDP'])
})

it.each([
  [['TCP-LISTEN:1,fork', 'EXEC:/usr/bin/x -a b,pty,stderr'], [['/usr/bin/x', '-a', 'b']]],
  [['TCP-LISTEN:1', 'SYSTEM:"touch /x, y; id -un",pipes'], [['sh', '-c', 'touch /x, y; id -un']]],
  [['shell:a\\,b', 'exec:'], [['sh', '-c', 'a,b']]],
  [['TCP:h:1', '-'], []],
  [['EXEC', 'SYSTEM:"'], []],
] as const)('knows what socat starts: %j', (args, expected) => {
  expect(startedBySocat(args)).toEqual(expected)
})
