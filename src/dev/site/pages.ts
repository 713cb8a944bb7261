import {readdirSync, readFileSync, statSync} from 'node:fs'
import path from 'node:path'
import {presets} from '../../../configs/index.ts'
import {rules} from '../../../rules/index.ts'
import {presetNames, presetPage} from '../../cli/explain-preset.ts'
import {directivePage} from '../../explain/directive.ts'
import {directiveNames, everywhere} from '../../facts/directives.ts'
import {manualPage} from '../../facts/manual.ts'
import {partsMarkdown} from './parts.ts'

/** A page of the site before it is shown. */
export interface PageSource {
  /** Where it lies on the site, such as `rules/private-tmp.html`. */
  readonly to: string
  /** The file of the repository whose links it has; those of generated pages are as in `docs`. */
  readonly from: string
  readonly title: string
  readonly kind: 'guide' | 'rule' | 'directive' | 'preset' | 'inside' | 'file'
  readonly markdown: string
}

/**
 * Guides in the order of people's ways: from nothing to a fleet, then how things are, then for
 * those who build.
 */
export const ways: ReadonlyArray<readonly [title: string, names: readonly string[]]> = [
  [
    'Start',
    [
      'README',
      'ten-minutes',
      'install',
      'configuration',
      'quiet',
      'fixes',
      'reports',
      'ci',
      'fleets',
    ],
  ],
  [
    'Harden',
    ['security', 'profiles/README', 'harden', 'trust', 'evidence', 'in-sight', 'environments'],
  ],
  ['On a machine', ['doctor', 'trace', 'try', 'upgrading', 'effective-unit']],
  ['Extend', ['writing-rules', 'plugins', 'explain', 'editors', 'integrations/README']],
]

/** Every page there is: of the repository, of each directive and of each preset. */
export function sources(): PageSource[] {
  const written = [
    'README.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    'SECURITY.md',
    ...['docs', 'docs/profiles', 'docs/integrations', 'docs/rules'].flatMap(pagesIn),
  ].map(pageOfFile)
  return [
    ...written,
    ...linkedFiles(written),
    index(
      'directives',
      'Directives',
      `${directiveNames().length} directives of systemd 247 to 262: where each stands, since when, what it takes, and what it denies.`,
      bySection(),
    ),
    ...directiveNames().map(pageOfDirective),
    index(
      'presets',
      'Presets',
      'Which rules count, and how much. `extends` in a config, or `--preset`.',
      [presetNames.map((name) => `- [${name}](presets/${name}.md): ${purpose(name)}`).join('\n')],
    ),
    ...presetNames.map(pageOfPreset),
  ]
}

/** What those who work on the project read. */
const inside: ReadonlySet<string> = new Set([
  'architecture',
  'performance',
  'new-systemd-release',
  'verify-differences',
  'CONTRIBUTING',
  'CHANGELOG',
  'SECURITY',
])

/** A file of the repository; of a rule, with links to the presets that it names. */
function pageOfFile(from: string): PageSource {
  const markdown = readFileSync(from, 'utf8')
  const name = path.basename(from, '.md')
  const about = {to: pathOnSite(from), from, title: titleOf(markdown)}
  if (!from.startsWith('docs/rules/') || name === 'README')
    return {...about, kind: inside.has(name) ? 'inside' : 'guide', markdown}
  const linked = markdown.replace(/^In the presets? .*$/m, (line) =>
    line.replaceAll(/`([a-z-]+)`/g, '[`$1`](../presets/$1.md)'),
  )
  return {...about, kind: 'rule', markdown: linked}
}

/** A directive, with a link to what its manual says of it. */
function pageOfDirective(name: string): PageSource {
  const page = generated(
    'directive',
    `directives/${name}.html`,
    name,
    directivePage({section: undefined, key: name, value: undefined}, rules),
  )
  const markdown = page.markdown.replaceAll(
    /^(\| Manual \| )(systemd\.[\w-]+)(\(5\))/gm,
    (_, before: string, its: string, section: string) =>
      `${before}[${its}${section}](${manualPage(its)}#${name}=)`,
  )
  return {...page, markdown}
}

