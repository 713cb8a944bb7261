import {defaultKeymap, history, historyKeymap} from '@codemirror/commands'
import {lintGutter, setDiagnostics} from '@codemirror/lint'
import type {Diagnostic} from '@codemirror/lint'
import {EditorState} from '@codemirror/state'
import type {Extension} from '@codemirror/state'
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  hoverTooltip,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import type {Shown} from './answers.ts'
import type {Known} from './hover.ts'
import {units} from './language.ts'

/** A text as it stood in another editor: what it was when it was opened there, and what it is. */
export interface Standing {
  readonly name: string
  readonly first: string
  readonly text: string
  readonly from: number
  readonly to: number
  readonly hasFocus: boolean
  /** How far it is scrolled. */
  readonly top: number
}

/** The text that is looked at, as people change it. */
export interface Editor {
  /** Show another text; its own history is kept by name. */
  open(name: string, text: string): void
  /** Mark what is found in the text; what is no longer within it is left out. */
  mark(findings: readonly Shown[], apply: (finding: Shown) => void): void
  go(from: number, to: number): void
}

declare global {
  interface Window {
    /** What makes an editor, once its script has come. */
    unitlintEditor?: typeof editorIn
  }
}

window.unitlintEditor = editorIn

/**
 * Put an editor into an element, in place of another. `typed` is told of each change, `ask` what is
 * known of the word at an offset.
 */
function editorIn(
  parent: HTMLElement,
  before: Standing,
  typed: (name: string, text: string) => void,
  ask: (text: string, offset: number) => Promise<Known | undefined>,
): Editor {
  let current = ''
  const states = new Map<string, EditorState>()
  const extensions = [
    lineNumbers(),
    history(),
    drawSelection(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    // Tab leaves the editor, as people without a mouse need it.
    keymap.of([...defaultKeymap, ...historyKeymap]),
    lintGutter(),
    EditorView.lineWrapping,
    units,
    EditorView.contentAttributes.of({'aria-label': 'Text of the unit'}),
    EditorView.updateListener.of(({docChanged, state}) => {
      if (docChanged) typed(current, state.doc.toString())
    }),
    hoverTooltip(async (view, at) => {
      const text = view.state.doc.toString()
      const told = await ask(text, at)
      if (!told || view.state.doc.toString() !== text) return null
      return {pos: told.from, end: told.to, create: () => ({dom: words(told.markdown)})}
    }),
  ]
  // What was typed before can be taken back.
  const view = new EditorView({parent, state: standing(before, extensions)})
  current = before.name
  view.scrollDOM.scrollTop = before.top
  if (before.hasFocus) view.focus()
  return {
    open(name, text) {
      if (current !== '') states.set(current, view.state)
      current = name
      const known = states.get(name)
      view.setState(
        known?.doc.toString() === text ? known : EditorState.create({doc: text, extensions}),
      )
    },
    mark(findings, apply) {
      const {length} = view.state.doc
      const marks = findings.flatMap((finding): Diagnostic[] => {
        const {from, to, severity, message, note, ruleId, fix} = finding
        if (to > length) return []
        const actions = fix
          ? [{name: fix.title.replaceAll('`', ''), apply: () => apply(finding)}]
          : []
        const level = severity === 2 ? 'error' : severity === 1 ? 'warning' : 'info'
        return [
          {
            from,
            to,
            severity: level,
            message: `${message.replaceAll('`', '')}${note === undefined ? '' : `\n${note}`}`,
            source: ruleId,
            actions,
          },
        ]
      })
      view.dispatch(setDiagnostics(view.state, marks))
    },
    go(from, to) {
      const {length} = view.state.doc
      view.dispatch({
        selection: {anchor: Math.min(from, length), head: Math.min(to, length)},
        scrollIntoView: true,
      })
      view.focus()
    },
  }
}

function standing({first, text, from, to}: Standing, extensions: Extension): EditorState {
  const state = EditorState.create({doc: first, extensions})
  const changes = first === text ? [] : [{from: 0, to: first.length, insert: text}]
  return state.update({changes, selection: {anchor: from, head: to}}).state
}

/** What is known of a word, as plain text. */
function words(markdown: string): HTMLElement {
  const element = document.createElement('div')
  element.className = 'told'
  element.textContent = markdown
    .replaceAll(/[*`]|\\(?=[^\w\s])/g, '')
    .replaceAll(/^\|[-|\s]*\|$\n?/gm, '')
    .replaceAll(/^\| *(.*?) *\|$/gm, (_all, row: string) => row.replaceAll(/ *\| */g, '  '))
  return element
}
