import MiniSearch from 'minisearch'
import type {SearchResult} from 'minisearch'
import {indexOptions} from '../index-options.ts'
import type {IndexedPage} from '../index-options.ts'

const {root = ''} =
  document.currentScript instanceof HTMLScriptElement ? document.currentScript.dataset : {}

/** Light or dark as the system has it, until somebody chooses. */
function theme(button: HTMLButtonElement): void {
  const isDark = (): boolean =>
    (document.documentElement.dataset['theme'] ??
      (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark'
  const show = (): void => {
    button.textContent = isDark() ? 'Light' : 'Dark'
  }
  const chosen = remembered()
  if (chosen !== undefined) document.documentElement.dataset['theme'] = chosen
  button.hidden = false
  button.addEventListener('click', () => {
    const next = isDark() ? 'light' : 'dark'
    document.documentElement.dataset['theme'] = next
    remember(next)
    show()
  })
  show()
}

/** Storage may be closed to a page. */
function remembered(): string | undefined {
  try {
    return localStorage.getItem('theme') ?? undefined
  } catch {
    return undefined
  }
}

function remember(chosen: string): void {
  try {
    localStorage.setItem('theme', chosen)
  } catch {
    // It holds for this page.
  }
}

function found({id, title, kind}: SearchResult & Partial<IndexedPage>): HTMLElement {
  const link = document.createElement('a')
  link.href = `${root}${id}`
  const label = document.createElement('small')
  label.textContent = kind ?? ''
  link.append(title ?? '', ' ', label)
  return link
}

/** The index is loaded when somebody begins to search. */
function search(input: HTMLInputElement, list: HTMLElement): void {
  let index: MiniSearch<IndexedPage> | undefined
  const show = (): void => {
    const results = index?.search(input.value).slice(0, 12) ?? []
    list.hidden = input.value.trim() === ''
    list.replaceChildren()
    for (const result of results) list.append(found(result))
    if (index && results.length === 0) list.textContent = 'Nothing found'
  }
  const load = (): void => {
    if (document.querySelector('script[data-index]')) return
    Object.assign(window, {
      found(text: string) {
        index = MiniSearch.loadJSON(text, indexOptions)
        show()
      },
    })
    const script = document.createElement('script')
    script.src = `${root}search.js`
    script.dataset['index'] = ''
    document.head.append(script)
  }
  input.hidden = false
  input.addEventListener('focus', load)
  input.addEventListener('input', show)
  input.addEventListener('keydown', ({key}) => {
    if (key === 'Escape') input.value = ''
    if (key === 'Escape') show()
    if (key === 'Enter') list.querySelector('a')?.click()
    if (key === 'ArrowDown') list.querySelector('a')?.focus()
  })
  list.addEventListener('keydown', (event) => {
    const links = [...list.querySelectorAll('a')]
    const at = links.findIndex((link) => link === document.activeElement)
    if (event.key === 'ArrowDown') links[at + 1]?.focus()
    if (event.key === 'ArrowUp') (links[at - 1] ?? input).focus()
    if (event.key === 'Escape') input.focus()
    if (event.key.startsWith('Arrow')) event.preventDefault()
  })
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || document.activeElement === input) return
    event.preventDefault()
    input.focus()
  })
}

const button = document.querySelector('#theme')
if (button instanceof HTMLButtonElement) theme(button)
const [input, list] = [document.querySelector('#search'), document.querySelector('#found')]
if (input instanceof HTMLInputElement && list instanceof HTMLElement) search(input, list)
// Where there is room the menu is open.
const menu = document.querySelector('#menu')
if (menu instanceof HTMLDetailsElement) menu.open = matchMedia('(min-width: 60rem)').matches
menu?.querySelector('[aria-current]')?.scrollIntoView({block: 'center'})
