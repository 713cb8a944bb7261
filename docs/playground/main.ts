import {Core, TooMuch} from './core.ts'
import type {Answer, Shown} from './answers.ts'
import type {Editor} from './editor.ts'
import {examples} from './examples.ts'
import {fromFragment, toFragment} from './link.ts'
import type {State} from './link.ts'
import {plainIn} from './plain.ts'
import {foresee, run, textOf} from './scripts.ts'
import {button, compared, element, exposures, fixes, planned, problems, score} from './panels.ts'

/** The names that the build knows. */
declare const PRESETS: readonly string[]
declare const TARGETS: readonly string[]
/** The parts of the core. */
declare const PARTS: readonly string[]

const panelNames = ['Problems', 'Fixes', 'Exposure', 'Plan', 'Compare', 'Rule'] as const
type PanelName = (typeof panelNames)[number]

const core = new Core()
const [firstExample = ''] = Object.keys(examples)
let state: State = examples[firstExample] ?? {
  files: {},
  active: '',
  preset: 'recommended',
  targets: ['', ''],
  rule: '',
}
let answer: Answer | undefined
let fault: string | undefined
/** There is more than can be judged in time. */
let isTooMuch = false
let ruleFault: string | undefined
/** What is wrong with the link that led here, until something else is chosen or typed. */
let notice: string | undefined
/** A rule that came with a link runs when somebody says so. */
let isRuleTrusted = true
let panel: PanelName = 'Problems'
let fixKind: 'safe' | 'unsafe' = 'safe'
let waiting: ReturnType<typeof setTimeout> | undefined
let judging: Promise<void> | undefined
/** Something changed since it was last asked. */
let isStale = false

const plain = plainIn(byId('editor'), typed)
let editor: Editor = plain

function byId(id: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`#${id}`)
  if (!found) throw new Error(`Expected #${id}`)
  return found
}

function typed(name: string, text: string): void {
  if (state.files[name] === text) return
  notice = undefined
  change({files: {...state.files, [name]: text}})
}

/** Take in what was changed, and judge it soon: not at each letter of a word. */
function change(part: Partial<State>): void {
  state = {...state, ...part}
  clearTimeout(waiting)
  waiting = setTimeout(() => void judge(), 60)
}

/** Judge what stands there now; one question at a time, and the last one in the end. */
async function judge(): Promise<void> {
  isStale = true
  judging ??= judgeAll()
  return judging
}

async function judgeAll(): Promise<void> {
  while (isStale) {
    isStale = false
    await judgeOnce()
  }
  judging = undefined
}

async function judgeOnce(): Promise<void> {
  const {files, active, preset, targets, rule} = state
  const fix = panel === 'Fixes' ? fixKind : undefined
  try {
    const told = await core.judge(
      {files, active, preset, targets, wants: {plan: panel === 'Plan', fix}},
      isRuleTrusted && rule !== '' ? rule : undefined,
    )
    if (isStale) return
    ;({answer, ruleFault} = told)
    fault = undefined
    isTooMuch = false
  } catch (error) {
    if (isStale) return
    fault = error instanceof Error ? error.message : String(error)
    isTooMuch = error instanceof TooMuch
  }
  showResults()
  mark()
}

function mark(): void {
  editor.mark(answer?.findings.filter(({file}) => file === state.active) ?? [], apply)
}

function tryAgain(): void {
  core.tryAgain()
  void judge()
}

function apply({file, fix}: Shown): void {
  if (!fix) return
  let text = state.files[file] ?? ''
  for (const {range, text: its} of fix.edits.toSorted((a, b) => b.range[0] - a.range[0]))
    text = text.slice(0, range[0]) + its + text.slice(range[1])
  change({files: {...state.files, [file]: text}})
  open(file)
}

/** Look at another file. */
function open(name: string): void {
  state = {...state, active: name}
  editor.open(name, state.files[name] ?? '')
  showFiles()
  change({})
}

function showFiles(): void {
  const names = Object.keys(state.files)
  const tabs = names.map((name) =>
    button(name, () => open(name), {
      role: 'tab',
      'aria-selected': String(name === state.active),
      'aria-controls': 'editor',
    }),
  )
  byId('files').replaceChildren()
  for (const tab of tabs) byId('files').append(tab)
  byId('more').replaceChildren(
    button('+', addFile, {'aria-label': 'Add a file', title: 'Add a file'}),
    ...(names.length > 1
      ? [
          button('−', removeFile, {
            'aria-label': `Remove ${state.active}`,
            title: `Remove ${state.active}`,
          }),
        ]
      : []),
  )
}

