import {readdir, readFile} from 'node:fs/promises'
import path from 'node:path'
import {top} from './top.mjs'

/**
 * The licences of all packages in bundles: they must go where the code goes.
 *
 * @param {readonly import('esbuild').Metafile[]} metafiles
 * @returns {Promise<string>}
 */
export async function licensesOf(metafiles) {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs))
  const folders = new Set(
    inputs.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  )
  const licenses = await Promise.all([...folders].toSorted().map(license))
  return licenses.join(`\n${'-'.repeat(80)}\n\n`)
}

/** @param {string} folder */
async function license(folder) {
  const {
    name,
    version,
    license: id,
  } = JSON.parse(await readFile(path.join(top, folder, 'package.json'), 'utf8'))
  const file = (await readdir(path.join(top, folder))).find((entry) => /^licen[cs]e/i.test(entry))
  if (!file) throw new Error(`Expected a licence file in ${folder}`)
  return `${name} ${version} (${id})\n\n${await readFile(path.join(top, folder, file), 'utf8')}`
}
