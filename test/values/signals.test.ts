import {describe, expect, it} from 'vitest'
import {refused, said} from './said.ts'

describe('a signal', () => {
  it('is a number or a name, with or without SIG', () => {
    expect(
      refused('Service.KillSignal', [
        'SIGTERM',
        'TERM',
        '15',
        '0x0f',
        '64',
        'RTMIN',
        'SIGRTMIN+5',
        'RTMAX-30',
        'RTMIN+0x5',
      ]),
    ).toEqual([])
    expect(
      refused('Service.KillSignal', [
        'sigterm',
        'SIGCLD',
        'SIG15',
        '0',
        '65',
        'RTMIN-1',
        'RTMIN+31',
        'RTMAX+1',
        'SIGSIGTERM',
      ]),
    ).toHaveLength(9)
    expect(said('Service.KillSignal=sigint')).toEqual([
      '0-6 line: Unexpected `sigint`, expected a signal such as `SIGTERM` → SIGINT',
    ])
  })
})

describe('exit statuses', () => {
  it('lose only the bad words', () => {
    expect(said('Service.SuccessExitStatus=143, SIGKILL tempfail 300')).toEqual([
      ...['0-4', '13-21', '22-25'].map((span, index) => {
        const word = ['143,', 'tempfail', '300'][index] ?? ''
        const meant = ['143', 'TEMPFAIL'][index]
        const message = `Unexpected \`${word}\`, expected a number from \`0\` to \`255\`, an exit status such as \`TEMPFAIL\` or a signal such as \`SIGTERM\``
        return `${span} word: ${message}${meant === undefined ? '' : ` → ${meant}`}`
      }),
    ])
  })

  it('grow by version', () => {
    expect(
      refused('Service.SuccessExitStatus', ['BPF', 'KSM', 'MEMORY_THP', 'CONFIG'], 247),
    ).toEqual(['BPF', 'KSM', 'MEMORY_THP'])
    expect(
      refused('Service.SuccessExitStatus', ['BPF', 'KSM', 'MEMORY_THP', 'CONFIG'], 262),
    ).toEqual([])
  })
})
