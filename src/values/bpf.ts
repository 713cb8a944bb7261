import type {Validator} from './fault.ts'
import {fieldAt, fieldFault, fieldsOf, splittingFault} from './fields.ts'
import {expectedPath} from './paths.ts'
import {expandPath, specifierOrLength} from './path-values.ts'
import {quote} from './quote.ts'

/** `TYPE:PATH`: `BPFProgram=` (systemd.resource-control(5)). */
export const bpfProgram: Validator = function* (value, context) {
  const {facts, version} = context
  const field = fieldAt(value, 0, version, {separators: ':'})
  if (field && 'fault' in field) {
    yield splittingFault(field)
    return
  }
  if (field?.next === undefined) {
    yield fieldFault(
      {start: 0, end: value.length},
      `Unexpected ${quote(value)}, expected \`TYPE:PATH\``,
      'line',
    )
    return
  }
  const types = (facts.values ?? [])
    .filter(({since = 0}) => since <= version)
    .map((type) => type.value)
  if (!types.includes(field.text)) {
    yield fieldFault(
      field,
      `Unexpected ${quote(field.text)}, expected a type such as \`egress\``,
      'line',
    )
    return
  }
  const piece = {start: field.next, end: value.length}
  const path = expandPath(value.slice(field.next), context)
  if (path === undefined) {
    yield specifierOrLength(value, piece, context, 'line')
    return
  }
  const expected = expectedPath(path, {kind: 'absolute'}, version)
  if (expected !== undefined)
    yield fieldFault(
      piece,
      `Unexpected ${quote(value.slice(field.next))}, expected ${expected}`,
      'line',
    )
}

/** What systems may be delegated with a token: `BPFDelegateAttachments=` (systemd.exec(5)). */
export const bpfAttachTypeList = delegation('attachments')
/** `BPFDelegateCommands=` (systemd.exec(5)). */
export const bpfCommandList = delegation('commands')
/** `BPFDelegateMaps=` (systemd.exec(5)). */
export const bpfMapTypeList = delegation('maps')
/** `BPFDelegatePrograms=` (systemd.exec(5)). */
export const bpfProgramTypeList = delegation('programs')

/** `any`, or names between commas; what systemd says of an unknown one names no line. */
function delegation(kind: keyof typeof delegable): Validator {
  return function* (value, {version}) {
    if (value === 'any') return
    const {fields, fault} = fieldsOf(value, version, {separators: ','})
    const known = delegable[kind].split(' ')
    for (const field of fields) {
      if (known.includes(field.text)) continue
      yield {
        ...fieldFault(
          field,
          `Unexpected ${quote(field.text)}, expected a name such as \`${known[0]}\``,
        ),
        unplaced: true,
      }
    }
    if (fault) yield splittingFault(fault)
  }
}

