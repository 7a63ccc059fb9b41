/** The one style sheet of the page: light and dark as the reader's system is, on paper, and on a telephone. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #fbfbfa; --ink: #1c2024; --quiet: #5f6770; --rule: #dcdfe3; --words: #1f6b3a; --wash: #f1f2f4;
  --good: #1f6b3a; --warning: #7d5300; --warning-wash: #fff4d6; --error: #a8201a; --error-wash: #fdeceb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #15181b; --ink: #e4e6e8; --quiet: #9aa2ab; --rule: #33393f; --words: #8fce9f; --wash: #1e2226;
    --good: #8fce9f; --warning: #e9b949; --warning-wash: #33290f; --error: #ff9b93; --error-wash: #3a1b19;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 72rem; padding: 1.5rem 1.25rem 4rem;
  background: var(--ground); color: var(--ink); font: 15px/1.45 system-ui, sans-serif;
}
h1 { font-size: 1.05rem; font-weight: 500; color: var(--quiet); margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2, h3, h4 { font-size: 1rem; margin: 0; display: inline; }
a { color: inherit; }
summary { cursor: pointer; }
.verdict { font-size: 1.35rem; font-weight: 600; margin: 0; }
.good { color: var(--good); } .warning { color: var(--warning); } .error { color: var(--error); }
.quiet { color: var(--quiet); font-weight: 400; }
code, .at, .value, .field { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace; font-size: .9em; }
ol, ul { margin: .5rem 0; padding-left: 1.4rem; }
header li { margin: .2rem 0; overflow-wrap: anywhere; }
nav { margin: 1rem 0; } nav ul { columns: 22rem; list-style: none; padding: 0; } nav li { break-inside: avoid; }
.interchange, .group, .set { margin-top: 1.5rem; border-top: 1px solid var(--rule); padding-top: .6rem; }
.interchange { border-top: 3px double var(--rule); }
dl { display: grid; grid-template-columns: 7rem 1fr; margin: .4rem 0; gap: 0 .75rem; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
.segment { margin: .5rem 0 0; }
div.segment, .missing { padding-left: .95rem; }
.head { font-weight: 600; }
.head .position { display: inline-block; min-width: 2.2rem; color: var(--quiet); font-weight: 400; }
.head code { display: inline-block; min-width: 2.4rem; font-weight: 700; }
.gist { margin-left: .75rem; }
details[open] > summary .gist { display: none; }
.inside { margin-left: .3rem; border-left: 1px solid var(--rule); padding-left: .65rem; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; margin: .1rem 0 .3rem; }
td { padding: .06rem .75rem .06rem 0; vertical-align: top; overflow-wrap: anywhere; unicode-bidi: isolate; }
td.at { width: 6.5rem; color: var(--quiet); } td.name { width: 26%; } td.value { font-weight: 600; }
td.words { width: 21%; color: var(--words); } td.field { width: 26%; color: var(--quiet); font-size: .82em; }
tr.part td.at { padding-left: .9rem; }
tr.wrong td { background: var(--error-wash); } tr.doubted td { background: var(--warning-wash); }
.told { list-style: none; margin: .15rem 0; padding: 0; }
.told li { padding: .2rem .6rem; border-left: 3px solid; margin: .15rem 0; overflow-wrap: anywhere; }
.told li.error { background: var(--error-wash); } .told li.warning { background: var(--warning-wash); }
.told li:target { outline: 2px solid; }
.missing { margin-top: .5rem; }
.torn { margin: .5rem 0; overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  body { padding: 1rem .75rem 3rem; }
  table, tbody { display: block; }
  tr { display: flex; flex-wrap: wrap; column-gap: .75rem; padding: .15rem 0; border-bottom: 1px solid var(--wash); }
  td, td.at, td.words, td.field { width: auto; padding: 0; }
  td.at { flex: 0 0 4.6rem; } td.name { width: auto; flex: 1 0 calc(100% - 6rem); } td.say { flex: 1 0 100%; }
  td:empty { display: none; }
  .inside { margin-left: 0; padding-left: .6rem; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav { display: none; }
  .segment, tr { break-inside: avoid; }
  details.segment { break-inside: auto; }
  details:not([open])::details-content { content-visibility: visible; display: block; }
}
`;
