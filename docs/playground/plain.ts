import type {Editor, Standing} from './editor.ts'
import {element} from './panels.ts'

/** A text that stands there as it is, until the editor has come. */
export interface Plain extends Editor {
  /** Make room for another editor; waits for letters that are being composed. */
  leave(): Promise<Standing>
}

/**
 * Put a plain text into an element, which looks as the editor will without its colours. `typed` is
 * told of each change.
 */
export function plainIn(parent: HTMLElement, typed: (name: string, text: string) => void): Plain {
  const area = element('textarea', {
    'aria-label': 'Text of the unit',
    spellcheck: 'false',
    autocapitalize: 'off',
    autocomplete: 'off',
    rows: '1',
  }) as HTMLTextAreaElement
  const frame = element('div', {class: 'plain'}, [area])
  let current = ''
  let first = ''
  let isComposing = false
  area.addEventListener('compositionstart', () => {
    isComposing = true
  })
  area.addEventListener('compositionend', () => {
    isComposing = false
  })
  /** The frame grows with the text, and leaves room for the numbers of its lines. */
  const grow = (): void => {
    frame.dataset['text'] = `${area.value}\u200B`
    frame.style.setProperty('--digits', String(`${area.value.split('\n').length}`.length))
  }
  area.addEventListener('input', () => {
    grow()
    typed(current, area.value)
  })
  parent.append(frame)
  return {
    open(name, text) {
      current = name
      first = text
      area.value = text
      grow()
    },
    mark() {
      // What is found stands in the panel.
    },
    go(from, to) {
      area.focus()
      area.setSelectionRange(from, to)
    },
    async leave() {
      if (isComposing)
        await new Promise((resolve) => area.addEventListener('compositionend', resolve))
      const text = area.value
      typed(current, text)
      const hasFocus = document.activeElement === area
      const [from, to] = hasFocus ? [area.selectionStart, area.selectionEnd] : [0, 0]
      const top = parent.scrollTop
      frame.remove()
      return {name: current, first, text, from, to, hasFocus, top}
    },
  }
}
