import {cp, mkdir, rm, writeFile} from 'node:fs/promises'
import path from 'node:path'
import {build} from 'esbuild'
import MiniSearch from 'minisearch'
import {indexOptions} from './site/index-options.ts'
import type {IndexedPage} from './site/index-options.ts'
import {layout} from './site/layout.ts'
import {showMarkdown} from './site/markdown.ts'
import {pageNamed, pathOnSite, sources, ways} from './site/pages.ts'
import type {PageSource} from './site/pages.ts'
import {buildPlayground} from './site/playground.ts'

/**
 * Write the site of the documentation into a folder, `site` by default: plain files that any
 * server, or none, can show.
 */
export async function main([to = 'site']: readonly string[]): Promise<void> {
  const all = sources()
  const navigation = navigationOf(all)
  const places = new Set(all.map((source) => source.to))
  const index = new MiniSearch<IndexedPage>(indexOptions)
  await rm(to, {recursive: true, force: true})
  for (const source of all) {
    const shown = await showMarkdown(source.markdown, {
      link: (link) => resolve(link, source, places),
      code: (text) => resolveCode(text, source),
    })
    const file = path.join(to, source.to)
    await mkdir(path.dirname(file), {recursive: true})
    await writeFile(file, layout(source, shown, navigation))
    index.add({
      id: source.to,
      title: source.title,
      kind: source.kind,
      words: shown.words.slice(0, mostWords),
    })
  }
  await cp('src/dev/site/style.css', path.join(to, 'style.css'))
  // A page that is opened from a disk may not fetch, but it may run scripts beside it.
  await writeFile(path.join(to, 'search.js'), `found(${JSON.stringify(JSON.stringify(index))})\n`)
  await build({
    entryPoints: ['src/dev/site/client/site.ts'],
    outfile: path.join(to, 'site.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    logLevel: 'error',
  })
  await buildPlayground(path.join(to, 'playground'))
  console.log(`${to}: ${all.length} pages`)
}

/** Characters of a page that are searched. */
const mostWords = 20_000

/** All guides, in their order; each other page is a step from one of its kind. */
function navigationOf(all: readonly PageSource[]): Array<[string, PageSource[]]> {
  const byName = new Map(all.map((source) => [source.to, source]))
  const guide = (file: string): PageSource => {
    const found = byName.get(pathOnSite(file))
    if (!found) throw new Error(`Expected ${file}, which ways names`)
    return found
  }
  const listed = ways.map(([title, names]): [string, PageSource[]] => [
    title,
    names.map((name) => guide(name === 'README' ? 'README.md' : `docs/${name}.md`)),
  ])
  const known = new Set(listed.flatMap(([, its]) => its))
  const indices = ['rules/index.html', 'directives/index.html', 'presets/index.html'].flatMap(
    (to) => byName.get(to) ?? [],
  )
  const rest = all.filter(
    (source) =>
      source.kind === 'guide' &&
      !known.has(source) &&
      !indices.includes(source) &&
      !source.to.startsWith('profiles/'),
  )
  return [
    ...listed,
    ['Reference', indices],
    ['Inside', [...all.filter(({kind}) => kind === 'inside'), ...rest]],
  ]
}

/**
 * Where a link of a page leads on the site; nowhere where it leads to a file of the repository that
 * is no page.
 */
function resolve(
  link: string,
  source: PageSource,
  places: ReadonlySet<string>,
): string | undefined {
  const [, file = '', anchor = ''] = /^([^#]*)(.*)$/.exec(link) ?? []
  if (/^[a-z]+:/.test(link) || file === '') return link
  const page = pathOnSite(path.join(path.dirname(source.from), file))
  const found = [page, path.join(page, 'index.html'), `${page}.html`].find((to) => places.has(to))
  return found === undefined
    ? undefined
    : `${path.relative(path.dirname(source.to), found)}${anchor}`
}

/**
 * Where a name leads that stands in code on a page: to the page of a rule or directive, but from
 * that itself.
 */
function resolveCode(text: string, {to}: PageSource): string | undefined {
  const page = pageNamed(text)
  return page === undefined || page === to ? undefined : path.relative(path.dirname(to), page)
}
