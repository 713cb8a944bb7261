import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it, test} from 'vitest'
import {presets} from '../../configs/index.ts'
import {presetOptions} from '../../configs/options.ts'
import {judge} from '../../src/engine/judge.ts'
import type {Judgement} from '../../src/engine/judge.ts'
import {target} from '../../src/facts/targets.ts'
import {serviceKinds} from '../../src/needs/programs/tables/kinds.ts'

const docs = path.join(import.meta.dirname, '../../docs/profiles')
const debian = target('debian-13')

function fixed(preset: string, text: string): Judgement {
  const options = presetOptions(preset)
  if (!options || !debian) throw new Error(`No preset ${preset}`)
  return judge(
    {files: [{path: 'example.service', text}]},
    {...options, targets: [debian], fix: 'safe'},
  )
}

test('there is a preset for each kind of service, closed', () => {
  for (const kind of serviceKinds)
    expect(presets[kind]?.profile, kind).toMatchObject({closed: true})
})

describe.each(serviceKinds.filter((kind) => kind !== 'backup-job'))('the page of %s', (kind) => {
  const page = readFileSync(path.join(docs, `${kind}.md`), 'utf8')
  const unit = /```ini\n# [\w.-]+\n(.*?)```/s.exec(page)?.[1] ?? ''

  it('has an example that is no more exposed than it says, under the profile and under `auto`', () => {
    const said = Number(/-> (\d\.\d)/.exec(page)?.[1]) * 10
    const [named, chosen] = [fixed(kind, unit), fixed('auto', unit)]
    expect(chosen.choice?.kind).toBe(kind)
    for (const {exposure} of [named, chosen]) {
      expect(exposure?.after).toBeLessThanOrEqual(Math.round(said))
      expect(exposure?.after).toBeLessThan(fixed('hardened', unit).exposure?.after ?? 0)
    }
  })

  it('has an example that is clean once it is fixed', () => {
    const [file] = fixed(kind, unit).files
    expect(file?.findings).toEqual([])
    expect(fixed(kind, file?.text ?? '').files[0]?.text).toBe(file?.text)
  })
})

describe('auto', () => {
  it('says nothing of what is no service, and that nothing fits', () => {
    const options = presetOptions('auto')
    if (!options) throw new Error('No preset auto')
    expect(
      judge({files: [{path: 'a.socket', text: '[Socket]\nListenStream=80\n'}]}, options).choice,
    ).toBeUndefined()
    expect(fixed('auto', '[Service]\nExecStart=/opt/x/x\n').choice).toEqual({
      because: 'nothing tells for sure what `x` needs',
    })
    expect(fixed('hardened', '[Service]\nExecStart=/opt/x/x\n').choice).toBeUndefined()
  })

  it.each([
    '[Service]\nExecStart=/opt/x/x\n',
    '[Service]\nExecStart=/usr/sbin/nginx\n',
    '[Service]\nUser=p\nExecStart=/usr/bin/prometheus-smokeping-exporter\n',
    '[Service]\nExecStart=/usr/sbin/php-fpm8.2 --nodaemonize\n',
    '[Service]\nUser=a\nExecStart=/usr/bin/node /srv/a/a.js\n',
  ])('never leaves a service more exposed than `hardened`: %s', (text) => {
    expect(fixed('auto', text).exposure?.after).toBeLessThanOrEqual(
      fixed('hardened', text).exposure?.after ?? 0,
    )
  })

  it('chooses the same once its own lines are there', () => {
    const text = '[Service]\nUser=a\nExecStart=/usr/bin/gunicorn a:a\n'
    const {files, choice} = fixed('auto', text)
    expect(fixed('auto', files[0]?.text ?? '').choice).toEqual(choice)
  })

  it('keeps what words make careful of, which a profile that is named does not', () => {
    const text = '[Service]\nUser=a\nExecStart=/opt/a/shield firewall --port 8080\n'
    const hasNetAdmin = (preset: string): boolean =>
      /CapabilityBoundingSet=.*NET_ADMIN|RestrictAddressFamilies=.*NETLINK/.test(
        fixed(preset, text).files[0]?.text ?? '',
      )
    expect(fixed('auto', text).choice?.kind).toBe('web-service')
    expect(fixed('auto', text).files[0]?.text).not.toContain('ProtectKernelModules=yes')
    expect(fixed('web-service', text).files[0]?.text).toContain('ProtectKernelModules=yes')
    expect(hasNetAdmin('auto')).toBe(true)
  })
})

describe('a closed profile', () => {
  const protection = (preset: string, lines: string): string | undefined =>
    /ProtectSystem=(\S+)/.exec(
      fixed(preset, `[Service]\nUser=a\n${lines}\nExecStart=/usr/bin/gitea web\n`).files[0]?.text ??
        '',
    )?.[1]

  it.each([
    'RuntimeDirectory=a',
    'ConfigurationDirectory=a',
    'LogsDirectory=a',
    'ReadWritePaths=/run/a',
    'PrivateTmp=yes',
  ])('does not take %s for all places that a service writes to', (line) =>
    expect(protection('web-service', line)).toBe('full'),
  )

  it.each(['StateDirectory=a', 'CacheDirectory=a', 'ReadWritePaths=/srv/a', 'BindPaths=/srv/a'])(
    'takes %s for all of them',
    (line) => expect(protection('web-service', line)).toBe('strict'),
  )
})
