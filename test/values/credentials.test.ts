import {describe, expect, it} from 'vitest'
import {refused, said} from './said.ts'

describe('credentials', () => {
  it('are loaded from paths or others of their name', () => {
    expect(
      refused('Service.LoadCredential', [
        'foo',
        'foo:bar',
        'foo:/etc/x',
        'foo:',
        '%n:%h/x',
        'a b:c d',
      ]),
    ).toEqual([])
    const bad = [
      '/foo',
      '..',
      'foo:/etc/../x',
      'foo:/etc//x',
      'foo:a/b',
      'foo:..',
      'ä',
      ':x',
      '%z',
      'foo:%z',
      'x'.repeat(256),
    ]
    expect(refused('Service.LoadCredential', bad)).toEqual(bad)
    expect(refused('Service.LoadCredential', ['foo', 'foo:', 'foo:bar'], 247)).toEqual([
      'foo',
      'foo:',
    ])
  })

  it('are set to text or data', () => {
    expect(
      refused('Service.SetCredential', [
        'foo:bar',
        'foo:a\\nb',
        'foo:\\x00',
        'foo',
        'foo:',
        'foo:\\q',
        'a/b:c',
      ]),
    ).toEqual(['foo', 'foo:', 'foo:\\q', 'a/b:c'])
    expect(refused('Service.SetCredential', ['foo:'], 247)).toEqual([])
    expect(
      refused('Service.SetCredentialEncrypted', ['foo:QUJD', 'foo:QU JD', 'foo:QUJ', 'foo:QR==']),
    ).toEqual(['foo:QUJ', 'foo:QR=='])
  })

  it('are imported by name or beginning', () => {
    expect(
      refused('Service.ImportCredential', [
        'foo',
        'foo.*',
        '*',
        'foo*:bar',
        '*foo',
        'f?o',
        '[a]',
        'foo:a/b',
      ]),
    ).toEqual([...['*foo', 'f?o', '[a]', 'foo:a/b']])
    expect(refused('Service.ImportCredential', ['foo*:bar'], 254)).toEqual(['foo*:bar'])
  })
})

describe('files to open', () => {
  it('have a path, a name and options', () => {
    expect(
      refused('Service.OpenFile', [
        '/a',
        '/a/../b',
        '/a:fd:read-only,graceful',
        '/ä:fd',
        '/a::append',
        '/a\\x3ab:fd',
      ]),
    ).toEqual([])
    const bad = [
      'a',
      '/',
      '/..',
      '/ä',
      '/a:ä',
      '/a:fd:bad',
      '/a:fd:read-only,append',
      '/a:fd:graceful,graceful',
      '/a:fd:append:x',
      '/a\\:b',
      '%h',
    ]
    expect(refused('Service.OpenFile', bad)).toEqual(bad)
    expect(said('Service.OpenFile=/a:fd:ro')).toEqual([
      '6-8 line: Expected some of `read-only`, `append`, `truncate` and `graceful` behind the second colon',
    ])
  })
})
