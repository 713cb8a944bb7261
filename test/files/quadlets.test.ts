import {describe, expect, it} from 'vitest'
import {quadletServices} from '../../src/files/quadlets.ts'
import {hostOf} from '../../src/unit/host.ts'

function made(
  files: Readonly<Record<string, string>>,
  manager: 'system' | 'user' = 'system',
): string[] {
  return [...quadletServices(hostOf(files), manager)].toSorted()
}

describe('the services that Quadlet makes', () => {
  it('are of the files in its folders, and in folders there', () => {
    const files = {
      '/etc/containers/systemd/a.container': '',
      '/etc/containers/systemd/deep/er/b.volume': '',
      '/etc/containers/systemd/t@.container': '',
      '/etc/containers/systemd/readme.md': '',
      '/etc/containers/systemd/c.service': '',
      '/etc/containers/systemd/a.container.d/x.network': '',
      '/etc/containers/systemd/users/u.container': '',
      '/etc/containers/systemd/users/1000/v.container': '',
      '/run/containers/systemd/d.pod': '',
      '/usr/share/containers/systemd/e.kube': '',
      '/usr/share/containers/systemd/users/w.container': '',
      '/srv/f.container': '',
      '/run/containers/systemd/folder.container/g.container': '',
      '/run/containers/systemd/.container': '',
    }
    expect(made(files)).toEqual([
      'a.service',
      'b-volume.service',
      'd-pod.service',
      'e.service',
      'g.service',
      't@.service',
    ])
    expect(made(files, 'user')).toEqual(['u.service', 'v.service', 'w.service'])
    expect(made({})).toEqual([])
  })

  it.each([
    ['[Container]\nServiceName=other\n', 'other.service'],
    ['[Container]\nServiceName=one\nServiceName=other\n', 'other.service'],
    ['[Container]\nServiceName=one\n[Container]\nServiceName=other\n', 'other.service'],
    ['[Container]\nServiceName=other\nServiceName=\n', 'a.service'],
    ['[Container]\nServiceName=\n', 'a.service'],
    ['[Container]\nImage=x\n', 'a.service'],
    ['[Unit]\nServiceName=other\n', 'a.service'],
    ['[Volume]\nServiceName=other\n', 'a.service'],
    ['[Container]\n# ServiceName=other\n', 'a.service'],
    ['[Container]\nXServiceName=other\n', 'a.service'],
    ['ServiceName=other\n[Container]\n', 'a.service'],
    ['[Container]\nServiceName\n', 'a.service'],
    [`[Container]\n# ${'x'.repeat(64 * 1024)}\nServiceName=other\n`, 'a.service'],
  ])('have the name that a file says: %#', (text, service) => {
    expect(made({'/etc/containers/systemd/a.container': text})).toEqual([service])
  })

  it('are of so many folders as people have', () => {
    const folders = Array.from(
      {length: 300},
      (_, index) => [`/run/containers/systemd/${index}/${index}.container`, ''] as const,
    )
    expect(made(Object.fromEntries(folders))).toHaveLength(254)
  })
})
