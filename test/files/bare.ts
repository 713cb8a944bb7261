/** A text, or all of some texts, without what drop-ins say of themselves in comments. */
export function bare(text: string): string {
  return text.replaceAll(/^# (?:Written by unitlint |[a-z0-9/-]+: )[^\n]*\n/gm, '')
}
