import {createTwoFilesPatch} from 'diff'
import type {Answer, ExposureTable, Shown} from './answers.ts'

/** What the panels let people do. */
export interface Doings {
  readonly go: (finding: Shown) => void
  readonly apply: (finding: Shown) => void
  readonly applyAll: () => void
  readonly chooseFix: (kind: 'safe' | 'unsafe') => void
}

type Child = Node | string

/**
 * An element with what is in it. All that is shown is text: what was typed never becomes markup.
 */
export function element(
  tag: string,
  properties: Readonly<Record<string, string>> = {},
  children: readonly Child[] = [],
): HTMLElement {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'class') made.className = value
    else made.setAttribute(name, value)
  }
  for (const child of children) made.append(child)
  return made
}

export function button(
  text: string,
  click: () => void,
  properties: Readonly<Record<string, string>> = {},
): HTMLElement {
  const made = element('button', {type: 'button', ...properties}, [text])
  made.addEventListener('click', click)
  return made
}

/** The most of a kind that is shown: a page with a hundred thousand lines would stand still. */
const mostShown = 300

/** What there is to say of those that are not shown. */
function rest(all: readonly unknown[]): Child[] {
  return all.length > mostShown
    ? [element('p', {}, [`${all.length - mostShown} more are not shown here.`])]
    : []
}

const levels = ['info', 'warning', 'error'] as const

/** Words in which backticks stand around code. */
function prose(text: string): Child[] {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? element('code', {}, [part]) : part))
}

export function problems(
  findings: readonly Shown[],
  faults: readonly string[],
  {go, apply}: Doings,
): Child[] {
  const items = findings.slice(0, mostShown).map((finding) => {
    const {file, line, severity, message, note, ruleId, fix} = finding
    return element('li', {}, [
      element('span', {class: `level ${levels[severity]}`}, [levels[severity] ?? '']),
      button(`${file}:${line}`, () => go(finding), {class: 'place'}),
      ' ',
      ...prose(message),
      ' ',
      element('span', {class: 'rule'}, [ruleId]),
      ...(note === undefined ? [] : [element('span', {class: 'note'}, prose(note))]),
      ...(fix
        ? [
            element('div', {}, [
              button(
                `${fix.title.replaceAll('`', '')} (${fix.applicability})`,
                () => apply(finding),
                {class: 'do'},
              ),
            ]),
          ]
        : []),
    ])
  })
  return [
    ...faults.map((fault) => element('p', {class: 'error'}, [fault])),
    ...(items.length > 0
      ? [element('ul', {}, items)]
      : faults.length > 0
        ? []
        : [element('p', {}, ['Nothing is wrong with it, as far as this preset goes.'])]),
    ...rest(findings),
  ]
}

export function exposures(tables: Answer['exposures']): Child[] {
  if (tables.length === 0) return [element('p', {}, ['Only services have an exposure.'])]
  return [
    element(
      'div',
      {class: tables.length > 1 ? 'columns' : ''},
      tables.map((table) =>
        'refused' in table
          ? element('p', {class: 'error'}, [
              `systemd of ${table.target} would not load it: `,
              ...prose(table.refused),
            ])
          : element('div', {}, [
              element('p', {class: 'exposure'}, [`${score(table)} (${table.target})`]),
              rows(table),
            ]),
      ),
    ),
  ]
}

export function score({total, level}: Pick<ExposureTable, 'total' | 'level'>): string {
  return `${(total / 10).toFixed(1)} ${level}`
}

function rows({rows: its}: ExposureTable): HTMLElement {
  const shown = its.filter(({exposure}) => exposure !== null)
  const most = Math.max(...shown.map(({exposure}) => Number(exposure)))
  const body = shown.map(({name, description, exposure}) => {
    const bar = element('span', {class: 'bar'})
    bar.style.width = `${(Number(exposure) / most) * 4}rem`
    return element('tr', {}, [
      element('td', {}, [element('code', {}, [name])]),
      element('td', {}, [description]),
      element('td', {}, [exposure ?? '', ' ', bar]),
    ])
  })
  return element('table', {}, [
    element('thead', {}, [
      element(
        'tr',
        {},
        ['Row', 'What it means', 'Exposure'].map((text) => element('th', {scope: 'col'}, [text])),
      ),
    ]),
    element('tbody', {}, body),
  ])
}

