import {describe, expect, it} from 'vitest'
import {isAccess} from '../../src/facts/accesses.ts'
import {weigh} from '../../src/needs/weigh.ts'
import {needs} from '../../src/needs/needs.ts'
import {service} from '../unit/unit.ts'
import {hardPrograms} from './hard-programs.ts'

describe('programs that are hard on a sandbox', () => {
  it('are more than a hundred', () => {
    expect(hardPrograms.length).toBeGreaterThan(100)
  })

  it.each(hardPrograms)('%s keeps what it needs: %s', (command, needed) => {
    const its = needs(service(`[Service]\nExecStart=${command}\n`))
    const lost = needed
      .split(' ')
      .filter((id) => !isAccess(id) || weigh([id], its).applicability === 'safe')
    expect(lost).toEqual([])
  })
})
