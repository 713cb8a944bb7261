import fc from 'fast-check'
import type {VFile} from 'vfile'
import {linted} from './files.ts'

/**
 * Any text at all, with much of what makes trouble: escape sequences, halves of surrogate pairs,
 * wide and bidirectional characters.
 */
export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\u001B[31m',
        '\u009B1A',
        '\r',
        '\n',
        '\r\n',
        '\t',
        '\0',
        '\u0085',
        '\u2028',
        '\u202E',
        '\u2066',
        '\uD800',
        '\uDC80',
        '日本',
        '👩‍👩‍👧',
        '`',
        '%',
        ':',
        ',',
        '::',
        ' ',
        '](',
        'Expected `A=b`',
      ),
      fc.string({unit: 'binary', maxLength: 6}),
    ),
    {maxLength: 12},
  )
  .map((parts) => parts.join(''))

/** Text of one message as rules write it, at times one of the kind that is grouped. */
const messageText = fc.oneof(
  anyText,
  anyText.map((text) => `Expected \`Key=${text}\``),
)

/** A linted file of any content, name and messages. */
export const anyFile: fc.Arbitrary<VFile> = fc
  .record({
    path: fc.oneof(
      fc.constantFrom('-', 'a.service', '/etc/a.service', '../a.service'),
      anyText.filter((text) => text !== ''),
    ),
    value: anyText,
    messages: fc.array(
      fc.record({
        text: messageText,
        from: fc.option(fc.nat(40), {nil: undefined}),
        length: fc.nat(9),
        severity: fc.constantFrom(1 as const, 2 as const),
        fatal: fc.boolean(),
        ruleId: fc.option(anyText, {nil: undefined}),
        note: fc.option(anyText, {nil: undefined}),
        url: fc.option(fc.oneof(anyText, fc.webUrl()), {nil: undefined}),
        cause: fc.option(
          anyText.map((stack) => Object.assign(new Error(stack), {stack})),
          {nil: undefined},
        ),
        fix: fc.option(
          fc.record({
            title: anyText,
            applicability: fc.constantFrom(
              'safe' as const,
              'unsafe' as const,
              'suggestion' as const,
            ),
            edits: fc.array(fc.record({at: fc.nat(40), length: fc.nat(3), text: anyText}), {
              maxLength: 2,
            }),
          }),
          {nil: undefined},
        ),
      }),
      {maxLength: 8},
    ),
    exposure: fc.option(fc.record({target: anyText, before: fc.nat(100), after: fc.nat(100)}), {
      nil: undefined,
    }),
    applied: fc.option(fc.array(anyText, {maxLength: 3}), {nil: undefined}),
  })
  .map(({path, value, messages, exposure, applied}) =>
    linted(
      path,
      value,
      messages.map(({from, length, fix, ...rest}) => ({
        ...rest,
        at:
          from === undefined
            ? undefined
            : ([Math.min(from, value.length), Math.min(from + length, value.length)] as const),
        fix: fix && {
          ...fix,
          edits: fix.edits.map(({at, length: deleted, text}) => ({
            range: [at, at + deleted] as const,
            text,
          })),
        },
      })),
      {...(exposure && {exposure}), ...(applied && {applied})},
    ),
  )
