import {execFileSync, spawnSync} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import path from 'node:path'
import vm from 'node:vm'
import {build} from 'esbuild'
import {beforeAll, describe, expect, test} from 'vitest'
import {judge, presetOptions} from '../src/index.ts'
import * as whole from '../src/index.ts'
import * as door from '../src/browser.ts'
import {browser} from '../src/dev/bundle.mjs'
import {makeFolder} from './files/folder.ts'

const text = '[Service]\nExecStart=/usr/bin/restic backup /srv\nPrivateTmp=no\nPrivateTpm=yes\n'

/** What a browser is asked to do, in its own words: judge, fix, parse, and tell of a directive. */
const script = `
const unit = {files: [{path: 'backup.service', text: ${JSON.stringify(text)}}]}
const options = unitlint.presetOptions('backup-job')
const {files, exposure} = unitlint.judge(unit, options)
const fixed = unitlint.judge(unit, {...options, fix: 'safe'})
const told = unitlint.hover(unitlint.parse(unit.files[0].text), 50)
const said = JSON.stringify({files, exposure, fixed, told})
`

describe('for browsers', () => {
  let bundle = ''
  let imports: string[] = []

  beforeAll(async () => {
    const {outputFiles, metafile} = await build({
      ...browser,
      format: 'iife',
      globalName: 'unitlint',
      write: false,
      metafile: true,
    })
    bundle = outputFiles[0]?.text ?? ''
    imports = Object.values(metafile.inputs).flatMap((input) =>
      input.imports.map((its) => its.path),
    )
  })

  test('there is all but what tests and configs are written with', () => {
    const missing = Object.keys(whole).filter((name) => !(name in door))
    expect(missing.toSorted()).toEqual(['RuleTester', 'defineConfig'])
  })

  test('nothing is imported that Node alone has', () => {
    expect(imports.length).toBeGreaterThan(500)
    expect(imports.filter((name) => /^(?:node:|fs$|path$|process$|url$|util$)/.test(name))).toEqual(
      [],
    )
  })

  test('a unit is judged and fixed as it is here, in a context that has only the language and what turns bytes to text', () => {
    // Every browser has these two (Encoding Standard), which V8 itself has not.
    const context = vm.createContext({TextDecoder, TextEncoder})
    expect(
      vm.runInContext(
        '[typeof process, typeof require, typeof Buffer, typeof URL, typeof setTimeout].join()',
        context,
      ),
    ).toMatch(/^undefined(?:,undefined){4}$/)
    vm.runInContext(bundle, context)
    const said: unknown = vm.runInContext(`${script}\nsaid`, context)
    expect(JSON.parse(String(said))).toEqual(expected())
  })

  test(
    'a unit is judged and fixed as it is here, in Chromium',
    {skip: chromium() === undefined},
    () => {
      const page = path.join(makeFolder(), 'page.html')
      const safe = (code: string): string => code.replaceAll('</script', String.raw`<\/script`)
      writeFileSync(
        page,
        `<meta charset="utf-8"><script>${safe(bundle)}\n${safe(script)}\ndocument.title = encodeURIComponent(said)</script>`,
      )
      const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--dump-dom', `file://${page}`]
      const dom = execFileSync(chromium() ?? '', flags, {
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      const title = /<title>([^<]*)<\/title>/.exec(dom)?.[1] ?? ''
      expect(JSON.parse(decodeURIComponent(title))).toEqual(expected())
    },
  )

  test.skipIf(chromium() !== undefined)(
    'needs `chromium` or `google-chrome` on the path, to be tried in one',
    (context) => context.skip(),
  )
})

/** The same of the sources, here; edits are worked out when they are read. */
function expected(): unknown {
  const unit = {files: [{path: 'backup.service', text}]} as const
  const options = presetOptions('backup-job')!
  const {files, exposure} = judge(unit, options)
  const fixed = judge(unit, {...options, fix: 'safe'})
  expect(files[0]!.findings.map(({ruleId}) => ruleId)).toEqual(
    expect.arrayContaining(['no-unknown-directive', 'private-tmp', 'protect-proc']),
  )
  expect(files[0]!.findings.flatMap(({fix}) => fix?.edits ?? []).length).toBeGreaterThan(10)
  expect(fixed.files[0]!.text).toContain('\nUMask=0077\n')
  expect(fixed.exposure!.after).toBeLessThan(exposure!.before)
  const told = door.hover(door.parse(text), 50)
  expect(told?.markdown).toContain('PrivateTmp=')
  return JSON.parse(JSON.stringify({files, exposure, fixed, told}))
}

function chromium(): string | undefined {
  return ['chromium', 'chromium-browser', 'google-chrome', 'chrome'].find(
    (name) => spawnSync(name, ['--version']).status === 0,
  )
}