export function planned(plan: Answer['plan']): Child[] {
  if (!plan) return [element('p', {}, ['One moment'])]
  if (plan.length === 0) return [element('p', {}, ['No fix takes anything off the exposure.'])]
  const body = plan.map(({title, ruleId, by, applicability, gain, total}) =>
    element('tr', {}, [
      element('td', {}, [`-${(gain / 10).toFixed(2)}`]),
      element('td', {}, [(total / 10).toFixed(1)]),
      element('td', {}, [applicability]),
      element('td', {}, [
        ...prose(title),
        ' ',
        element('span', {class: 'rule'}, [ruleId]),
        ...(by === undefined ? [] : [element('span', {class: 'note'}, [by])]),
      ]),
    ]),
  )
  const head = element(
    'tr',
    {},
    ['Gain', 'Total', 'Fix', 'What to do'].map((text) => element('th', {scope: 'col'}, [text])),
  )
  return [element('table', {}, [element('thead', {}, [head]), element('tbody', {}, body)])]
}

/** What all fixes would change. */
export function fixes(
  files: Readonly<Record<string, string>>,
  fixed: Answer['fixed'],
  kind: 'safe' | 'unsafe',
  {applyAll, chooseFix}: Doings,
): Child[] {
  const choice = element('select', {'aria-label': 'Which fixes'}, [
    element('option', {value: 'safe'}, ['safe fixes']),
    element('option', {value: 'unsafe'}, ['unsafe fixes too']),
  ]) as HTMLSelectElement
  choice.value = kind
  choice.addEventListener('change', () => chooseFix(choice.value === 'unsafe' ? 'unsafe' : 'safe'))
  if (!fixed) return [element('p', {}, [choice, ' One moment'])]
  const changed = Object.entries(fixed).filter(([name, text]) => files[name] !== text)
  const head = element('p', {}, [
    choice,
    ' ',
    ...(changed.length === 0
      ? ['There is nothing to fix.']
      : [button('Apply all', applyAll, {class: 'do'})]),
  ])
  const diffs = changed
    .slice(0, mostShown)
    .map(([name, text]) => diffOf(name, files[name] ?? '', text))
  return [head, ...diffs, ...rest(changed)]
}

function diffOf(name: string, before: string, after: string): HTMLElement {
  const patch = createTwoFilesPatch(name, name, before, after).split('\n').slice(3)
  return element(
    'pre',
    {class: 'diff', tabindex: '0'},
    patch.map((line) =>
      element(
        'span',
        line.startsWith('+') ? {class: 'add'} : line.startsWith('-') ? {class: 'remove'} : {},
        [`${line}\n`],
      ),
    ),
  )
}

/** What each of two systemds says that the other does not. */
export function compared(
  first: readonly Shown[],
  second: readonly Shown[] | undefined,
  names: readonly [string, string],
): Child[] {
  if (!second)
    return [element('p', {}, ['Choose a second systemd above to see both beside each other.'])]
  const key = ({file, line, ruleId, message}: Shown): string =>
    `${file}:${line} ${message} (${ruleId})`
  const [these, those] = [first, second].map((its) => its.map(key))
  const only = (its: readonly string[] = [], others: readonly string[] = []): HTMLElement => {
    const known = new Set(others)
    const alone = its.filter((text) => !known.has(text))
    return element('div', {}, [
      element(
        'ul',
        {},
        alone.slice(0, mostShown).map((text) => element('li', {}, prose(text))),
      ),
      ...rest(alone),
    ])
  }
  return [
    element('div', {class: 'columns'}, [
      element('div', {}, [element('h2', {}, [`Only ${names[0]}`]), only(these, those)]),
      element('div', {}, [element('h2', {}, [`Only ${names[1]}`]), only(those, these)]),
    ]),
  ]
}