/** Names of bpf(2) as systemd spells them, found by trying those that systemd 262 holds. */
const delegable = {
  attachments:
    'BPFCgroupDevice BPFCgroupGetsockopt BPFCgroupInet4Bind BPFCgroupInet4Connect BPFCgroupInet4Getpeername ' +
    'BPFCgroupInet4Getsockname BPFCgroupInet4PostBind BPFCgroupInet6Bind BPFCgroupInet6Connect BPFCgroupInet6Getpeername ' +
    'BPFCgroupInet6Getsockname BPFCgroupInet6PostBind BPFCgroupInetEgress BPFCgroupInetIngress BPFCgroupInetSockCreate ' +
    'BPFCgroupInetSockRelease BPFCgroupSetsockopt BPFCgroupSockOps BPFCgroupSysctl BPFCgroupUdp4Recvmsg BPFCgroupUdp4Sendmsg ' +
    'BPFCgroupUdp6Recvmsg BPFCgroupUdp6Sendmsg BPFCgroupUnixConnect BPFCgroupUnixGetpeername BPFCgroupUnixGetsockname ' +
    'BPFCgroupUnixRecvmsg BPFCgroupUnixSendmsg BPFFlowDissector BPFLircMode2 BPFLsmCgroup BPFLsmMac BPFModifyReturn BPFNetfilter ' +
    'BPFNetkitPeer BPFNetkitPrimary BPFPerfEvent BPFSkLookup BPFSkMsgVerdict BPFSkReuseportSelect BPFSkReuseportSelectOrMigrate ' +
    'BPFSkSkbStreamParser BPFSkSkbStreamVerdict BPFSkSkbVerdict BPFStructOps BPFTcxEgress BPFTcxIngress BPFTraceFentry ' +
    'BPFTraceFentryMulti BPFTraceFexit BPFTraceFexitMulti BPFTraceFsession BPFTraceFsessionMulti BPFTraceIter BPFTraceKprobeMulti ' +
    'BPFTraceKprobeSession BPFTraceRawTp BPFTraceUprobeMulti BPFTraceUprobeSession BPFXdp BPFXdpCpumap BPFXdpDevmap',
  commands:
    'BPFBtfGetFdById BPFBtfGetNextId BPFBtfLoad BPFEnableStats BPFIterCreate BPFLinkCreate BPFLinkDetach BPFLinkGetFdById ' +
    'BPFLinkGetNextId BPFLinkUpdate BPFMapCreate BPFMapDeleteBatch BPFMapDeleteElem BPFMapFreeze BPFMapGetFdById BPFMapGetNextId ' +
    'BPFMapGetNextKey BPFMapLookupAndDeleteBatch BPFMapLookupAndDeleteElem BPFMapLookupBatch BPFMapLookupElem BPFMapUpdateBatch ' +
    'BPFMapUpdateElem BPFObjGet BPFObjGetInfoByFd BPFObjPin BPFProgAssocStructOps BPFProgAttach BPFProgBindMap BPFProgDetach ' +
    'BPFProgGetFdById BPFProgGetNextId BPFProgLoad BPFProgQuery BPFProgStreamReadByFd BPFProgTestRun BPFRawTracepointOpen ' +
    'BPFTaskFdQuery BPFTokenCreate',
  maps:
    'BPFMapTypeArena BPFMapTypeArray BPFMapTypeArrayOfMaps BPFMapTypeBloomFilter BPFMapTypeCgroupArray ' +
    'BPFMapTypeCgroupStorageDeprecated BPFMapTypeCgrpStorage BPFMapTypeCpumap BPFMapTypeDevmap BPFMapTypeDevmapHash BPFMapTypeHash ' +
    'BPFMapTypeHashOfMaps BPFMapTypeInodeStorage BPFMapTypeInsnArray BPFMapTypeLpmTrie BPFMapTypeLruHash BPFMapTypeLruPercpuHash ' +
    'BPFMapTypePercpuArray BPFMapTypePercpuCgroupStorageDeprecated BPFMapTypePercpuHash BPFMapTypePerfEventArray ' +
    'BPFMapTypeProgArray BPFMapTypeQueue BPFMapTypeReuseportSockarray BPFMapTypeRhash BPFMapTypeRingbuf BPFMapTypeSkStorage ' +
    'BPFMapTypeSockhash BPFMapTypeSockmap BPFMapTypeStack BPFMapTypeStackTrace BPFMapTypeStructOps BPFMapTypeTaskStorage ' +
    'BPFMapTypeUnspec BPFMapTypeUserRingbuf BPFMapTypeXskmap',
  programs:
    'BPFProgTypeCgroupDevice BPFProgTypeCgroupSkb BPFProgTypeCgroupSock BPFProgTypeCgroupSockAddr BPFProgTypeCgroupSockopt ' +
    'BPFProgTypeCgroupSysctl BPFProgTypeExt BPFProgTypeFlowDissector BPFProgTypeKprobe BPFProgTypeLircMode2 BPFProgTypeLsm ' +
    'BPFProgTypeLwtIn BPFProgTypeLwtOut BPFProgTypeLwtSeg6local BPFProgTypeLwtXmit BPFProgTypeNetfilter BPFProgTypePerfEvent ' +
    'BPFProgTypeRawTracepoint BPFProgTypeRawTracepointWritable BPFProgTypeSchedAct BPFProgTypeSchedCls BPFProgTypeSkLookup ' +
    'BPFProgTypeSkMsg BPFProgTypeSkReuseport BPFProgTypeSkSkb BPFProgTypeSockOps BPFProgTypeSocketFilter BPFProgTypeStructOps ' +
    'BPFProgTypeTracepoint BPFProgTypeTracing BPFProgTypeUnspec BPFProgTypeXdp',
}
