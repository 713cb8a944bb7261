import {describe, expect, test} from 'vitest'
import {directiveNames} from '../../src/facts/directives.ts'
import {misspelt} from '../../src/facts/misspelt.ts'
import {nearest} from '../../src/facts/nearest.ts'

describe('a misspelt directive', () => {
  test.each([
    ['PrivateTpm', 'PrivateTmp'],
    ['privatetmp', 'PrivateTmp'],
    ['ReadOnlyPath', 'ReadOnlyPaths'],
    ['Container.Imgae', 'Container.Image'],
    ['PublishPrt', 'PublishPort'],
  ])('%s may be %s', (name, meant) => {
    expect(misspelt(name)).toBe(meant)
  })

  test.each(['PrivateTmp', 'BindTo', 'Container.Image', 'X-PrivateTmp', 'PrivateFoo', 'Owner', ''])(
    '%j is none',
    (name) => {
      expect(misspelt(name)).toBeUndefined()
    },
  )

  test('is hardly ever a name that a later version has', () => {
    const names = directiveNames()
    const near = names.filter((name) =>
      nearest(
        name,
        names.filter((other) => other !== name),
        1,
      ),
    )
    expect(near.length / names.length).toBeLessThan(0.025)
  })
})
