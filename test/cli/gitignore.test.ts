import {expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {cli} from './cli.ts'

it('passes over what a .gitignore names, counts it, and takes it where it is asked to', async () => {
  const unit = '[Unit]\nDescription=A\n[Service]\nExecStart=/bin/true\n'
  const cwd = makeFolder({
    '.gitignore': 'build/\n',
    'a.service': unit,
    'build/b.service': unit,
    'build/c.service': unit,
  })
  const run = async (...argv: string[]): Promise<string> => (await cli(argv, {cwd})).stdout
  expect(await run('.', '--preset', 'strict')).toMatch(/1 unit for .*; 2 ignored files skipped/)
  expect(await run('.', '--preset', 'strict', '--no-gitignore')).toMatch(
    /3 units for [^;]*;(?! 2 ignored)/,
  )
  expect(await run('build/b.service', '--preset', 'strict')).toMatch(/1 unit for/)
  expect(await run('--root', '.', 'build/c.service', '--preset', 'strict')).toContain(
    'build/c.service',
  )
  expect(await run('security', '.')).not.toContain('c.service')
  expect(await run('security', '.', '--no-gitignore')).toContain('c.service')
})
