import {execFileSync, spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import axe from 'axe-core'
import {chromium} from 'playwright-core'
import type {Browser} from 'playwright-core'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {rules} from '../../rules/index.ts'
import {report} from '../../src/reporters/index.ts'
import {bareService, context, execStart, linted, missing} from './files.ts'

const name = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (one) => spawnSync(one, ['--version']).status === 0,
)

const views = (['light', 'dark'] as const).flatMap((colorScheme) => [
  {colorScheme, viewport: {width: 1280, height: 900}},
  {colorScheme, viewport: {width: 390, height: 844}},
])

const hostile = '<img src=x onerror=alert(1)></title><script>alert(2)</script>'
const lacking = [
  missing('PrivateTmp=yes', 'safe'),
  missing('ProtectHome=yes', 'unsafe'),
  missing('UMask=0077', 'suggestion'),
]
const files = [
  linted(
    `${hostile}.service`,
    bareService,
    [
      {
        text: `Unexpected \`${hostile}\``,
        at: execStart,
        severity: 2,
        ruleId: 'no-invalid-value',
        note: hostile,
      },
    ],
    {
      exposure: {target: '252', before: 96, after: 96},
    },
  ),
  linted(
    'units/backup.service',
    bareService,
    [...lacking, {text: 'Unexpected word', at: [0, 6], severity: 1}],
    {
      exposure: {target: '252', before: 92, after: 16},
    },
  ),
  linted(
    'units/quiet.service',
    bareService,
    lacking.map((said) => ({...said, severity: 0 as const})),
    {exposure: {target: '252', before: 60, after: 5}},
  ),
]

describe.skipIf(name === undefined)('in Chromium, the page', () => {
  let browser: Browser
  let folder = ''
  let address = ''
  const said: string[] = []

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'unitlint-'))
    const page = path.join(folder, 'report.html')
    const run = {
      units: 3,
      targets: ['252 and later'],
      skipped: new Map([['template', 1]]),
      isPartial: false,
    }
    writeFileSync(page, await report('html', files, context({rules, run})))
    address = `file://${page}`
    const executablePath = execFileSync('sh', ['-c', `command -v ${name}`], {
      encoding: 'utf8',
    }).trim()
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    })
  }, 60_000)

  afterAll(async () => {
    await browser.close()
    rmSync(folder, {recursive: true, force: true})
  })

  it('is readable for all, in light and dark, on a desk and a phone', async () => {
    for (const view of views) {
      const page = await browser.newPage({...view, bypassCSP: true})
      await page.goto(address)
      await page.addScriptTag({content: axe.source})
      expect(
        await page.evaluate(
          'axe.run().then(({violations}) => violations.map(({id, nodes}) => [id, nodes[0].html]))',
        ),
      ).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
      await page.close()
    }
  }, 60_000)

  it('shows what is asked for, runs nothing of a unit, and asks for nothing', async () => {
    const page = await browser.newPage()
    page.on('dialog', () => said.push('dialog'))
    page.on('console', (message) => said.push(message.text()))
    page.on('pageerror', (error) => said.push(error.message))
    page.on('request', (request) =>
      said.push(...(request.url() === address ? [] : [request.url()])),
    )
    await page.goto(address)
    const shown = async (): Promise<readonly string[]> =>
      page.locator('.unit:visible h2').allTextContents()
    expect(await shown()).toEqual([
      `${hostile}.service`,
      'units/backup.service',
      'units/quiet.service',
    ])
    await page.fill('input[type=search]', 'private')
    expect(await shown()).toEqual(['units/backup.service', 'units/quiet.service'])
    await page.uncheck('input[value=info]')
    expect(await shown()).toEqual(['units/backup.service'])
    await page.fill('input[type=search]', 'nothing like that')
    expect(await shown()).toEqual([])
    expect(await page.isVisible('#none')).toBe(true)
    expect(said).toEqual([])
  }, 60_000)
})
