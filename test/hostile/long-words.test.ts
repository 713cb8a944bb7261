import {expect, it} from 'vitest'
import {rules} from '../../rules/index.ts'
import {judge} from '../../src/engine/judge.ts'
import {target} from '../../src/facts/targets.ts'

const targets = ['257'].flatMap((name) => target(name) ?? [])
const active = rules.map((rule) => ({rule, severity: 2 as const, options: rule.options.parse({})}))

/** Nearly as long as a unit may be: longer than patterns that are made of words may get. */
const long = 'a'.repeat(60_000)

it.each(
  [
    `User=${long}`,
    `Group=${long}`,
    `SupplementaryGroups=${long}`,
    `WorkingDirectory=/${long}`,
    `Environment=${long}=${long.slice(60_000 - 2000)}`,
    `Environment=A=${long}`,
    `EnvironmentFile=/${long}`,
    `StateDirectory=${long}`,
    `SyslogIdentifier=${long}`,
    `ExecStartPre=/${long}`,
    `ExecStartPre=/bin/sh -c 'import ${long}'`,
    `ReadWritePaths=/${long}`,
    `SystemCallFilter=${long}`,
    `[Unit]\nDescription=${long}`,
    `[Unit]\nDocumentation=man:${long}(1)`,
    `[Unit]\nAfter=${long}.service`,
    `[Install]\nAlias=${long}.service`,
  ].map((line) => [line.slice(0, 24), line] as const),
)('a word without an end is judged like any other: %s', (_name, line) => {
  const text = `[Service]\nExecStart=/opt/x/y\n${line}\n`
  const {faults} = judge(
    {files: [{path: 'a.service', text}]},
    {rules: active, targets, manager: 'system'},
  )
  expect(faults).toEqual([])
})