function addFile(): void {
  const given = prompt('Its name, such as app.socket or app.service.d/local.conf')?.trim()
  if (given === undefined || given === '' || given === '__proto__') return
  state = {...state, files: {[given]: '', ...state.files}}
  open(given)
}

function removeFile(): void {
  const {[state.active]: _gone, ...files} = state.files
  state = {...state, files}
  open(Object.keys(files)[0] ?? '')
}

function showResults(): void {
  // What was too much to be judged is an error as well.
  const counts = [2, 1].map(
    (severity) =>
      (answer?.findings.filter((one) => one.severity === severity).length ?? 0) +
      (severity === 2 ? (answer?.faults.length ?? 0) : 0),
  )
  const table = answer?.exposures[0]
  const status = byId('status')
  status.replaceChildren(
    ...(notice === undefined ? [] : [element('span', {class: 'error', role: 'alert'}, [notice])]),
    element('span', {class: 'exposure'}, [
      table === undefined ? '' : 'refused' in table ? 'not loaded' : score(table),
    ]),
    element('span', {}, [fault ?? (answer ? counted(counts) : 'One moment')]),
    ...(isTooMuch ? [button('Try again', tryAgain)] : []),
    ...(ruleFault === undefined ? [] : [element('span', {class: 'error'}, [`Rule: ${ruleFault}`])]),
  )
  const tabs = panelNames.map((name) => {
    const tab = button(name, () => show(name), {
      role: 'tab',
      'aria-selected': String(name === panel),
      'aria-controls': 'panel',
      tabindex: name === panel ? '0' : '-1',
    })
    return tab
  })
  const hadFocus = byId('panels').contains(document.activeElement)
  byId('panels').replaceChildren()
  for (const tab of tabs) byId('panels').append(tab)
  if (hadFocus) tabs[panelNames.indexOf(panel)]?.focus()
  // Who types a rule is left alone.
  if (panel === 'Rule' && byId('panel').querySelector('textarea')) return
  byId('panel').replaceChildren()
  for (const child of contents()) byId('panel').append(child)
}

function counted([errors = 0, warnings = 0]: readonly number[]): string {
  return `${errors} ${errors === 1 ? 'error' : 'errors'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`
}

function contents(): ReadonlyArray<Node | string> {
  if (panel === 'Rule') return rulePanel()
  if (!answer) return [element('p', {}, [fault ?? 'One moment'])]
  const doings = {go, apply, applyAll, chooseFix}
  switch (panel) {
    case 'Problems':
      return problems(answer.findings, answer.faults, doings)
    case 'Fixes':
      return fixes(state.files, answer.fixed, fixKind, doings)
    case 'Exposure':
      return exposures(answer.exposures)
    case 'Plan':
      return planned(answer.plan)
    case 'Compare':
      return compared(answer.findings, answer.beside, [
        state.targets[0] || 'all supported',
        state.targets[1],
      ])
  }
}

function show(name: PanelName): void {
  panel = name
  showResults()
  void judge()
}

function go(finding: Shown): void {
  if (finding.file !== state.active) open(finding.file)
  editor.go(finding.from, finding.to)
}

function applyAll(): void {
  if (!answer) return
  state = {...state, files: {...state.files, ...answer.fixed}}
  open(state.active)
}

function chooseFix(kind: 'safe' | 'unsafe'): void {
  fixKind = kind
  void judge()
}

function rulePanel(): ReadonlyArray<Node | string> {
  const text = element('textarea', {
    id: 'rule',
    'aria-label': 'A rule as a module',
    spellcheck: 'false',
    rows: '24',
  }) as HTMLTextAreaElement
  text.value = state.rule
  text.addEventListener('input', () => {
    // Who changes it has read it.
    isRuleTrusted = true
    change({rule: text.value})
  })
  const ask = isRuleTrusted
    ? []
    : [
        element('p', {class: 'warning'}, [
          'This rule came with the link and has not run. ',
          button('Run it', () => {
            isRuleTrusted = true
            byId('panel').replaceChildren()
            void judge()
          }),
        ]),
      ]
  return [
    element('p', {}, [
      'A rule as JavaScript, as the kit has it: it runs in a worker without the page, and without a network.',
    ]),
    ...ask,
    text,
  ]
}

