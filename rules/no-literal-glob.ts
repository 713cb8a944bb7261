import {defineRule, fixBy, partOf, rename, rewrite, shell, signs, values} from 'unitlint/rule'
import type {Assignment, Fix} from 'unitlint/rule'

export default defineRule({
  id: 'no-literal-glob',
  summary: 'Disallow patterns where systemd takes paths as they stand',
  why: 'systemd looks for a file whose name has a `*` in it, which is nowhere: the path is not watched, not writable, not there.',
  unless: 'The file is really called so.',
  on: signs('*?'),
  messages: {
    glob: 'Unexpected pattern `{written}` in `{key}=`, systemd takes it for the name of one file',
    withGlob:
      'Unexpected pattern `{written}` in `{key}=`, systemd takes it for the name of one file, expected `{newer}=`',
    program:
      'Unexpected pattern `{written}` in the program of `{key}=`, no shell makes a path of it',
  },
  *check(unit) {
    // `no-invalid-value` tells of what systemd itself complains of.
    const told = unit.verdict.complaints.filter(({effect}) => effect !== 'notice')
    const refused = new Set(told.map(({directive}) => directive))
    for (const assignment of unit.lines) {
      const {key, value, directive} = assignment
      const word = literalPaths.test(key) ? /\/[^\s"':]*[*?][^\s"':]*/.exec(value) : null
      if (!word || refused.has(directive) || values.hasPlaceholder(value)) continue
      const [written] = word
      const at = partOf(assignment, {start: word.index, end: word.index + written.length})
      if (withGlobs.test(key)) {
        const newer = `${key}Glob`
        const fix = fixBy('unsafe', rename(assignment, newer))
        yield {message: 'withGlob', data: {written, key, newer}, at, fix}
      } else yield {message: 'glob', data: {written, key}, at, fix: folderOf(assignment, written)}
    }
    for (const {assignment, words} of shell.writtenCommands(unit)) {
      const [{text: written, start, end}] = words
      const {key} = assignment
      // Of such a program not all systemds complain, and none starts it.
      if (!/^\/.*[*?]/.test(written) || values.hasPlaceholder(assignment.value)) continue
      yield {message: 'program', data: {written, key}, at: partOf(assignment, {start, end})}
    }
  },
  examples: {
    bad: [
      {
        name: 'import.path',
        unit: '[Path]\nPathExists=/srv/import/*.csv\n',
        others: {'import.service': '[Service]\nExecStart=/usr/bin/import\n'},
      },
      '[Service]\nExecStart=/usr/bin/example\nProtectSystem=strict\nReadWritePaths=/var/log/example/*\n',
    ],
    good: [
      {
        name: 'import.path',
        unit: '[Path]\nPathExistsGlob=/srv/import/*.csv\n',
        others: {'import.service': '[Service]\nExecStart=/usr/bin/import\n'},
      },
      '[Service]\nExecStart=/usr/bin/example\nProtectSystem=strict\nReadWritePaths=/var/log/example\n',
    ],
  },
})

/**
 * What takes a path, or several, as it stands (systemd.path(5), systemd.unit(5), systemd.exec(5));
 * `EnvironmentFile=`, `ImportCredential=` and `DeviceAllow=` do not.
 */
const literalPaths =
  /^(?:Path(?:Exists|Changed|Modified)|DirectoryNotEmpty|(?:Condition|Assert)(?:Path(?:Exists|IsDirectory|IsSymbolicLink|IsMountPoint|IsReadWrite)|DirectoryNotEmpty|File(?:NotEmpty|IsExecutable))|(?:ReadWrite|ReadOnly|Inaccessible|Exec|NoExec|Bind|BindReadOnly)Paths|(?:ReadWrite|ReadOnly|Inaccessible)Directories|WorkingDirectory|RootDirectory|RequiresMountsFor|WantsMountsFor|TemporaryFileSystem|PIDFile)$/

/** What has a brother that takes patterns. */
const withGlobs = /PathExists$/

/** What may as well name the folder. */
const ofFolders = /^(?:Path(?:Changed|Modified)|(?:ReadWrite|ReadOnly)(?:Paths|Directories))$/

/** The folder instead of all that is in it, where the value is that word alone. */
function folderOf(assignment: Assignment, written: string): Fix | undefined {
  const folder = /^(\/[^*?]*[^*?/])\/[^/]*$/.exec(written)?.[1]
  if (folder === undefined || !ofFolders.test(assignment.key)) return undefined
  const whole = assignment.value.replace(written, () => folder)
  return fixBy('unsafe', rewrite(assignment, whole), `Write \`${folder}\``)
}
