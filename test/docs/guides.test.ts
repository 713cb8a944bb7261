import {spawnSync} from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {describe, expect, it} from 'vitest'
import {top} from '../cli/bundle.ts'
import {makeFolder} from '../files/folder.ts'
import {isAsShown, readGuide, withScreens} from './guide.ts'
import type {Run} from './guide.ts'

const guides = ['', 'docs', 'docs/profiles'].flatMap((folder) =>
  readdirSync(path.join(top, folder)).flatMap((name) =>
    name.endsWith('.md') ? [path.join(folder, name)] : [],
  ),
)

const isUpdating = process.env['UNITLINT_GUIDES'] === 'update'

/** A shell in which `unitlint` is the built command. */
function shell(command: string, cwd: string, bin: string): string {
  const {stdout} = spawnSync('sh', ['-c', `{ ${command}\n} 2>&1`], {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: `${bin}${path.delimiter}${process.env['PATH']}`,
      HOME: cwd,
      TZ: 'UTC',
      COLUMNS: '100',
      SOURCE_DATE_EPOCH: '1795910400',
    },
  })
  return stdout
}

describe.each(guides)('%s', (name) => {
  const text = readFileSync(path.join(top, name), 'utf8')
  const {steps, excused} = readGuide(text)
  const files = `test/docs/${path.basename(name, '.md')}`

  it.runIf(steps.some(({kind}) => kind === 'run'))('shows what its commands print', () => {
    const folder = makeFolder({
      'bin/unitlint': `#!/bin/sh\nexec ${process.execPath} ${top}/dist/cli.js "$@"\n`,
      'work/node_modules/unitlint': {link: top},
    })
    chmodSync(`${folder}/bin/unitlint`, 0o755)
    const cwd = `${folder}/work`
    if (existsSync(path.join(top, files))) cpSync(path.join(top, files), cwd, {recursive: true})
    const wrong: string[] = []
    const renewed: Run[] = []
    for (const step of steps) {
      if (step.kind === 'file') {
        mkdirSync(path.dirname(path.join(cwd, step.name)), {recursive: true})
        writeFileSync(path.join(cwd, step.name), step.text)
      } else {
        const screen = shell(step.command, cwd, `${folder}/bin`)
        if (isAsShown(screen, step.screen)) continue
        if (isUpdating && !step.screen.includes('...'))
          renewed.push({...step, screen: screen.trimEnd().split('\n')})
        else wrong.push(`${name}:${step.line} $ ${step.command}\n${screen}`)
      }
    }
    if (renewed.length > 0) writeFileSync(path.join(top, name), withScreens(text, renewed))
    expect(wrong.join('\n'), 'UNITLINT_GUIDES=update writes screens without `...` anew').toBe('')
  })

  it('says why what is not run is not', () => {
    expect(excused.filter((reason) => !/^(?:needs|changes|takes) /.test(reason))).toEqual([])
  })
})