/** What to do when something else is chosen. */
const choosers = new Map<HTMLSelectElement, (value: string) => void>()

function fill(
  id: string,
  values: ReadonlyArray<readonly [value: string, text: string]>,
  chosen: string,
  choose: (value: string) => void,
): void {
  const select = byId(id) as HTMLSelectElement
  select.replaceChildren()
  for (const [value, text] of values) select.append(element('option', {value}, [text]))
  select.value = values.some(([value]) => value === chosen) ? chosen : (values[0]?.[0] ?? '')
  choosers.set(select, choose)
}

function showChoices(): void {
  fill(
    'example',
    [['', 'choose'], ...Object.keys(examples).map((name) => [name, name] as const)],
    '',
    (name) => {
      const chosen = examples[name]
      if (chosen) begin(chosen)
    },
  )
  fill(
    'preset',
    PRESETS.map((name) => [name, name]),
    state.preset,
    (preset) => change({preset}),
  )
  const targets = TARGETS.map((name) => [name, name] as const)
  fill('target', [['', 'all supported'], ...targets], state.targets[0], (first) =>
    change({targets: [first, state.targets[1]]}),
  )
  fill('beside', [['', 'none'], ...targets], state.targets[1], (second) =>
    change({targets: [state.targets[0], second]}),
  )
}

function begin(given: State): void {
  notice = undefined
  const {preset, targets} = given
  const known = (name: string): string => (TARGETS.includes(name) ? name : '')
  state = {
    ...given,
    preset: PRESETS.includes(preset) ? preset : 'recommended',
    targets: [known(targets[0]), known(targets[1])],
  }
  isRuleTrusted = state.rule === '' || Object.values(examples).includes(given)
  byId('panel').replaceChildren()
  showChoices()
  open(state.active)
}

async function share(): Promise<void> {
  const link = `${location.href.replace(/#.*/, '')}#${await toFragment(state)}`
  history.replaceState(null, '', link)
  try {
    await navigator.clipboard.writeText(link)
    byId('share').textContent = 'Copied'
  } catch {
    // It stands in the address.
    byId('share').textContent = 'In the address'
  }
  setTimeout(() => {
    byId('share').textContent = 'Copy link'
  }, 2000)
}

function isDark(): boolean {
  return (
    (document.documentElement.dataset['theme'] ??
      (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark'
  )
}

function theme(): void {
  document.documentElement.dataset['theme'] = isDark() ? 'light' : 'dark'
  showTheme()
}

function showTheme(): void {
  byId('theme').textContent = isDark() ? 'Light' : 'Dark'
}

function walkTabs(list: HTMLElement): void {
  list.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const tabs = [...list.querySelectorAll<HTMLElement>('[role=tab]')]
    const at = tabs.findIndex((tab) => tab === document.activeElement)
    if (step === 0 || at === -1) return
    event.preventDefault()
    const next = (at + step + tabs.length) % tabs.length
    tabs[next]?.click()
    list.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus()
  })
}

/**
 * Have come what the first lint does without: the editor, which is not run before it, and behind
 * that all parts of the core, so that what is typed next need not wait, nor needs a network.
 */
async function bringRest(): Promise<void> {
  try {
    await textOf('core')
    foresee('editor')
    await judge()
    await run('editor')
    const before = await plain.leave()
    if (window.unitlintEditor)
      editor = window.unitlintEditor(byId('editor'), before, typed, async (text, offset) =>
        core.hover(text, offset),
      )
    mark()
    for (const name of PARTS) await core.bring(name)
  } catch {
    // The text is there without them, and a part is asked for again when it is needed.
  }
}

async function main(): Promise<void> {
  byId('share').addEventListener('click', () => void share())
  byId('theme').addEventListener('click', theme)
  showTheme()
  byId('choices').addEventListener('change', ({target}) => {
    if (target instanceof HTMLSelectElement) choosers.get(target)?.(target.value)
  })
  byId('choices').addEventListener('submit', (event) => event.preventDefault())
  for (const id of ['files', 'panels']) walkTabs(byId(id))
  const fragment = location.hash.slice(1)
  begin(state)
  showResults()
  document.body.classList.add('begun')
  void bringRest()
  if (fragment !== '') {
    try {
      begin(await fromFragment(fragment))
    } catch (error) {
      notice = `${error instanceof Error ? error.message : String(error)}: here is an example instead`
      showResults()
    }
  }
}

void main()
