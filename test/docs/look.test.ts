import {execFileSync, spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import axe from 'axe-core'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {chromium} from 'playwright-core'
import type {Browser, Page} from 'playwright-core'
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest'
import {toFragment} from '../../docs/playground/link.ts'
import {examples} from '../../docs/playground/examples.ts'
import {main} from '../../src/dev/site.ts'

const name = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (one) => spawnSync(one, ['--version']).status === 0,
)

/** A browser takes its time on a busy machine. */
const patience = {timeout: 60_000}

const views = (['light', 'dark'] as const).flatMap((colorScheme) => [
  {colorScheme, viewport: {width: 1280, height: 900}},
  {colorScheme, viewport: {width: 390, height: 844}},
])

const pages = [
  ...[
    'index',
    'rules/private-tmp',
    'directives/ProtectHome',
    'presets/auto',
    'trust',
    'ten-minutes',
  ],
  'playground/index',
]

describe.skipIf(name === undefined)('in Chromium, the site', () => {
  let browser: Browser
  let folder = ''
  const asked: string[] = []

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'unitlint-'))
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
    await main([folder])
    log.mockRestore()
    const executablePath = execFileSync('sh', ['-c', `command -v ${name}`], {
      encoding: 'utf8',
    }).trim()
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    })
  })

  afterAll(async () => {
    await browser.close()
    rmSync(folder, {recursive: true, force: true})
  })

  /** A page of the site, whose faults fail the test. */
  async function opened(
    place: string,
    options: Parameters<Browser['newPage']>[0] = {},
  ): Promise<Page> {
    const page = await browser.newPage(options)
    page.on('pageerror', (error) => asked.push(`error: ${error.message}`))
    page.on('request', (request) => {
      if (!/^(?:file|blob|data):/.test(request.url())) asked.push(request.url())
    })
    await page.goto(`file://${folder}/${place}`)
    return page
  }

  const judged = async (page: Page, words: RegExp): Promise<void> => {
    await expect.poll(async () => page.textContent('#status'), patience).toMatch(words)
  }

  it.each(pages)(
    '%s is readable for all, in light and dark, on a desk and a phone',
    async (place) => {
      for (const view of views) {
        const page = await opened(`${place}.html`, {...view, bypassCSP: true})
        if (place.startsWith('playground')) await judged(page, /errors/)
        await page.addScriptTag({content: axe.source})
        const found = await page.evaluate(
          'axe.run().then(({violations}) => violations.map(({id}) => id))',
        )
        expect(found).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
        await page.close()
      }
    },
  )

  it('finds a rule, a directive and a guide', async () => {
    const page = await opened('index.html')
    for (const [words, title] of [
      ['private tmp', 'private-tmp'],
      ['OnCalendar', 'OnCalendar'],
      ['ten minutes', 'Harden a service in ten minutes'],
    ] as const) {
      await page.fill('#search', words)
      await page.waitForSelector(`#found a:has-text("${title}")`)
    }
  })

  it('judges what is typed, fixes it, and hands it on in a link', async () => {
    const page = await opened('playground/index.html')
    await judged(page, /^7\.0 MEDIUM/)
    await page.hover('.cm-line >> text=ExecStart')
    await page.waitForSelector('.cm-tooltip >> text=ExecStart=')
    await page.selectOption('#example', 'Faults')
    await page.click('#panels >> text=Problems')
    await page.click('#panel button:has-text("Write PrivateTmp")')
    await expect
      .poll(async () => page.textContent('.cm-content'), patience)
      .toContain('PrivateTmp=yes')
    await page.click('.cm-content')
    await page.keyboard.press('Control+End')
    await page.keyboard.type('Alis=x')
    await page.waitForSelector('#panel >> text=Alis')
    await page.click('#share')
    await expect.poll(() => page.url(), patience).toMatch(/#.{100}/)
    const other = await opened(`playground/index.html${new URL(page.url()).hash}`)
    await other.waitForSelector('#panel >> text=Alis')
  })

  it('takes what is typed before the editor has come, and hands it over', async () => {
    const page = await browser.newPage()
    let letGo = (): void => undefined
    const gone = new Promise<void>((resolve) => {
      letGo = resolve
    })
    await page.route(/editor\.js/, async (route) => {
      await gone
      await route.continue()
    })
    await page.goto(`file://${folder}/playground/index.html`)
    await judged(page, /^7\.0 MEDIUM/)
    expect(await page.locator('.cm-content').count()).toBe(0)
    await page.focus('#editor textarea')
    await page.keyboard.press('Control+End')
    await page.keyboard.type('Alis=x')
    await page.waitForSelector('#panel >> text=Alis')
    const height = 'document.querySelector("#editor").getBoundingClientRect().height'
    const before = await page.evaluate(height)
    letGo()
    await page.waitForSelector('.cm-content')
    expect(await page.evaluate(height)).toBe(before)
    await page.keyboard.type('y')
    expect(await page.textContent('.cm-content')).toMatch(/CAP_DAC_READ_SEARCHAlis=xy$/)
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    expect(await page.textContent('.cm-content')).toMatch(/CAP_DAC_READ_SEARCH$/)
  })

  it('goes on without what cannot be loaded, and tries again', async () => {
    const page = await browser.newPage()
    await page.route(/(?:editor|rare|shell)\.js/, async (route) => route.abort())
    const files = {'a.service': '[Service]\nExecStart=/usr/bin/a | tee /var/log/a\n'}
    const state = {...examples['Faults']!, files, active: 'a.service'}
    await page.goto(`file://${folder}/playground/index.html#${await toFragment(state)}`)
    await judged(page, /(?:rare|shell)\.js could not be loaded: is there a network\?/)
    await page.unroute(/(?:editor|rare|shell)\.js/)
    await page.focus('#editor textarea')
    await page.keyboard.press('Control+End')
    await page.keyboard.type('# more')
    await judged(page, /^[\d.]+ [A-Z]+\d+ errors?, /)
  })

  it('runs the rule of a link when somebody says so, and ends one that never does', async () => {
    const rule = `${examples['A rule of your own']!.rule}\nconsole.log('it ran')`
    const page = await opened(
      `playground/index.html#${await toFragment({...examples['A rule of your own']!, rule})}`,
    )
    const ran: string[] = []
    page.on('console', (message) => ran.push(message.text()))
    await judged(page, /0 errors/)
    expect(ran).toEqual([])
    await page.click('#panels >> text=Rule')
    await page.click('text=Run it')
    await judged(page, /1 error,/)
    expect(ran).toEqual(['it ran'])
    await page.fill('#rule', "console.log('endless')\nfor (;;);")
    await judged(page, /The rule was stopped/)
    await page.selectOption('#preset', 'strict')
    await judged(page, /\d\d errors.*The rule was stopped/)
    expect(ran.filter((line) => line === 'endless')).toEqual(['endless'])
    // What a rule does to the worker goes with it.
    await page.fill(
      '#rule',
      "Array.prototype.filter = () => []\nconsole.log('hostile')\nexport default undefined",
    )
    await expect.poll(() => ran, patience).toContain('hostile')
    await page.fill('#rule', examples['A rule of your own']!.rule)
    await judged(page, /\d\d errors, 0 warnings$/)
    await page.selectOption('#preset', 'recommended')
    await judged(page, /^[^R]*1 error, 0 warnings$/)
    await page.fill(
      '#rule',
      'import "https://example.com/x.js"; export default fetch("https://example.com")',
    )
    await judged(page, /Rule: /)
  })

  it('shows names that are markup as text, and damaged links in words', async () => {
    const files = {
      '<img src=x onerror=alert(1)>.service':
        '[Service]\nExecStart=/usr/bin/<script>alert(1)</script>\n[<b>]\n',
    }
    const page = await opened(
      `playground/index.html#${await toFragment({...examples['Faults']!, files, active: Object.keys(files)[0]!})}`,
    )
    page.on('dialog', () => asked.push('dialog'))
    await judged(page, /error/)
    for (const panel of ['Problems', 'Fixes', 'Exposure', 'Plan'])
      await page.click(`#panels >> text=${panel}`)
    expect(await page.locator('#panel img, #panel script, #files img').count()).toBe(0)
    const damaged = await opened('playground/index.html#AAAA')
    await damaged.waitForSelector('#status >> text=This link is damaged')
  })

  it('asks no network for anything, and nothing failed', () => {
    expect(asked.filter((one) => !one.includes('example.com'))).toEqual([])
  })
})
