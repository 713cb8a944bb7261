declare global {
  interface Window {
    /**
     * Texts by the names of the scripts that put them here: a page that is opened from a disk may
     * not fetch, but it may run scripts beside it.
     */
    unitlintTexts?: Record<string, string>
  }
}

/** Run a script that lies beside the page. */
export async function run(name: string): Promise<void> {
  const script = document.createElement('script')
  script.src = `${name}.js`
  await new Promise<void>((resolve, reject) => {
    script.addEventListener('load', () => resolve())
    script.addEventListener('error', () =>
      reject(new Error(`${name}.js could not be loaded: is there a network?`)),
    )
    document.head.append(script)
  })
}

/** Have a script come, which is run later. */
export function foresee(name: string): void {
  const link = document.createElement('link')
  link.rel = 'preload'
  link.as = 'script'
  link.href = `${name}.js`
  document.head.append(link)
}

const coming = new Map<string, Promise<string>>()

/** The text that a script brings, once; what could not be loaded is tried again. */
export async function textOf(name: string): Promise<string> {
  const known = coming.get(name)
  if (known) return known
  const text = run(name).then(() => window.unitlintTexts?.[name] ?? '')
  coming.set(name, text)
  text.catch(() => coming.delete(name))
  return text
}
