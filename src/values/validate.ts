import {
  bpfAttachTypeList,
  bpfCommandList,
  bpfMapTypeList,
  bpfProgram,
  bpfProgramTypeList,
} from './bpf.ts'
import {calendar} from './calendar.ts'
import {conditionPath, conditionString} from './conditions.ts'
import {booleanOrControllerList, controllerList} from './controllers.ts'
import {coredumpFilter} from './coredump.ts'
import {cpuSet} from './cpu.ts'
import {credentialGlob, loadCredential, openFile, setCredential} from './credentials.ts'
import {deviceAllow, deviceValue} from './devices.ts'
import {
  boolean,
  booleanOrFlags,
  emergencyAction,
  enumeration,
  enumerationWithArgument,
  flags,
  jobModeIsolate,
} from './enums.ts'
import {
  environmentAssignmentList,
  environmentNameList,
  environmentNameOrAssignmentList,
  journalFieldList,
} from './environment.ts'
import {execCommand} from './commands.ts'
import type {ValueFault, Validator, ValueContext} from './fault.ts'
import {filesystemList, xattr} from './filesystems.ts'
import {base64, base64OrPath, hexOrPath} from './encoded-data.ts'
import {imageList, imagePolicy, partitionOptionsList} from './images.ts'
import {rlimit} from './limits.ts'
import {withMeant} from './meant.ts'
import {mode} from './mode.ts'
import {nameList} from './names.ts'
import {ipPrefixList} from './ip-networks.ts'
import {networkInterfaceList, networkInterfaceName} from './network-interfaces.ts'
import {nftSetList} from './nft-sets.ts'
import {socketAddress} from './socket-addresses.ts'
import {socketBindRule} from './socket-binds.ts'
import {cpuShares, integer, percent, tasksMax, unsigned, weight} from './numbers.ts'
import {bindPathList} from './bind-paths.ts'
import {
  colonPathList,
  mountSource,
  path,
  pathList,
  prefixedPathList,
  relativeDirectoryList,
  tmpfsList,
} from './path-values.ts'
import {regex} from './regex.ts'
import {addressFamilyList} from './address-families.ts'
import {architectureList, personality} from './architectures.ts'
import {capabilityWords} from './capabilities.ts'
import {errno} from './errno.ts'
import {booleanOrNamespaceList} from './namespaces.ts'
import {syscallFilter, syscallList} from './syscalls.ts'
import {exitStatusList, signal} from './signals.ts'
import {memorySize, size, sizeOrPercent} from './sizes.ts'
import {execInput, execOutput} from './streams.ts'
import {
  cEscapedText,
  cgroupName,
  dbusName,
  fdName,
  logNamespace,
  rebootArgument,
  string,
  urlList,
} from './strings.ts'
import {timespan, timespanNs} from './time.ts'
import {unitList, unitName} from './units.ts'
import {userOrGroup, userOrGroupList} from './users.ts'

/**
 * What systemd would say about a value, in its order; nothing for types whose values it does not
 * look at.
 */
export function validate(value: string, context: ValueContext): Iterable<ValueFault> {
  if (context.facts.parser === 'NULL') return []
  const validator = byParser.get(context.facts.parser) ?? validators.get(context.facts.type)
  const faults = validator ? first(validator(value, context)) : []
  return validator && faults.length > 0 ? withMeant(faults, value, validator, context) : faults
}

/** What is said of one value at most: who has more faults in a line begins with these. */
const mostFaults = 1_001

function first(faults: Iterable<ValueFault>): ValueFault[] {
  const taken: ValueFault[] = []
  for (const fault of faults) {
    taken.push(fault)
    if (taken.length >= mostFaults) break
  }
  return taken
}

/** The validators of parsers that are stricter than the type says. */
const byParser: ReadonlyMap<string, Validator> = new Map([
  ['config_parse_emergency_action', emergencyAction],
  ['config_parse_job_mode_isolate', jobModeIsolate],
  ['config_parse_reboot_parameter', rebootArgument],
])

/** The validators by type of value; `instance-name` and `obsolete` take anything. */
const validators: ReadonlyMap<string, Validator> = new Map([
  ['address-family-list', addressFamilyList],
  ['architecture-list', architectureList],
  ['base64', base64],
  ['base64-or-path', base64OrPath],
  ['bind-path-list', bindPathList],
  ['boolean', boolean],
  ['boolean-or-controller-list', booleanOrControllerList],
  ['boolean-or-flag-list', booleanOrFlags],
  ['boolean-or-namespace-list', booleanOrNamespaceList],
  ['bpf-attach-type-list', bpfAttachTypeList],
  ['bpf-command-list', bpfCommandList],
  ['bpf-map-type-list', bpfMapTypeList],
  ['bpf-program', bpfProgram],
  ['bpf-program-type-list', bpfProgramTypeList],
  ['c-escaped-text', cEscapedText],
  ['calendar', calendar],
  ['capability-set', capabilityWords],
  ['cgroup-name', cgroupName],
  ['colon-path-list', colonPathList],
  ['condition-path', conditionPath],
  ['condition-string', conditionString],
  ['controller-list', controllerList],
  ['coredump-filter', coredumpFilter],
  ['cpu-set', cpuSet],
  ['cpu-shares', cpuShares],
  ['credential-glob', credentialGlob],
  ['dbus-name', dbusName],
  ['device-allow', deviceAllow],
  ['device-value', deviceValue],
  ['enum', enumeration],
  ['enum-with-argument', enumerationWithArgument],
  ['environment-assignment-list', environmentAssignmentList],
  ['environment-name-list', environmentNameList],
  ['environment-name-or-assignment-list', environmentNameOrAssignmentList],
  ['errno', errno],
  ['exec-command', execCommand],
  ['exec-input', execInput],
  ['exec-output', execOutput],
  ['exit-status-list', exitStatusList],
  ['fd-name', fdName],
  ['filesystem-list', filesystemList],
  ['flag-list', flags],
  ['hex-or-path', hexOrPath],
  ['image-list', imageList],
  ['image-policy', imagePolicy],
  ['integer', integer],
  ['ip-prefix-list', ipPrefixList],
  ['journal-field-list', journalFieldList],
  ['load-credential', loadCredential],
  ['log-namespace', logNamespace],
  ['memory-size', memorySize],
  ['mode', mode],
  ['mount-source', mountSource],
  ['name-list', nameList],
  ['network-interface-list', networkInterfaceList],
  ['network-interface-name', networkInterfaceName],
  ['nft-set-list', nftSetList],
  ['open-file', openFile],
  ['partition-options-list', partitionOptionsList],
  ['path', path],
  ['path-list', pathList],
  ['percent', percent],
  ['personality', personality],
  ['prefixed-path-list', prefixedPathList],
  ['regex', regex],
  ['relative-directory-list', relativeDirectoryList],
  ['rlimit', rlimit],
  ['set-credential', setCredential],
  ['signal', signal],
  ['size', size],
  ['size-or-percent', sizeOrPercent],
  ['socket-address', socketAddress],
  ['socket-bind-rule', socketBindRule],
  ['string', string],
  ['syscall-filter', syscallFilter],
  ['syscall-list', syscallList],
  ['tasks-max', tasksMax],
  ['timespan', timespan],
  ['timespan-ns', timespanNs],
  ['tmpfs-list', tmpfsList],
  ['tristate', boolean],
  ['unit-list', unitList],
  ['unit-name', unitName],
  ['unsigned', unsigned],
  ['url-list', urlList],
  ['user-or-group', userOrGroup],
  ['user-or-group-list', userOrGroupList],
  ['weight', weight],
  ['xattr', xattr],
])
