import {describe, expect, test} from 'vitest'
import {reopened, withNotes} from '../../src/engine/write/notes.ts'
import type {Noted} from '../../src/engine/write/notes.ts'

const fix: Noted = {
  ruleId: 'private-tmp',
  by: 'who says so',
  keys: new Set(['PrivateTmp', 'JoinsNamespaceOf']),
}

/** A drop-in after a fix, with what it says of itself. */
function noted(
  before: string,
  after: string,
  fixes: readonly Noted[] = [fix],
  why: string | undefined = 'because',
  opening?: string,
): string {
  return withNotes(before, after, fixes, {opening, whyOf: () => why})
}

describe('a drop-in', () => {
  test.each<[string, string, string]>([
    [
      '[Service]\n',
      '[Service]\nPrivateTmp=yes\n',
      '[Service]\n# private-tmp: because; who says so\nPrivateTmp=yes\n',
    ],
    [
      '',
      '[Service]\n  PrivateTmp = yes',
      '[Service]\n# private-tmp: because; who says so\n  PrivateTmp = yes',
    ],
    [
      '',
      '[Service]\r\nPrivateTmp=yes\r\n',
      '[Service]\r\n# private-tmp: because; who says so\r\nPrivateTmp=yes\r\n',
    ],
    [
      '',
      'PrivateTmp=yes\nJoinsNamespaceOf=a\n',
      '# private-tmp: because; who says so\nPrivateTmp=yes\nJoinsNamespaceOf=a\n',
    ],
    [
      '',
      'Nice=1\n#PrivateTmp=yes\n;PrivateTmp=yes\nPrivateTmpp=yes\n',
      'Nice=1\n#PrivateTmp=yes\n;PrivateTmp=yes\nPrivateTmpp=yes\n',
    ],
  ])('of %j and then %j says why', (before, after, expected) => {
    expect(noted(before, after)).toBe(expected)
  })

  test('says nothing of lines that were there, however often', () => {
    const line = 'PrivateTmp=yes\n'
    expect(noted(line, line)).toBe(line)
    expect(noted(`  ${line}`, line)).toBe(line)
    expect(noted(line + line, line + line)).toBe(line + line)
    expect(noted(`  ${line}  ${line}`, `  ${line}  ${line}`)).toBe(`  ${line}  ${line}`)
    expect(noted(line, line + line)).toBe(`${line}# private-tmp: because; who says so\n${line}`)
  })

  test('says anew what was said of another value', () => {
    const old = '# private-tmp: of old\nPrivateTmp=no\n'
    expect(noted(old, '# private-tmp: of old\nPrivateTmp=yes\n')).toBe(
      '# private-tmp: because; who says so\nPrivateTmp=yes\n',
    )
    expect(noted(old, '# other: of old\nPrivateTmp=yes\n')).toBe(
      '# other: of old\n# private-tmp: because; who says so\nPrivateTmp=yes\n',
    )
  })

  test('says as much as there is to say, in one line', () => {
    const after = 'PrivateTmp=yes\n'
    expect(noted('', after, [{...fix, by: ''}])).toBe('# private-tmp: because\nPrivateTmp=yes\n')
    expect(noted('', after, [fix], 'a\n\tb\u2028c\u200Ed ')).toBe(
      '# private-tmp: a b c d ; who says so\nPrivateTmp=yes\n',
    )
    expect(withNotes('', after, [fix], {whyOf: () => undefined})).toBe(
      '# private-tmp: who says so\nPrivateTmp=yes\n',
    )
    expect(noted('', after, [])).toBe(after)
  })

  test('says first who wrote it, where that is a line of its own', () => {
    expect(noted('', '# Written by x\n\n[Service]\n', [], '', '# Written by y')).toBe(
      '# Written by y\n\n[Service]\n',
    )
    expect(noted('', '# Written by x\r\n[Service]\r\n', [], '', '# Written by y')).toBe(
      '# Written by y\r\n[Service]\r\n',
    )
    expect(noted('', '# Mine\n[Service]\n', [], '', '# Written by y')).toBe('# Mine\n[Service]\n')
    expect(reopened('# Written by x\n# Written by z\n', '# Written by y')).toBe(
      '# Written by y\n# Written by z\n',
    )
    expect(reopened('\n# Written by x\n', '# Written by y')).toBe('\n# Written by x\n')
    expect(reopened('# Written by x', '# Written by y')).toBe('# Written by x')
  })
})
