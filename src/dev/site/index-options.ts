import type {Options} from 'minisearch'

/** A page as the search knows it. */
export interface IndexedPage {
  readonly id: string
  readonly title: string
  readonly kind: string
  readonly words: string
}

/** How pages are searched, when the index is made and when it is asked. */
export const indexOptions: Options<IndexedPage> = {
  fields: ['title', 'words'],
  storeFields: ['title', 'kind'],
  searchOptions: {
    boost: {title: 5},
    prefix: true,
    fuzzy: (term) => (term.length > 4 ? 0.2 : false),
  },
}
