import {CompletionItemTag} from 'vscode-languageserver'
import type {CompletionItem, CompletionItemKind} from 'vscode-languageserver'
import type {Span} from '../../syntax/tree.ts'
import type {Subject} from '../subject.ts'

/** What an item is about, kept by the client for `resolve`. */
export interface ItemSubject {
  readonly section?: string
  readonly key?: string
  readonly value?: string
  readonly rule?: string
}

/** An item that stands for a span. */
export function item(
  subject: Subject,
  span: Span,
  {
    label,
    text = label,
    rank,
    kind,
    detail,
    about,
    isOld = false,
  }: {
    readonly label: string
    readonly text?: string
    readonly rank: number
    readonly kind: CompletionItemKind
    readonly detail?: string | undefined
    readonly about?: ItemSubject
    readonly isOld?: boolean
  },
): CompletionItem {
  return {
    label,
    kind,
    sortText: String(rank).padStart(5, '0'),
    filterText: text,
    textEdit: {range: subject.its.places.rangeOf(span), newText: text},
    ...(detail !== undefined && {detail}),
    ...(about && {data: about}),
    ...(isOld && {tags: [CompletionItemTag.Deprecated]}),
  }
}