function pageOfPreset(name: (typeof presetNames)[number]): PageSource {
  const page = generated('preset', `presets/${name}.html`, name, presetPage(name))
  return {...page, markdown: [page.markdown, ...rulesOf(name)].join('\n\n')}
}

/**
 * The page of what is named in code, a rule or a directive, if it has one: `private-tmp`,
 * `PrivateTmp=`.
 */
export function pageNamed(code: string): string | undefined {
  if (ruleIds.has(code)) return `rules/${code}.html`
  const directive = code.endsWith('=') ? code.slice(0, -1) : ''
  return directives.has(directive) ? `directives/${directive}.html` : undefined
}

const ruleIds: ReadonlySet<string> = new Set(rules.map(({id}) => id))
const directives: ReadonlySet<string> = new Set(directiveNames())

/** Where a file of the repository lies on the site. */
export function pathOnSite(file: string): string {
  if (file === 'README.md') return 'index.html'
  return file
    .replace(/^docs\//, '')
    .replace(/README\.md$/, 'index.md')
    .replace(/\.md$/, '.html')
}

function pagesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => (name.endsWith('.md') ? [`${folder}/${name}`] : []))
}

function titleOf(markdown: string): string {
  return /^# (.+)$/m.exec(markdown)?.[1]?.replaceAll('`', '') ?? ''
}

function generated(
  kind: 'directive' | 'preset',
  to: string,
  title: string,
  page: ReturnType<typeof directivePage>,
): PageSource {
  if (!page) throw new Error(`Expected a page of \`${title}\``)
  return {to, from: `docs/${title}.md`, title, kind, markdown: partsMarkdown(page)}
}

/** What pages have links to and is no page: each file as one that shows it. */
function linkedFiles(pages: readonly PageSource[]): PageSource[] {
  const linked = pages.flatMap(({from, markdown}) =>
    [...markdown.matchAll(/\]\(([^)#:\s]+)\)/g)].map(([, link = '']) =>
      path.join(path.dirname(from), link),
    ),
  )
  const files = [...new Set(linked)].filter(
    (file) => !file.endsWith('.md') && statSync(file, {throwIfNoEntry: false})?.isFile() === true,
  )
  return files.map((from) => {
    const language = path.extname(from).slice(1)
    return {
      to: `${pathOnSite(from)}.html`,
      from,
      title: from,
      kind: 'file',
      markdown: `# ${from}\n\n\`\`\`\`${language}\n${readFileSync(from, 'utf8')}\n\`\`\`\`\n`,
    }
  })
}

/** Whom a preset is for, in its first sentence. */
function purpose(name: string): string {
  const [, text] = presetPage(name) ?? []
  return text?.kind === 'text' ? text.text.replace(/(?<=\.) .*/s, '') : ''
}

/** Lists of the rules of a preset, by what they count as. */
function rulesOf(name: string): string[] {
  const {rules: settings = {}, safeOnly = []} = presets[name] ?? {}
  return (['error', 'warn', 'info'] as const).flatMap((severity) => {
    const its = rules.filter(({id}) => [settings[id]].flat()[0] === severity)
    const items = its.map(
      ({id, summary}) =>
        `- [${id}](rules/${id}.md): ${summary}${safeOnly.includes(id) ? ' (only where `--fix` mends it)' : ''}`,
    )
    return items.length === 0 ? [] : [`## As \`${severity}\``, items.join('\n')]
  })
}

function index(folder: string, title: string, text: string, blocks: readonly string[]): PageSource {
  return {
    to: `${folder}/index.html`,
    from: `docs/${folder}.md`,
    title,
    kind: 'guide',
    markdown: [`# ${title}`, text, ...blocks].join('\n\n'),
  }
}

/** Lists of links to all directives, a section each. */
function bySection(): string[] {
  const sections = new Map<string, string[]>()
  for (const name of directiveNames())
    for (const section of everywhere(name).flatMap(({sections: its}) => its))
      sections.set(section, [...(sections.get(section) ?? []), name])
  return [...sections].flatMap(([section, names]) => [
    `## ${section}`,
    [...new Set(names)]
      .toSorted()
      .map((name) => `[${name}](directives/${name}.md)`)
      .join(' · '),
  ])
}
