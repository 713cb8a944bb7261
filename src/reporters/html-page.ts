/**
 * How the page looks; all colours have a contrast of 4.5 or more in either scheme (WCAG 2.2,
 * 1.4.3).
 */
export const style = `
:root{color-scheme:light dark;--ground:#fff;--raised:#f6f7f9;--ink:#1b1f24;--faint:#57606a;--line:#d5dae0;--link:#0a58b5;--red:#b42318;--amber:#8a5300;--green:#1a7037;--blue:#3a5b8c;--bar:#c9ced6;--mark:#ffe2a8;--on:#fff}
@media (prefers-color-scheme:dark){:root{--ground:#101418;--raised:#191f26;--ink:#e6eaef;--faint:#a3adb8;--line:#303943;--link:#7db7ff;--red:#ff8a80;--amber:#f5b84d;--green:#6bd08a;--blue:#9dbdf0;--bar:#4b5663;--mark:#3d2c06;--on:#101418}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:70rem;padding:1.5rem 1rem 3rem;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
h1{font-size:1.5rem;margin:0}
h1 span{font-weight:400}
h2{font-size:1.1rem;margin:0 0 .5rem;overflow-wrap:anywhere}
h3{font-size:.95rem;margin:1rem 0 .25rem}
h4{font-size:.875rem;margin:.5rem 0 .25rem;font-weight:600;color:var(--faint)}
p{margin:.25rem 0 .5rem}
header p,.place,.rule,.note,small{color:var(--faint)}
a{color:var(--link)}
code,pre{font:.875em/1.45 ui-monospace,monospace}
code{overflow-wrap:anywhere}
pre{margin:.35rem 0 0;padding:.35rem .6rem;background:var(--ground);border:1px solid var(--line);border-radius:4px;white-space:pre-wrap;overflow-wrap:anywhere}
mark{background:var(--mark);color:inherit;border-radius:2px}
section{margin:1.25rem 0}
.unit{padding:1rem;background:var(--raised);border:1px solid var(--line);border-radius:8px;content-visibility:auto;contain-intrinsic-size:auto 20rem}
.unit h2{font-family:ui-monospace,monospace;font-size:1rem}
.wide{overflow-x:auto;max-height:26rem;overflow-y:auto;border:1px solid var(--line);border-radius:8px}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;padding:.35rem .75rem;border-bottom:1px solid var(--line);white-space:nowrap}
tbody tr:last-child>*{border-bottom:0}
thead th{position:sticky;top:0;background:var(--raised);color:var(--faint);font-weight:600}
tbody th{font-weight:400;white-space:normal;overflow-wrap:anywhere;min-width:12rem}
.bar{width:10rem;height:.7rem;border-radius:3px;vertical-align:middle}
.bar .ground{fill:var(--line)}
.bar .before{fill:var(--bar)}
.total{font-variant-numeric:tabular-nums;font-weight:600;white-space:nowrap}
.total small{color:inherit;font-weight:400}
.dangerous,.unsafe,.error{color:var(--red);fill:var(--red)}
.exposed,.medium,.warning{color:var(--amber);fill:var(--amber)}
.ok,.safe,.perfect,.fine{color:var(--green);fill:var(--green)}
.info{color:var(--blue)}
.findings{list-style:none;margin:.5rem 0 0;padding:0}
.findings{max-width:60rem}
.finding{padding:.5rem 0;border-top:1px solid var(--line);overflow-wrap:anywhere}
.badge{display:inline-block;min-width:4.5rem;text-align:center;border:1px solid currentColor;border-radius:999px;font-size:.75rem;font-weight:600;line-height:1.4;padding:0 .5rem}
.place{font:.875em ui-monospace,monospace}
.plan ul{margin:0;padding-left:1.25rem;columns:20rem;column-gap:2.5rem;font-size:.9rem}
.plan li{break-inside:avoid}
.gain{display:inline-block;min-width:2.25rem;color:var(--faint);font-variant-numeric:tabular-nums}
#filter{position:sticky;top:0;z-index:1;display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;padding:.75rem 0;background:var(--ground);border-bottom:1px solid var(--line)}
#filter fieldset{border:0;margin:0;padding:0;display:flex;gap:1rem}
#filter label{display:inline-flex;align-items:center;gap:.4rem;min-height:1.75rem}
input[type=search]{font:inherit;color:inherit;background:var(--raised);border:1px solid var(--faint);border-radius:6px;padding:.3rem .6rem;width:16rem;max-width:100%}
input[type=checkbox]{width:1.1rem;height:1.1rem;margin:0}
output{color:var(--faint)}
footer{border-top:1px solid var(--line);padding-top:1.25rem}
dt{font:600 .9rem ui-monospace,monospace}
dd{margin:0 0 .75rem;font-size:.9rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
[hidden]{display:none!important}
:target{scroll-margin-top:4rem}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
@media (max-width:40rem){.bar{width:5rem}th,td{padding:.35rem .4rem}td .bar{width:3.5rem}tbody th{min-width:7rem}td small{display:none}#filter{position:static}input[type=search]{flex:1;width:auto;min-width:0}#filter>label{width:100%}.unit{padding:.75rem}}
@media print{:root{--ground:#fff;--raised:#fff;--ink:#000;--faint:#444;--line:#bbb;--link:#000;--red:#8f1b12;--amber:#6b4100;--green:#12542a;--blue:#2a4670;--bar:#bbb;--mark:#eee}body{max-width:none;padding:0;font-size:10pt}#filter{display:none}.wide{max-height:none;overflow:visible}.unit{content-visibility:visible;break-inside:auto;border:0;border-top:1px solid #bbb;border-radius:0;padding:.5rem 0}.finding,tr,dd{break-inside:avoid}h2,h3,h4{break-after:avoid}a{text-decoration:none}svg,mark,.badge{print-color-adjust:exact;-webkit-print-color-adjust:exact}thead th{position:static}}
`

/** Shows the units and findings that the reader asks for; without it the page has them all. */
export const script = `
'use strict'
{
  const form = document.getElementById('filter')
  if (form) {
    const units = [...document.querySelectorAll('.unit')].map((unit) => ({
      unit,
      name: unit.querySelector('h2').textContent.toLowerCase(),
      plan: unit.querySelector('.plan'),
      findings: [...unit.querySelectorAll('.finding')].map((finding) => ({finding, level: finding.dataset.level, words: finding.textContent.toLowerCase()})),
    }))
    const show = () => {
      const words = form.elements.words.value.trim().toLowerCase()
      const levels = new Set([...form.elements.severity].filter((box) => box.checked).map((box) => box.value))
      let shown = 0
      for (const {unit, name, plan, findings} of units) {
        const isNamed = name.includes(words)
        let some = 0
        for (const {finding, level, words: its} of findings) {
          finding.hidden = !levels.has(level) || !(isNamed || its.includes(words))
          if (!finding.hidden) some++
        }
        const isPlanned = plan !== null && levels.has('info') && (isNamed || plan.textContent.toLowerCase().includes(words))
        unit.hidden = some === 0 && !isPlanned && !(findings.length === 0 && isNamed && levels.has('info'))
        if (!unit.hidden) shown++
      }
      form.querySelector('output').textContent = shown + ' of ' + units.length + ' units'
      document.getElementById('none').hidden = shown > 0
    }
    form.addEventListener('input', show)
    form.addEventListener('submit', (event) => event.preventDefault())
    form.hidden = false
    show()
  }
}
`
