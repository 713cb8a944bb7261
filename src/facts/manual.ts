import {everywhere} from './directives.ts'

const manuals = 'https://www.freedesktop.org/software/systemd/man/latest/'

/** A page of systemd's manual, on the web. */
export function manualPage(page: string): string {
  return `${manuals}${page}.html`
}

/**
 * Where systemd's manual speaks of a directive, on the web; undefined for one that it does not
 * have.
 */
export function manualOf(directive: string): string | undefined {
  const page = everywhere(directive).find((facts) => facts.page !== undefined)?.page
  return page === undefined ? undefined : `${manualPage(page)}#${encodeURIComponent(directive)}=`
}
