import type {Language} from './tellings.ts'
import {upTo} from '../../syntax/text.ts'

/**
 * Where the modules may be that a script loads from its own folder, a list for each, seen from
 * there; those of its language and of packages lie elsewhere.
 */
export function modulesIn(code: string, language: Language): ReadonlyArray<readonly string[]> {
  const found = new Map<string, readonly string[]>()
  const others = language === 'python' ? foldersAdded(code) : []
  for (const {loads, places} of loading[language]) {
    for (const [, name = '', names = ''] of code.matchAll(loads)) {
      for (const own of places(name, names)) {
        if (found.size >= mostModules) return [...found.values()]
        const added = others.flatMap((folder) => own.map((place) => `${folder}/${place}`))
        if (own.length > 0) found.set(own.join(' '), [...own, ...added])
      }
    }
  }
  return [...found.values()]
}

/**
 * The folders that a script of Python looks for modules in beside its own, seen from there: those
 * that it adds by a path without its root, and the one around its own, where it asks for the folder
 * of its folder.
 */
function foldersAdded(code: string): readonly string[] {
  const added = [...code.matchAll(/\bsys\.path\.(?:append|insert|extend)\(([^\n]{0,200})/g)]
  const folders = added.slice(0, 4).flatMap(([, told = '']) => {
    const named = [...told.matchAll(nearby)]
    const isAround =
      /\bdirname\(\s*(?:os\.path\.)?dirname\(|\.parent\.parent\b|\bparents\[1\]/.test(told)
    return [...named.map(([, folder = '']) => folder), ...(isAround ? ['..'] : [])]
  })
  return [...new Set(folders)]
}

/** A folder as it is seen from another. */
const nearby = /“((?:\.{1,2}\/){0,4}(?:[\w@+-][\w@.+/-]{0,64}|\.\.))\/?”/g

const mostModules = 128

interface Loading {
  /** What shows in code without comments that something is loaded; its groups are names. */
  readonly loads: RegExp
  /** The files that each of it may be. */
  readonly places: (name: string, names: string) => ReadonlyArray<readonly string[]>
}

const withEnds =
  (...ends: readonly string[]): Loading['places'] =>
  (name) => [['', ...ends].map((end) => `${name}${end}`)]

function ofPython(name: string): readonly string[] {
  const path = name.replace(/^\.+/, '').replaceAll('.', '/')
  return path === '' ? [] : [`${path}.py`, `${path}/__init__.py`]
}

/** What Django loads of an application or a part that is named: `shop`, `shop.apps.ShopConfig`. */
function ofApplication(name: string): ReadonlyArray<readonly string[]> {
  const [module = ''] = name.split(/\.(?=[A-Z])/)
  return [ofPython(module), ...['apps', 'models'].map((part) => ofPython(`${module}.${part}`))]
}

function ofPerl(name: string): ReadonlyArray<readonly string[]> {
  const path = `${name.replaceAll('::', '/')}.pm`
  return [[path, `lib/${path}`, `../lib/${path}`]]
}

function ofLua(name: string): ReadonlyArray<readonly string[]> {
  const path = name.replaceAll('.', '/')
  return [[`${path}.lua`, `${path}/init.lua`]]
}

function listed(names: string): readonly string[] {
  return names.split(',').map((name) => upTo(name.trim(), /\s/))
}

const loading: Readonly<Record<Language, readonly Loading[]>> = {
  python: [
    {
      loads: /^[ \t]*import[ \t]+([\w., \t]{1,200})/gm,
      places: (names) => listed(names).map(ofPython),
    },
    {
      loads:
        /^[ \t]*from[ \t]+([\w.]{1,100})[ \t]+import\b[ \t]*(\([\w,\s]{1,1000}|[\w, \t*]{1,200})/gm,
      places: (name, names) => [
        ofPython(name),
        ...listed(names.replace('(', '')).map((one) =>
          // What begins with a capital letter is a class.
          /^[a-z_]/.test(one) ? ofPython(`${name}.${one}`) : [],
        ),
      ],
    },
    {
      // Django loads what its settings and its routes name.
      loads:
        /(?:\bROOT_URLCONF\s{0,8}=|\bDJANGO_SETTINGS_MODULE”[\s\]]{0,8}[,=]|\binclude\()[\s(]{0,8}“([A-Za-z_][\w.]{0,100})”/g,
      places: (name) => [ofPython(name)],
    },
    {
      loads: /\b(?:\w{1,16}_APPS|MIDDLEWARE)\s{0,8}\+?=[\s[(]{1,16}(“[^\])]{1,4000})/g,
      places: (names) =>
        [...names.matchAll(/“([A-Za-z_][\w.]{0,100})”/g)].flatMap(([, name = '']) =>
          name.startsWith('django.') ? [] : ofApplication(name),
        ),
    },
  ],
  node: [
    {
      loads: /(?:\brequire\(|\bfrom\s|\bimport[\s(])\s*“(\.{1,2}\/[\w@./-]{1,200})”/g,
      places: withEnds('.js', '.mjs', '.cjs', '.ts', '/index.js'),
    },
  ],
  perl: [
    {loads: /^[ \t]*(?:use|require)[ \t]+([A-Z]\w{0,100}(?:::\w{1,100}){0,8})/gm, places: ofPerl},
    {loads: /\b(?:require|do)[ \t]+“([\w./-]{1,200})”/g, places: withEnds()},
  ],
  ruby: [
    {
      loads: /\b(?:require_relative|require|load)[\s(]{1,8}“([\w./-]{1,200})”/g,
      places: withEnds('.rb'),
    },
  ],
  php: [
    {
      loads:
        /\b(?:require|include)(?:_once)?\b[\s(]{0,8}(?:(?:__DIR__|dirname\(__FILE__\))\s{0,8}\.\s{0,8})?“\/?([\w./-]{1,200})”/g,
      places: withEnds(),
    },
  ],
  lua: [
    {loads: /\brequire[\s(]{0,8}“([\w./-]{1,200})”/g, places: ofLua},
    {loads: /\b(?:dofile|loadfile)[\s(]{0,8}“([\w./-]{1,200})”/g, places: withEnds()},
  ],
}
