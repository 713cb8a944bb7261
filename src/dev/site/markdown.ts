import type {Element, ElementContent, Root, RootContent} from 'hast'
import rehypeRaw from 'rehype-raw'
import rehypeSlug from 'rehype-slug'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import {unified} from 'unified'
import {colour} from './colour.ts'

/** A page of Markdown as the site shows it. */
export interface RenderedPage {
  readonly html: string
  /** All words of it, for the search. */
  readonly words: string
  /** Its headings of the second level, with the names that links use. */
  readonly headings: ReadonlyArray<{readonly id: string; readonly text: string}>
}

/** Where names lead on the site, seen from a page, if anywhere. */
export interface Leads {
  /** A link of the page. */
  readonly link: (link: string) => string | undefined
  /** What is said in code. */
  readonly code: (text: string) => string | undefined
}

/** From the Markdown of the repository to HTML. */
export async function showMarkdown(text: string, leads: Leads): Promise<RenderedPage> {
  const tree = await base.run(base.parse(text))
  const headings: Array<{id: string; text: string}> = []
  const boxes: Element[] = []
  const boxed = (element: Element): Element => {
    const box = scrolling(element, boxes.length + 1)
    boxes.push(box)
    return box
  }
  await each(tree, async (element, put, parent) => {
    const {tagName, properties, children} = element
    if (tagName === 'a' && typeof properties['href'] === 'string') {
      const href = leads.link(properties['href'])
      if (href === undefined) put({...element, tagName: 'span', properties: {}})
      else properties['href'] = href
    }
    if (tagName === 'code' && isProse(parent)) {
      const href = leads.code(textOf(element))
      if (href !== undefined)
        put({type: 'element', tagName: 'a', properties: {href}, children: [element]})
    }
    if (tagName === 'h2' && typeof properties['id'] === 'string')
      headings.push({id: properties['id'], text: textOf(element)})
    if (tagName === 'table') put(boxed(element))
    // The head of a column without a name is none.
    if (tagName === 'th' && children.length === 0) element.tagName = 'td'
    const [code] = children
    if (tagName === 'pre' && code?.type === 'element') put(boxed(await coloured(code)))
  })
  return {html: base.stringify(tree), words: textOf(tree).replaceAll(/\s+/g, ' ').trim(), headings}
}

const base = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype, {allowDangerousHtml: true})
  .use(rehypeRaw)
  .use(rehypeSlug)
  .use(rehypeStringify)

/** What is wider than a phone is moved by itself, with the keyboard too. */
function scrolling(element: Element, number: number): Element {
  const label = `${element.tagName === 'table' ? 'Table' : 'Code'}, box ${number} of this page`
  return {
    type: 'element',
    tagName: 'div',
    properties: {className: ['wide'], tabIndex: 0, role: 'region', ariaLabel: label},
    children: [element],
  }
}

async function coloured(code: Element): Promise<Element> {
  const [name] = Array.isArray(code.properties['className']) ? code.properties['className'] : []
  const language = typeof name === 'string' ? name.replace('language-', '') : ''
  return {
    type: 'element',
    tagName: 'pre',
    properties: {},
    children: [
      {...code, properties: {}, children: await colour(textOf(code).replace(/\n$/, ''), language)},
    ],
  }
}

/** Call for each element below a node, children first; `put` sets another in its place. */
async function each(
  node: Element | Root,
  work: (element: Element, put: (other: Element) => void, parent: Element | Root) => Promise<void>,
): Promise<void> {
  for (const [index, child] of node.children.entries()) {
    if (child.type !== 'element') continue
    await each(child, work)
    await work(
      child,
      (other) => {
        node.children[index] = other
      },
      node,
    )
  }
}

/** Where a name may become a link: in no code block, link or heading. */
function isProse(node: Element | Root): boolean {
  return node.type === 'element' && ['p', 'li', 'td'].includes(node.tagName)
}

function textOf(node: Root | RootContent | ElementContent): string {
  if (node.type === 'text') return node.value
  return 'children' in node
    ? node.children.map((child) => textOf(child)).join(isBlock(node) ? ' ' : '')
    : ''
}

function isBlock(node: Root | RootContent | ElementContent): boolean {
  return (
    node.type === 'root' ||
    (node.type === 'element' &&
      ['ul', 'ol', 'li', 'table', 'thead', 'tbody', 'tr'].includes(node.tagName))
  )
}
