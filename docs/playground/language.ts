import {HighlightStyle, StreamLanguage, syntaxHighlighting} from '@codemirror/language'
import type {StringStream} from '@codemirror/language'
import type {Extension} from '@codemirror/state'
import {tags} from '@lezer/highlight'

interface Place {
  /** In a value, which may go on in the next line. */
  isValue: boolean
  /** Nothing of the value has come yet. */
  isFresh: boolean
}

const unitLanguage = StreamLanguage.define<Place>({
  name: 'systemd',
  startState: () => ({isValue: false, isFresh: false}),
  languageData: {commentTokens: {line: '#'}},
  token(stream: StringStream, place) {
    if (stream.sol() && stream.match(/^\s*[#;].*/)) return 'comment'
    if (stream.sol() && !place.isValue) {
      if (stream.match(/^\s*\[[^\]]*\]\s*$/)) return 'heading'
      if (stream.match(/^\s*[^=\s]+\s*(?==)/)) return 'propertyName'
    }
    if (stream.match(/^=/)) {
      place.isValue = true
      place.isFresh = true
      return end(stream, place, 'operator')
    }
    const isFresh = place.isFresh
    place.isFresh = false
    if (stream.match(/^%[A-Za-z%]/)) return 'atom'
    if (stream.match(/^\$\{?\w+\}?/)) return 'variableName'
    if (isFresh && stream.match(/^(?:yes|no|true|false|on|off)\s*$/))
      return end(stream, place, 'bool')
    stream.next()
    return end(stream, place, 'string')
  },
})

function end(stream: StringStream, place: Place, token: string): string {
  if (stream.eol() && !stream.string.endsWith('\\')) place.isValue = false
  return token
}

const colours = HighlightStyle.define([
  {tag: tags.comment, color: 'var(--shiki-comment)'},
  {tag: tags.heading, color: 'var(--shiki-keyword)', fontWeight: '600'},
  {tag: tags.propertyName, color: 'var(--shiki-function)'},
  {tag: tags.string, color: 'var(--text)'},
  {tag: [tags.atom, tags.bool, tags.variableName], color: 'var(--shiki-constant)'},
])

/** Units in colour, in those of the site. */
export const units: Extension = [unitLanguage, syntaxHighlighting(colours)]
