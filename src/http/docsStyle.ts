/** How the documentation looks: on a phone one column, on a desk the contents beside it. */
export const style = `
:root { color-scheme: light dark; --ink: #1c2b2d; --quiet: #56676a; --line: #d5dfe0; --ground: #fff; --soft: #f2f6f6; --main: #0b6b5d; --act: #9a4a00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4ecec; --quiet: #a3b3b5; --line: #37474a; --ground: #141c1d; --soft: #1e292b; --main: #6fd0bf; --act: #f0b070; } }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--ground); font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
header, main, nav { padding: 0 16px; }
h1 { font-size: 1.5rem; margin: 20px 0 4px; }
h2 { font-size: 1.25rem; margin: 32px 0 8px; padding-bottom: 4px; border-bottom: 2px solid var(--main); }
h3 { font-size: 1.05rem; margin: 20px 0 4px; }
h4 { font-size: .95rem; margin: 14px 0 4px; color: var(--quiet); }
a { color: var(--main); }
i { font-style: normal; color: var(--quiet); font-size: .875rem; }
code, pre { font: .875rem/1.5 ui-monospace, Menlo, Consolas, "Noto Sans Mono CJK SC", monospace; }
code { overflow-wrap: anywhere; }
pre { margin: 4px 0; padding: 10px 12px; overflow-x: auto; background: var(--soft); border: 1px solid var(--line); border-radius: 6px; }
nav ul { display: flex; flex-wrap: wrap; gap: 0 14px; margin: 8px 0; padding: 0; list-style: none; }
nav a { display: inline-block; padding: 9px 0; }
.plain { padding-left: 20px; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 6px 8px 6px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { white-space: nowrap; }
td:nth-child(2) code { overflow-wrap: break-word; }
details { border: 1px solid var(--line); border-radius: 8px; margin: 8px 0; padding: 0 14px; }
details[open] { padding-bottom: 14px; }
summary { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 10px; min-height: 44px; padding: 10px 0; cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary code { font-weight: 600; font-size: 1rem; }
summary:focus-visible, a:focus-visible, pre:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
.query, .command { font-size: .8125rem; padding: 0 8px; border: 1px solid currentColor; border-radius: 10px; white-space: nowrap; }
.query { color: var(--main); }
.command { color: var(--act); }
.what { flex: 1 1 14em; }
.address { margin: 0; color: var(--quiet); }
.quiet { color: var(--quiet); margin: 8px 0 0; }
.fields, .who { margin: 0; padding: 0; list-style: none; }
.fields li { padding: 4px 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.fields b { color: var(--act); font-size: .8125rem; font-weight: 600; }
.fields span { margin-left: 4px; }
.fields i { margin-left: 4px; }
.d1 { padding-left: 20px !important; } .d2 { padding-left: 40px !important; } .d3 { padding-left: 60px !important; } .d4 { padding-left: 80px !important; }
@media (min-width: 960px) {
  body { display: grid; grid-template-columns: 220px minmax(0, 860px); gap: 0 32px; justify-content: center; }
  header { grid-column: 1 / -1; }
  nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; }
  nav ul { display: block; }
  nav a { padding: 4px 0; }
}
`
