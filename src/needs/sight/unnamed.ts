import type {Language} from './tellings.ts'

/**
 * Whether code of Python or Node starts a program that its text does not name: that of a variable,
 * of a setting, or of a text that begins with one.
 *
 * What a list or a text says elsewhere that the variable is given counts as a name.
 */
export function runsUnnamed(code: string, language: Language): boolean {
  const found = starts[language]
  if (!found) return false
  // What stands in a text calls nothing.
  const calls = code.replaceAll(/“[^”]*”/g, (text) => text.replaceAll('(', ' '))
  const named = namesIn(calls)
  return [...calls.matchAll(found)].some(({0: {length}, 1: text, 2: variable = '', index}) => {
    const isGivenOne = (): boolean => isGiven(calls.slice(index + length).slice(0, 400), calls)
    if (text === undefined)
      return isOwn.test(variable) ? isGivenOne() : !named.has(lastOf(variable))
    const runs = interpreter.exec(text)
    return !isNamed(text) || (runs !== null && (runs[1] !== undefined || isGivenOne()))
  })
}

/** An interpreter, up to where its script begins; what a shell is given is told elsewhere. */
const interpreter =
  /^\s*(?:sudo\s+)?(?:\S*\/)?(?:python|node|perl|ruby|php|lua)[\w.]*(?:\s+-\S+)*(?:\s*$|\s+(\$?\{|%s))/

/**
 * Whether code gives an interpreter, whose name ends before `rest`, a script by a variable, and no
 * text that names one. What runs itself is named.
 */
function isGiven(rest: string, code: string): boolean {
  const [, variable = 'sys.'] =
    /^”?[\s,+[(*]*(?:“-[^”]*”[\s,]*)*(?:str\()?([A-Za-z_$][\w.$]*)(?![\w.$(]|\s?=)/.exec(rest) ?? []
  if (/^(?:sys|process)\.|^__f/.test(variable)) return false
  const name = lastOf(variable)
  return ![...code.matchAll(scriptsNamed)].some(([, given]) => given === name)
}

/** The variables that are given a text that names a script, whatever folder is put before it. */
const scriptsNamed = /([\w$]{1,64})\s?=\s?[^\n=][^\n]{0,300}?\.(?:py|[cm]?js|pl|rb|php|lua)”/g

/** The calls that start programs, up to where the program begins: a text, or what holds one. */
const starts: Readonly<Partial<Record<Language, RegExp>>> = {
  python:
    /\b(?:subprocess\.(?:run|call|check_call|check_output|Popen|getoutput|getstatusoutput)|Popen|check_call|check_output|os\.(?:system|popen|execv\w*|execl\w*)|create_subprocess_(?:exec|shell))\((?:[\s[*(]{0,64})(?:(?:args|cmd)\s?=\s?[[(]?)?(?:f?“([^”]{0,200})|([A-Za-z_][\w.]{0,100}))/g,
  node: /(?<![.\w])(?:(?:child_process|childProcess|cp|shell)\.)?(?:(?:spawn|execFile|exec)(?:Sync)?|fork)\(\s{0,64}(?:“([^”]{0,200})|([A-Za-z_$][\w.$]{0,100}))/g,
}

/** Python and Node themselves, whose scripts are named behind them. */
const isOwn = /^(?:sys\.executable|process\.(?:execPath|argv0))$/

/** Whether a text says itself which program it begins with. */
function isNamed(text: string): boolean {
  return /^\s*[\w/.~-]/.test(text)
}

/** The variables that are given a text, or a list that begins with one, which names a program. */
function namesIn(code: string): ReadonlySet<string> {
  const given = /([\w$]{1,64})\s{0,8}(?::\s?[\w.[\]]{1,64}\s{0,8})?=[\s[(]{0,64}f?“([^”]{0,200})/g
  return new Set(
    [...code.matchAll(given)].flatMap(([, name = '', text = '']) => (isNamed(text) ? [name] : [])),
  )
}

/** `cmd` of `self.cmd` and of `cmd.split`. */
function lastOf(variable: string): string {
  return variable.replace(/\.(?:split|copy|concat|join)$/, '').replace(/^.*\./, '')
}
