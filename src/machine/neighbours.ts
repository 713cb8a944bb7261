import type {LoadedUnit} from '../unit/load.ts'
import {isTemplate} from '../unit/references.ts'
import {settings} from '../unit/settings.ts'
import {valueOf, valuesOf} from '../unit/value.ts'

/** Which namespaces of a unit others can join (systemd.unit(5), "JoinsNamespaceOf="). */
export function namespacesToJoin(unit: LoadedUnit): readonly string[] {
  const {PrivateNetwork, PrivateTmp, PrivateIPC} = settings(unit)
  const hasNetwork = PrivateNetwork.value === 'yes' || valueOf(unit, 'NetworkNamespacePath')
  const hasIpc = PrivateIPC.value === 'yes' || valueOf(unit, 'IPCNamespacePath')
  return [
    ...(hasNetwork ? ['PrivateNetwork'] : []),
    ...(PrivateTmp.value === 'no' ? [] : ['PrivateTmp']),
    ...(hasIpc ? ['PrivateIPC'] : []),
  ]
}

/**
 * Where a socket listens in the file system (systemd.socket(5)); that of a template as it is
 * written.
 */
export function listeningPaths(socket: LoadedUnit): readonly string[] {
  const keys = ['ListenStream', 'ListenDatagram', 'ListenSequentialPacket', 'ListenFIFO']
  const paths = keys
    .flatMap((key) => valuesOf(socket, key))
    .map(({value, expanded}) => (isTemplate(socket.name) ? value : (expanded ?? value)))
  return paths.filter((path) => path.startsWith('/'))
}
