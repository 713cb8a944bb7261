import {VFile} from 'vfile'
import {expect, it} from 'vitest'
import {report, startReport} from '../../src/reporters/index.ts'
import {context} from './files.ts'

const count = 1_000
const files = Array.from({length: count}, (_, index) => {
  const file = new VFile({path: `u${index}.service`, value: ''})
  if (index % 3 > 0)
    file.message('Unexpected something, expected '.padEnd(200, 'x'), {line: 1, column: 1})
  return file
})

it.each(['json', 'compact', 'github', 'gitlab', 'junit', 'checkstyle', 'rdjson'])(
  '%s is the same in parts, and what may change holds back what is behind it',
  async (format) => {
    const whole = await report(format, files, context())
    for (const open of [-1, 0, 700]) {
      const started = await startReport(format, context())
      const parts: string[] = []
      for (const [index, file] of files.entries()) {
        started.add(file, index !== open)
        parts.push(started.take())
      }
      expect(parts.some((part) => part !== '')).toBe(open !== 0)
      if (open >= 0) expect(parts.join('')).not.toContain(`u${open + 1}.service`)
      expect(parts.join('') + (await started.text())).toBe(whole)
    }
  },
)
