import {spawn, spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import process from 'node:process'
import {setTimeout} from 'node:timers/promises'
import {chromium} from 'playwright-core'

// node test/editors/vscode.mjs FOLDER: the extension (build/unitlint.vsix, of `npm run vscode`) in
// VS Code's own workbench and extension host, which code-server, installed in FOLDER by npm (4.100
// for Node 20; of its scripts those of argon2 and of native modules of lib/vscode), serves to
// Chromium. Prints a line for each thing that is so.
const [installed = ''] = process.argv.slice(2)
const entry = path.resolve(installed, 'node_modules/code-server/out/node/entry.js')
const scratch = mkdtempSync(path.join(tmpdir(), 'unitlint-vscode-'))
const folder = path.join(scratch, 'units')
const unit = path.join(folder, 'a.service')
const data = path.join(scratch, 'data')
mkdirSync(folder)
mkdirSync(path.join(data, 'User'), {recursive: true})
writeFileSync(
  unit,
  '[Unit]\nDescription=An example\n\n[Service]\nExecStart=/usr/bin/foo\nRestar=always\n\n[Install]\nWantedBy=multi-user.target\n',
)
writeFileSync(
  path.join(folder, 'unitlint.config.mjs'),
  `import {writeFileSync} from 'node:fs'\nwriteFileSync(new URL('has-run', import.meta.url), '')\nexport default {}\n`,
)
// The folder is not trusted, and nobody is asked.
writeFileSync(
  path.join(data, 'User', 'settings.json'),
  '{"security.workspace.trust.startupPrompt": "never", "workbench.startupEditor": "none"}\n',
)
const common = [
  entry,
  '--user-data-dir',
  data,
  '--extensions-dir',
  path.join(scratch, 'extensions'),
]
const env = {PATH: process.env['PATH'], HOME: scratch}
const {status} = spawnSync(
  process.execPath,
  [...common, '--install-extension', 'build/unitlint.vsix'],
  {env, stdio: ['ignore', 'ignore', 'inherit']},
)
check('the extension installs', status === 0)
const address = '127.0.0.1:8399'
const server = spawn(
  process.execPath,
  [
    ...common,
    '--auth',
    'none',
    '--bind-addr',
    address,
    '--disable-telemetry',
    '--disable-update-check',
  ],
  {
    env,
    stdio: 'ignore',
  },
)
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
try {
  const page = await browser.newPage({viewport: {width: 1280, height: 800}})
  for (let tries = 0; tries < 60; tries++) {
    const answer = await fetch(`http://${address}/healthz`).catch(() => undefined)
    if (answer) break
    await setTimeout(500)
  }
  await page.goto(`http://${address}/?folder=${folder}`)
  await page
    .locator('.explorer-folders-view .monaco-list-row', {hasText: 'a.service'})
    .dblclick({timeout: 60_000})
  await page.waitForSelector('.squiggly-error', {timeout: 60_000})
  check('a squiggle shows', (await page.locator('.squiggly-error').count()) === 1)
  check(
    'the language is ours',
    (await page.locator(String.raw`#status\.editor\.mode`).innerText()) === 'systemd unit',
  )
  const exposure = page.locator('[id*="unitlint.exposure"]')
  await exposure.waitFor({timeout: 30_000})
  check(
    'the status bar has the exposure',
    /exposure \d\.\d UNSAFE/.test(await exposure.innerText()),
  )
  check(
    'a hint has it too',
    /\[Service\]\s*exposure \d\.\d UNSAFE/.test(
      (await page.locator('.view-lines').innerText()).replaceAll('\u00A0', ' '),
    ),
  )
  await page.locator('.view-line', {hasText: 'Restar'}).click()
  await page.keyboard.press('Control+Period')
  await page
    .locator('.action-widget .monaco-list-row', {hasText: 'Write `Restart`'})
    .waitFor({timeout: 30_000})
  await setTimeout(500)
  await page.keyboard.press('Enter')
  await page.locator('.squiggly-error').waitFor({state: 'detached', timeout: 30_000})
  await page.keyboard.press('Control+S')
  for (let tries = 0; tries < 20 && !readFileSync(unit, 'utf8').includes('Restart='); tries++)
    await setTimeout(250)
  check(
    'a quick fix writes `Restart`, and the squiggle is gone',
    readFileSync(unit, 'utf8').includes('\nRestart=always\n'),
  )
  check(
    'a config that is code is not run in a folder without trust',
    spawnSync('test', ['-e', path.join(folder, 'has-run')]).status === 1,
  )
} finally {
  await browser.close()
  server.kill()
  await setTimeout(500)
  rmSync(scratch, {recursive: true, force: true, maxRetries: 5})
}

/**
 * @param {string} what
 * @param {boolean} isSo
 */
function check(what, isSo) {
  console.log(`${isSo ? 'ok' : 'not ok'}: ${what}`)
  if (!isSo) process.exitCode = 1
}
