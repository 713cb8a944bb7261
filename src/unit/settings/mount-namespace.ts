import type {Settings} from '../settings.ts'
import type {AssignmentSource} from '../unit.ts'
import {parseBoolean} from '../../values/boolean.ts'
import {countImages} from '../../values/images.ts'
import {splitWords} from '../../values/words.ts'
import {execution} from './reading.ts'

/** Whether systemd sets up a mount namespace for the unit before it changes to `WorkingDirectory=` (systemd.exec(5)); probed on 257 and 262. */
export function hasMountNamespace(settings: Settings): boolean {
  const {counted: unit} = settings
  const {version} = unit.target
  if (sandboxing.some((key) => settings[key].value !== 'no')) return true
  if (settings.ProtectProc.value !== 'default' || settings.ProcSubset.value !== 'all') return true
  if (settings.ProtectControlGroups.value !== 'no' && (settings.ProtectControlGroups.value !== 'private' || version >= 262)) return true
  if (settings.PrivateTmp.value === 'disconnected' || (settings.PrivateTmp.value !== 'no' && version >= 262)) return true
  const kernelMounts = isOn(unit, 'MountAPIVFS')
  if (kernelMounts === true || settings.RootImage.value !== undefined) return true
  if (kernelMounts === undefined && (settings.RootDirectory.value ?? '/') !== '/') return true
  if (isOn(unit, 'BindLogSockets') || (version >= 262 && isOn(unit, 'PrivateBPF'))) return true
  if (version >= 260 && isWritten(unit, 'RootMStack', hasPath)) return true
  const flags = execution(unit, 'MountFlags').at(-1)?.value ?? ''
  if (flags === 'slave' || flags === 'private' || isWritten(unit, 'LogNamespace', (value) => value !== '')) return true
  return isWritten(unit, 'MountImages', (value) => countImages(value, unit) > 0) || mounting.some((key) => isWritten(unit, key, hasPath))
}

const sandboxing = [
  ...(['PrivateDevices', 'PrivateMounts', 'PrivateNetwork', 'PrivateIPC', 'PrivatePIDs', 'ProtectSystem', 'ProtectHome'] as const),
  ...(['ProtectKernelTunables', 'ProtectKernelModules', 'ProtectKernelLogs'] as const),
]

const mounting = [
  ...['ReadWritePaths', 'ReadOnlyPaths', 'InaccessiblePaths', 'ExecPaths', 'NoExecPaths', 'BindPaths', 'BindReadOnlyPaths', 'TemporaryFileSystem'],
  ...['ExtensionImages', 'ExtensionDirectories', 'NetworkNamespacePath', 'IPCNamespacePath'],
]

function isOn(unit: AssignmentSource, key: string): boolean | undefined {
  return parseBoolean(execution(unit, key).findLast(({value}) => parseBoolean(value) !== undefined)?.value ?? '')
}

/** Whether a line since the last reset holds something of use. */
function isWritten(unit: AssignmentSource, key: string, isOfUse: (value: string) => boolean): boolean {
  const assignments = execution(unit, key)
  const reset = assignments.findLastIndex(({value}) => value === '')
  return assignments.slice(reset + 1).some(({value}) => isOfUse(value))
}

/** Whether a word is an absolute path, behind `-` and `+` if they stand there. */
function hasPath(value: string): boolean {
  return splitWords(value, 'quotes').words.some(({text}) => /^-?\+?\//.test(text))
}
