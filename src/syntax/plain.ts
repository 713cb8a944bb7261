import type {Comment, Directive, Entry, Header, Section, UnitTree} from './tree.ts'

/** The same tree as plain objects, for those who copy, compare or change trees. */
export function plain({type, children, lineStarts, lineEnd, text, position}: UnitTree): UnitTree {
  const copied = children.map((child) => (child.type === 'section' ? section(child) : entry(child)))
  return {type, children: copied, lineStarts: [...lineStarts], lineEnd, text, position}
}

function section({type, name, header, children, position}: Section): Section {
  return {type, name, header: headerOf(header), children: children.map(entry), position}
}

function headerOf({type, name, nameSpan, line, raw, position}: Header): Header {
  return {type, name, nameSpan, line, raw, position}
}

function entry(node: Entry): Entry {
  if (node.type === 'directive') return directive(node)
  if (node.type === 'comment') return comment(node)
  const {raw, position} = node
  return node.type === 'blank'
    ? {type: 'blank', raw, position}
    : {type: 'junk', fault: node.fault, line: node.line, raw, position}
}

function comment({type, value, raw, position}: Comment): Comment {
  return {type, value, raw, position}
}

function directive({
  type,
  key,
  value,
  keySpan,
  valueSpan,
  pieces,
  comments,
  line,
  unfinished,
  raw,
  position,
}: Directive): Directive {
  return {
    type,
    key,
    value,
    keySpan,
    valueSpan,
    ...(pieces ? {pieces} : {}),
    comments: comments.map(comment),
    line,
    ...(unfinished ? {unfinished} : {}),
    raw,
    position,
  }
}
