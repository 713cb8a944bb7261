import {execFileSync} from 'node:child_process'
import {existsSync, readFileSync, statSync} from 'node:fs'
import path from 'node:path'
import {expect, test} from 'vitest'
import {top} from '../cli/bundle.ts'

const pages = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], {
  cwd: top,
  encoding: 'utf8',
})
  .trimEnd()
  .split('\n')

/** A page without what is code in it. */
function prose(file: string): string {
  return readFileSync(file, 'utf8')
    .replaceAll(/^( *)```.*?^\1```$/gms, '')
    .replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()]/g, ''))
}

/** The names that headings have as targets of links, as GitHub makes them. */
function anchors(file: string): string[] {
  return [...prose(file).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-'),
  )
}

test('every link from page to page leads somewhere', () => {
  const links = pages.flatMap((page) =>
    [...prose(path.join(top, page)).matchAll(/\]\((?![a-z]+:)([^)\s]*)\)/g)].map(
      ([, link = '']) => ({page, link}),
    ),
  )
  const dead = links.filter(({page, link}) => {
    const [file = '', anchor] = link.split('#')
    const found = file === '' ? path.join(top, page) : path.join(top, path.dirname(page), file)
    if (!existsSync(found)) return true
    return anchor !== undefined && !(statSync(found).isFile() && anchors(found).includes(anchor))
  })
  expect(dead.map(({page, link}) => `${page}: ${link}`)).toEqual([])
  expect(links.length).toBeGreaterThan(100)
})
