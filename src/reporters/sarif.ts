import type {Position} from 'unist'
import type {FindingFix} from '../engine/finding.ts'
import type {Rule} from '../rule/rule.ts'
import {standardInput} from './lint-result.ts'
import type {LintResult, Message} from './lint-result.ts'
import {fingerprints} from './fingerprint.ts'
import type {Formatter, ReportContext} from './formatter.ts'
import {printableJson} from './printable.ts'
import {relativePath} from './relative-path.ts'
import {factsOfRule, namesBesideRules} from './rule-facts.ts'

const sourceRoot = '%SRCROOT%'

/**
 * A SARIF 2.1.0 log with one run: for code scanning and editors. What is fatal is a notification of
 * the run, not a result.
 */
export const sarif: Formatter = (entries, context) => {
  const located = entries.flatMap((entry) => locatedIn(entry, context.cwd))
  const descriptors = describeRules(
    located.map(({message}) => message),
    context,
  )
  const indices = new Map(descriptors.map(({id}, index) => [id, index]))
  const fatal = located.filter(({message}) => message.fatal)
  const results = located.filter(({message}) => !message.fatal)
  return printableJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {driver: {name: 'unitlint', version: context.version, rules: descriptors}},
        invocations: [
          {
            executionSuccessful: fatal.length === 0,
            workingDirectory: {uri: directoryUri(context.cwd)},
            toolExecutionNotifications: fatal.map(({message, artifact}) =>
              notification(message, artifact, indices),
            ),
          },
        ],
        originalUriBaseIds: {[sourceRoot]: {uri: directoryUri(context.cwd)}},
        columnKind: 'utf16CodeUnits',
        results: results.map(({message, artifact, fingerprint}) =>
          result(message, {artifact, fingerprint, index: indices.get(message.ruleId ?? '')}),
        ),
      },
    ],
  })
}

/** The messages of a file, each with what tells it from others. */
function locatedIn(entry: LintResult, cwd: string) {
  const artifact = artifactLocation(entry.path, cwd)
  const fingerprint = fingerprints(entry, artifact.uri)
  return entry.messages.map((message) => ({
    message,
    artifact,
    fingerprint: message.fatal ? '' : fingerprint(message),
  }))
}

interface ArtifactLocation {
  uri: string
  uriBaseId?: string
}

interface ReportingDescriptor {
  id: string
  shortDescription: {text: string}
  fullDescription: {text: string}
  help: {text: string; markdown: string}
  defaultConfiguration: {level: string}
  properties: {tags: readonly string[]; 'security-severity'?: string}
  helpUri: string
}

/**
 * The rules that ran, then what else gave its name to messages. GitHub asks for all the
 * descriptions.
 */
function describeRules(
  messages: readonly Message[],
  {rules, ruleUrl}: ReportContext,
): ReportingDescriptor[] {
  const urls = new Map<string, string>()
  for (const {ruleId, url} of messages)
    if (ruleId !== undefined && url !== undefined && !urls.has(ruleId)) urls.set(ruleId, url)
  const ran = new Map(rules.map((rule) => [rule.id, rule]))
  const ids = new Set([
    ...ran.keys(),
    ...messages.flatMap(({ruleId}) => (ruleId === undefined ? [] : [ruleId])),
  ])
  return [...ids].map((id) => {
    const url = ruleUrl?.(id) ?? urls.get(id)
    return descriptor(
      id,
      ran.get(id),
      url !== undefined && URL.canParse(url) ? new URL(url).href : undefined,
    )
  })
}

function descriptor(
  id: string,
  rule: Rule | undefined,
  page: string | undefined,
): ReportingDescriptor {
  const {tags, severity, manual} = factsOfRule(id, rule)
  const {summary, why, unless} = rule ?? {
    summary: namesBesideRules.get(id) ?? id,
    why: namesBesideRules.get(id) ?? id,
  }
  const help = unless === undefined ? why : `${why}\n\nWhen not to use it: ${unless}`
  return {
    id,
    shortDescription: {text: summary},
    fullDescription: {text: why},
    help: {text: help, markdown: `${help}\n\n[Manual](${manual})`},
    helpUri: page ?? manual,
    defaultConfiguration: {level: 'warning'},
    properties: {tags, ...(severity !== undefined && {'security-severity': severity.toFixed(1)})},
  }
}

