/**
 * Whether a value has something in it that is filled in before systemd reads the unit: `{{ x }}`,
 * `{% x %}`, `<%= x %>`, `<x>`, `{x}`, `@x@`, `#X#`, `__X__`, `%X%`, `X_PLACEHOLDER`, `YOUR_X`, or
 * a path that begins with a word in capitals.
 *
 * To be asked of values that systemd cannot read: elsewhere these may be meant as they stand.
 * `${X}` is none, as people expect systemd to fill it in.
 */
export function hasPlaceholder(value: string): boolean {
  return placeholder.test(value)
}

/** A value without what is filled in before systemd reads the unit; see `hasPlaceholder`. */
export function withoutPlaceholders(value: string): string {
  return /[@{<A-Z]/.test(value) ? value.replaceAll(new RegExp(placeholder, 'g'), '') : value
}

const placeholder =
  /\{[{%](?:[^}]{0,99}\}\}?)?|<%(?:[^>]{0,99}>)?|<[A-Za-z][\w -]*>|(?<![${])\{[A-Za-z_]\w*\}|(?<![\w.])@[A-Za-z][\w.-]*@|#[A-Z]\w*#|__[A-Z]\w*__|%[A-Z][A-Z_]{2,}%|\b(?:CHANGE_?ME|REPLACE_?ME|YOUR_[A-Z]+)|PLACEHOLDER|(?<![^ \t:@!+|-])[A-Z][A-Z_]{2,}\//
