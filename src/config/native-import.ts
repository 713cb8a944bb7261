/**
 * The namespace of a module, by its URL. It stands alone: code that was kept compiled cannot import
 * by itself.
 */
export async function nativeImport(url: string): Promise<unknown> {
  return import(/* @vite-ignore */ url)
}
