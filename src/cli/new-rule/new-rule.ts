import {existsSync, readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {usageError} from '../../config/usage-error.ts'
import type {Main} from '../attempt.ts'
import {writeLine} from '../io.ts'
import {locate} from '../../files/locate.ts'
import {notWritten, writer} from '../../files/writer.ts'
import type {Writer} from '../../files/writer.ts'
import {indexMark, packageFiles, ruleFiles, rulesIndex} from './new-rule-files.ts'
import type {RuleLanguage} from './rule-about.ts'
import {onlyArgument} from '../positionals.ts'
import {uninterrupted} from '../uninterrupted.ts'

/**
 * `unitlint new-rule ID`: write a rule that works, with its test and its page, into the current
 * folder; where that is no package yet, a plugin package around it.
 *
 * Nothing is overwritten, except for the list of rules, which is made anew.
 */
export const newRule: Main = {
  grammar: {
    usage: 'unitlint new-rule ID',
    options: {js: {type: 'boolean', describe: 'Write JavaScript instead of TypeScript'}},
  },
  async run(given, io) {
    const id = idOf(onlyArgument(given.positionals, 'the id of the new rule, such as `no-shell`'))
    const at = (name: string): string => path.join(io.cwd, name)
    const language = languageFor(given.on('js') ?? false, at)
    const files = ruleFiles(id, language)
    const taken = [...files.keys()].find((name) => existsSync(at(name)))
    if (taken !== undefined) throw usageError(taken, 'Already there, left as it is')
    if (!existsSync(at('package.json')))
      for (const [name, text] of packageFiles(path.basename(io.cwd), language))
        if (!existsSync(at(name))) files.set(name, text)
    const index = `rules/index.${language}`
    const isOurs = !existsSync(at(index)) || readFileSync(at(index), 'utf8').startsWith(indexMark)
    if (isOurs) files.set(index, rulesIndex([...ruleIds(at('rules'), language), id], language))

    await uninterrupted(async (pause) => {
      const its = writer()
      for (const [name, text] of files) {
        put(its, at(name), name, text)
        await pause()
        await writeLine(io.stdout, `Wrote ${name}`)
      }
    })
    if (!isOurs)
      await writeLine(io.stdout, `Add ./rules/${id}.${language} to the rules of your plugin`)
    return 0
  },
}

/** Throws a usage error for what no rule can be called. */
function idOf(id: string): string {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) && id !== 'index') return id
  throw usageError(
    'unitlint',
    `Unexpected id \`${id}\`, expected words in lower case joined by hyphens, such as \`no-shell\``,
  )
}

/**
 * In which files rules are written: as those that are there. Where a package does not say that its
 * JavaScript is modules, they say so by their names.
 */
function languageFor(isJavaScript: boolean, at: (name: string) => string): RuleLanguage {
  const known = (['mjs', 'js'] as const).find((one) => existsSync(at(`rules/index.${one}`)))
  if (known || !isJavaScript) return known ?? 'ts'
  return !existsSync(at('package.json')) || isOfModules(readFileSync(at('package.json'), 'utf8'))
    ? 'js'
    : 'mjs'
}

/** Whether a `package.json` says that its JavaScript is modules. */
function isOfModules(text: string): boolean {
  try {
    return (JSON.parse(text) as {readonly type?: unknown} | null)?.type === 'module'
  } catch {
    return false
  }
}

function ruleIds(folder: string, language: RuleLanguage): string[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter(
    (name) => name.endsWith(`.${language}`) && !name.endsWith('.d.ts'),
  )
  return names.map((name) => path.basename(name, `.${language}`)).filter((name) => name !== 'index')
}

function put(its: Writer, file: string, name: string, text: string): void {
  const found = locate(file, {cwd: '/'})
  if ('fault' in found) throw usageError(name, `Not written: ${found.fault}`)
  const fault = notWritten(
    found.isNew ? its.create(found.path, text) : its.replace(found.path, undefined, text),
  )
  if (fault !== undefined) throw usageError(name, fault)
}
