import type {NewLine} from '../engine/anchors.ts'
import {shellWord} from '../reporters/shell-word.ts'
import {groupMembers} from '../values/call-groups.ts'
import type {Unit} from '../rule/unit.ts'

/** What to do to try lines by hand: put this text there, and call these commands. */
export function canaryText(
  unit: Unit,
  lines: readonly NewLine[],
  check: string | undefined,
): string {
  const folder = `/run/systemd/system/${unit.name}.d`
  const file = shellWord(`${folder}/50-unitlint.canary.conf`)
  const name = shellWord(unit.name)
  const log = [`_SYSTEMD_UNIT=${unit.name}`, '+', `UNIT=${unit.name}`].map(shellWord).join(' ')
  return [
    '# By hand, on the machine itself; what is in /run is gone with the next boot.',
    `sudo mkdir -p ${shellWord(folder)}`,
    `sudo tee ${file} >/dev/null <<'EOF'`,
    '[Service]',
    ...lines.map(([key, value]) => `${key}=${value}`),
    'EOF',
    `sudo systemctl daemon-reload && sudo systemctl restart ${name}`,
    check ?? `systemctl is-active ${name}`,
    `journalctl -b ${log} | unitlint doctor ${name}`,
    `# And back:`,
    `sudo rm ${file} && sudo systemctl daemon-reload && sudo systemctl restart ${name}`,
  ].join('\n')
}

/**
 * A drop-in with which calls that the unit and these lines would deny are logged, and let through;
 * undefined where nothing is to be denied (systemd.exec(5), `SystemCallLog=`; no systemd has a
 * `:log` for `SystemCallFilter=`).
 */
export function learningText(unit: Unit, lines: readonly NewLine[]): string | undefined {
  const written = unit.values('SystemCallFilter').map(({value}) => value)
  const denied = lines.flatMap(([key, value]) => (key === 'SystemCallFilter' ? [value] : []))
  const logged = [...written, ...denied]
    .map((value) => inverted(value, unit.target.version))
    .filter((value) => value !== '' && value !== '~')
  if (logged.length === 0) return undefined
  return [
    '# Written by `unitlint try --learn`: what a filter would deny is logged, and works.',
    '# See what there is: journalctl -k -g SECCOMP, or ausearch -m SECCOMP.',
    '[Service]',
    ...(written.length > 0 ? ['SystemCallFilter='] : []),
    ...logged.map((value) => `SystemCallLog=${value}`),
    '',
  ].join('\n')
}

/** What a line lets through is not logged, and what it denies is. */
function inverted(value: string, version: number): string {
  const words = value
    .replace(/^~/, '')
    .split(/\s+/)
    .map((word) => word.replace(/:.*$/, ''))
    .filter(
      (word) => word !== '' && (!word.startsWith('@') || groupMembers(word, version) !== undefined),
    )
  return `${value.startsWith('~') ? '' : '~'}${words.join(' ')}`
}