/** What SARIF calls severities. */
const sarifLevels = {0: 'note', 1: 'warning', 2: 'error'} as const

/** Where a result is, what it is known by, and its rule's place in the list. */
interface ResultContext {
  readonly artifact: ArtifactLocation
  readonly fingerprint: string
  readonly index: number | undefined
}

function result(
  {ruleId, severity, text, place, note, fix}: Message,
  {artifact, fingerprint, index}: ResultContext,
): object {
  return {
    ...(ruleId === undefined ? {} : {ruleId, ruleIndex: index}),
    level: sarifLevels[severity],
    message: plainText(text),
    // Code scanning takes no result without a line.
    locations: [
      place
        ? location(artifact, place)
        : {physicalLocation: {artifactLocation: artifact, region: {startLine: 1}}},
    ],
    partialFingerprints: {primaryLocationLineHash: `${fingerprint}:1`},
    ...(fix && fix.edits.length > 0 ? {fixes: [fixObject(fix, artifact)]} : {}),
    ...(note === undefined ? {} : {properties: {note}}),
  }
}

function notification(
  {ruleId, text, place}: Message,
  artifact: ArtifactLocation,
  indices: ReadonlyMap<string, number>,
): object {
  return {
    level: 'error',
    message: plainText(text),
    locations: [location(artifact, place)],
    ...(ruleId === undefined ? {} : {associatedRule: {id: ruleId, index: indices.get(ruleId)}}),
  }
}

function fixObject(
  {title, applicability, edits}: FindingFix,
  artifactLocation: ArtifactLocation,
): object {
  return {
    description: plainText(title),
    artifactChanges: [
      {
        artifactLocation,
        replacements: edits.map(({range: [start, end], text}) => ({
          deletedRegion: {charOffset: start, charLength: end - start},
          insertedContent: {text},
        })),
      },
    ],
    properties: {applicability},
  }
}

function location(artifactLocation: ArtifactLocation, place: Position | undefined): object {
  return {physicalLocation: {artifactLocation, ...(place && {region: region(place)})}}
}

function region({start, end}: Position): object {
  return {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
    ...(start.offset === undefined || end.offset === undefined
      ? {}
      : {charOffset: start.offset, charLength: end.offset - start.offset}),
  }
}

/**
 * A message without embedded links: a unit must not be able to put a link into what a web page
 * shows (SARIF 2.1.0, 3.11.6).
 */
function plainText(text: string): {text: string} {
  return {text: text.replaceAll('](', '\\](')}
}

function artifactLocation(path: string, cwd: string): ArtifactLocation {
  if (path === standardInput) return {uri: encodeURIComponent(path)}
  const {path: chosen, isRelative} = relativePath(path, cwd)
  return isRelative ? {uri: encodePath(chosen), uriBaseId: sourceRoot} : {uri: fileUri(chosen)}
}

function directoryUri(cwd: string): string {
  const uri = fileUri(relativePath(cwd, cwd).path)
  return uri.endsWith('/') ? uri : `${uri}/`
}

/** Of an absolute path with forward slashes; one that starts with two names a Windows share. */
function fileUri(path: string): string {
  const [, drive = '', rest = ''] = /^([A-Za-z]:)?(.*)$/s.exec(path) ?? []
  if (rest.startsWith('//')) return `file:${encodePath(rest)}`
  return `file://${drive === '' ? '' : `/${drive}`}${encodePath(rest)}`
}

function encodePath(path: string): string {
  return path
    .split('/')
    .map((segment) => encodeSegment(segment))
    .join('/')
}

/**
 * Bytes of a name that are not UTF-8 are halves of surrogate pairs here (see `decode`), and bytes
 * again in a URI.
 */
function encodeSegment(segment: string): string {
  const parts = segment.split(/([\uDC80-\uDCFF])/u)
  const encoded = parts.map((part, index) =>
    index % 2 === 1
      ? `%${(part.charCodeAt(0) & 0xff).toString(16).toUpperCase()}`
      : encodeURIComponent(part.replaceAll(/\p{Cs}/gu, '\uFFFD')),
  )
  return encoded.join('')
}
