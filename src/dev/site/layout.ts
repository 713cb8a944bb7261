import type {RenderedPage} from './markdown.ts'

/** A page among the others. */
export interface PageLink {
  readonly to: string
  readonly title: string
}

/** A page of the site as a document. */
export function layout(
  page: PageLink,
  shown: RenderedPage,
  navigation: ReadonlyArray<readonly [title: string, places: readonly PageLink[]]>,
): string {
  const root = '../'.repeat(page.to.split('/').length - 1)
  const link = ({to, title}: PageLink): string =>
    `<a href="${root}${to}"${to === page.to ? ' aria-current="page"' : ''}>${escape(title)}</a>`
  const groups = navigation.map(
    ([title, places]) =>
      `<h2>${escape(title)}</h2><ul>${places.map((place) => `<li>${link(place)}</li>`).join('')}</ul>`,
  )
  const headings = shown.headings.map(
    ({id, text}) => `<li><a href="#${escape(id)}">${escape(text)}</a></li>`,
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:">
<title>${escape(page.title)}${page.to === 'index.html' ? '' : ' · unitlint'}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${root}style.css">
<script src="${root}site.js" data-root="${root}" defer></script>
</head>
<body>
<a class="skip" href="#content">Skip to the text</a>
<header>
<a class="name" href="${root}index.html">unitlint</a>
<div class="search" role="search"><input type="search" id="search" placeholder="Search rules, directives, guides" aria-label="Search" autocomplete="off" hidden><div id="found" aria-live="polite" hidden></div></div>
<a href="${root}playground/index.html">Playground</a>
<button id="theme" type="button" hidden>Dark</button>
</header>
<div class="page">
<nav aria-label="Pages"><details id="menu"><summary>Pages</summary>${groups.join('')}</details></nav>
<main id="content" tabindex="-1">
${headings.length > 2 ? `<aside aria-label="On this page"><ul>${headings.join('')}</ul></aside>` : ''}
${shown.html}
</main>
</div>
</body>
</html>
`
}

/** A text where HTML has texts or values in quotes. */
function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
