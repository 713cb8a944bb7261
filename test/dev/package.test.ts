import {existsSync, readFileSync, readdirSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {z} from 'zod'
import {top} from '../cli/bundle.ts'

const {
  files,
  exports: doors,
  man,
} = z
  .object({
    files: z.array(z.string()),
    exports: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])),
    man: z.string(),
  })
  .parse(JSON.parse(readFileSync(path.join(top, 'package.json'), 'utf8')))

describe('the package', () => {
  const isIn = (file: string): boolean =>
    files.some((one) => file === one || file.startsWith(`${one}/`))

  it('has all that it names', () => {
    const named = Object.values(doors).flatMap((door) =>
      typeof door === 'string'
        ? [door]
        : Object.entries(door).flatMap(([for_, file]) =>
            for_ === 'unitlint-source' ? [] : [file],
          ),
    )
    const missing = [...named.map((file) => path.normalize(file)), man].filter(
      (file) => file !== 'package.json' && !(isIn(file) && existsSync(path.join(top, file))),
    )
    expect(missing).toEqual([])
  })

  it('has types that ask for none of Node', () => {
    const types = path.join(top, 'dist/types')
    const names = readdirSync(types, {recursive: true, encoding: 'utf8'})
    const declarations = names.filter((name) => name.endsWith('.d.ts'))
    expect(declarations.length).toBeGreaterThan(100)
    const asking = declarations.filter((name) =>
      /\bfrom 'node:|\bimport\('node:|\bNodeJS\./.test(
        readFileSync(path.join(types, name), 'utf8'),
      ),
    )
    expect(asking).toEqual([])
  })

  it('has each schema, by its name', () => {
    const schemas = readdirSync(path.join(top, 'docs')).filter((name) =>
      name.endsWith('schema.json'),
    )
    expect(schemas.length).toBeGreaterThan(1)
    for (const name of schemas) expect(doors[`./${name}`]).toBe(`./docs/${name}`)
  })
})
