/** Where a text can be loaded from as a script. */
export function urlOf(text: string): string {
  return URL.createObjectURL(new Blob([text], {type: 'text/javascript'}))
}
