import type {Plugin} from 'unified'
import {parse} from '../../syntax/parse.ts'
import {plain} from '../../syntax/plain.ts'
import {stringify} from '../../syntax/stringify.ts'
import {decode} from '../../syntax/bytes.ts'
import type {UnitTree} from '../../syntax/tree.ts'
import type {Rule} from '../../rule/rule.ts'
import {lint, textOf} from './lint.ts'
import type {FindingSeverity} from '../finding.ts'
import type {LintOptions} from '../options.ts'
import {defaultTarget} from '../../facts/targets.ts'

/** A unified plugin that reads unit files: `unified().use(unitParse)`. */
export const unitParse: Plugin<[], string, UnitTree> = function () {
  this.parser = (document, file) =>
    plain(parse(typeof file.value === 'string' || !file.value ? document : decode(file.value)))
}

/** A unified plugin that writes trees of unit files as they were read. */
export const unitStringify: Plugin<[], UnitTree, string> = function () {
  this.compiler = (tree) => stringify(tree as UnitTree) // Only `unitParse` makes the trees that come here.
}

/**
 * A unified plugin that lints, with all rules that are on: messages go to the file; with `fix`, the
 * fixed tree goes on.
 */
export const unitlint: Plugin<[LintOptions], UnitTree, UnitTree> = function (options) {
  return (_tree, file) => {
    lint(file, options)
    return options.fix ? plain(parse(textOf(file))) : undefined
  }
}

/** A single rule as a unified plugin, as in remark-lint. */
export function toPlugin<Options>(
  rule: Rule<Options>,
): Plugin<[(Partial<Options> & {severity?: FindingSeverity})?], UnitTree, UnitTree> {
  return function ({severity = 1, ...given} = {}) {
    const options = rule.options.parse(given)
    // A rule takes just the options that its own schema made.
    const active = {rule: rule as Rule, severity, options}
    return (_tree, file) => {
      lint(file, {rules: [active], targets: [defaultTarget], manager: 'system'})
    }
  }
}
