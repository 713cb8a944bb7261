import {existsSync, readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {expect, test, vi} from 'vitest'
import {rules} from '../../rules/index.ts'
import {presetNames} from '../../src/cli/explain-preset.ts'
import {main} from '../../src/dev/site.ts'
import {directiveNames} from '../../src/facts/directives.ts'
import {makeFolder} from '../files/folder.ts'

test('the site has a page of each rule, directive, preset and guide, and no link of it is dead', async () => {
  const to = makeFolder()
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  await main([to])
  log.mockRestore()
  const expected = [
    ...rules.map(({id}) => `rules/${id}.html`),
    ...directiveNames().map((name) => `directives/${name}.html`),
    ...presetNames.map((name) => `presets/${name}.html`),
    ...readdirSync('docs').flatMap((name) =>
      name.endsWith('.md') ? [name.replace('.md', '.html')] : [],
    ),
    // What guides link to, in the repository.
    'integrations/index.html',
    'integrations/ale.vim.html',
    'ci/gitlab.yml.html',
  ]
  expect(expected.filter((name) => !existsSync(path.join(to, name)))).toEqual([])
  const pages = readdirSync(to, {recursive: true, encoding: 'utf8'}).filter((name) =>
    name.endsWith('.html'),
  )
  const texts = new Map(pages.map((page) => [page, readFileSync(path.join(to, page), 'utf8')]))
  const dead = pages.flatMap((page) =>
    [
      ...(texts.get(page) ?? '').matchAll(/ (?:href|src)="(?![a-z]+:)([^"#]*)(?:#([^"]*))?"/g),
    ].flatMap(([, file = '', anchor]) => {
      const found = file === '' ? page : path.join(path.dirname(page), file)
      const isDead =
        !existsSync(path.join(to, found)) ||
        (anchor !== undefined && !texts.get(found)?.includes(` id="${anchor}"`))
      return isDead ? [`${page}: ${file}#${anchor}`] : []
    }),
  )
  expect(dead).toEqual([])
  // Names lead to their pages.
  expect(texts.get('rules/private-tmp.html')).toContain(
    '<a href="../directives/PrivateTmp.html"><code>PrivateTmp=</code></a>',
  )
  expect(texts.get('rules/private-tmp.html')).toContain('<a href="../presets/hardened.html">')
  expect(texts.get('presets/hardened.html')).toContain('<a href="../rules/private-tmp.html">')
  expect(texts.get('directives/PrivateTmp.html')).toContain(
    '/systemd.exec.html#PrivateTmp=">systemd.exec(5)</a>',
  )
  // What a page runs comes from files: its policy lets nothing else.
  expect(
    pages.filter((page) =>
      /<script(?! src=)| on[a-z]+=| style="/.test(
        (texts.get(page) ?? '').replaceAll(/<pre>.*?<\/pre>|<code>.*?<\/code>/gs, ''),
      ),
    ),
  ).toEqual([])
})
