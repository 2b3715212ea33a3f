import { Markup } from './tag.ts'

/** Colours, light and dark. Texts have a contrast of at least 4.5 to 1 to what is behind them, bars 3 to 1; in grey, what was kept is told from the rest. */
const colours = `
:root {
  color-scheme: light;
  --ground: #f4f5f8; --surface: #fff; --field: #eef0f5; --line: #d9dce5; --grid: #e3e6ee; --text: #1d2130; --soft: #5a6072;
  --good: #14703f; --good-ground: #e2f5ea; --fair: #865100; --fair-ground: #fdf0d8; --bad: #b3232f; --bad-ground: #fdeaec;
  --kept: #8590ad; --changed: #a86200; --added: #0f7a45; --lost: #b81e30; --quarantined: #6f3cc3; --archived: #0b7285; --step: #2f5fc4; --span: #6a8cdc; --held: #ffd98a; --unused: #c3c9d8;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --ground: #14161d; --surface: #1d2029; --field: #272b37; --line: #373c4b; --grid: #2e3340; --text: #e7e9f0; --soft: #a4abbf;
    --good: #62d69a; --good-ground: #17362a; --fair: #f2bb5c; --fair-ground: #3a2d14; --bad: #ff8a92; --bad-ground: #421d24;
    --kept: #7583a8; --changed: #e69a2b; --added: #35b877; --lost: #f0616c; --quarantined: #a985f0; --archived: #3fb6c9; --step: #6c97f5; --span: #4a70c0; --held: #4f3c12; --unused: #4a5164;
  }
}`

const text = `
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif; overflow-wrap: anywhere; }
main { max-inline-size: 1040px; margin: 0 auto; padding: 20px 16px 0; display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px; }
header, section { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; padding: 20px 22px; }
h1, h2, h3, h4, p, ul, ol, dl, dd, figure, pre { margin: 0; }
h1 { font-size: 30px; line-height: 1.2; } h2 { font-size: 20px; line-height: 1.3; } h3 { font-size: 16px; margin-block: 18px 6px; } h4 { font-size: 13px; color: var(--soft); font-weight: 600; }
ul, ol { padding-inline-start: 22px; }
code, pre { font-family: ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: 13px; }
code { background: var(--field); border-radius: 4px; padding: 1px 5px; unicode-bidi: isolate; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
pre { background: var(--field); border-radius: 8px; padding: 10px 12px; overflow-x: auto; overflow-wrap: normal; unicode-bidi: isolate; margin-block-start: 8px; } pre.command { white-space: pre-wrap; overflow-wrap: anywhere; }
.soft, .lead { color: var(--soft); }
.lead { margin-block: 2px 14px; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.badge { display: inline-block; font-size: 13px; font-weight: 600; line-height: 1.5; padding: 1px 8px; border-radius: 99px; background: var(--field); color: var(--soft); }
.badge.good { background: var(--good-ground); color: var(--good); } .badge.fair { background: var(--fair-ground); color: var(--fair); } .badge.bad { background: var(--bad-ground); color: var(--bad); }
details { margin-block-start: 12px; } summary { cursor: pointer; color: var(--soft); padding-block: 4px; }
:focus-visible { outline: 2px solid var(--step); outline-offset: 2px; border-radius: 4px; }
footer { max-inline-size: 1040px; margin: 0 auto; padding: 16px 20px 32px; color: var(--soft); font-size: 14px; }`

const head = `
header { border-block-start: 6px solid var(--soft); }
header.good { border-block-start-color: var(--good); } header.fair { border-block-start-color: var(--fair); } header.bad { border-block-start-color: var(--bad); }
header.good .mark { color: var(--good); } header.fair .mark { color: var(--fair); } header.bad .mark { color: var(--bad); }
.kind { color: var(--soft); } h1 .of { font-weight: 400; color: var(--soft); }
.sentence { font-size: 18px; margin-block: 8px 16px; max-inline-size: 70ch; }
.tiles { display: flex; flex-wrap: wrap; gap: 8px; margin-block-end: 12px; } .tiles > div { background: var(--field); border-radius: 8px; padding: 6px 12px; min-inline-size: 92px; }
.tiles dt { font-size: 13px; color: var(--soft); } .tiles dd { font-weight: 600; font-variant-numeric: tabular-nums; }
.failure { border-inline-start: 4px solid var(--bad); padding-inline-start: 14px; margin-block-start: 10px; } .failure dt { font-size: 13px; color: var(--soft); margin-block-start: 8px; }
.details { margin-block-start: 10px; } .details li { margin-block-end: 3px; }
.checklist { list-style: none; padding: 0; margin-block-start: 10px; display: grid; gap: 6px; } .objects { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); gap: 6px 16px; }`

const pictures = `
.legend { list-style: none; padding: 0; margin-block-end: 10px; display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 13px; color: var(--soft); } .legend li { display: flex; align-items: center; gap: 6px; }
svg { display: block; overflow: visible; }
.kept { fill: var(--kept); } .changed { fill: var(--changed); } .added { fill: var(--added); } .lost, .failed { fill: var(--lost); } .quarantined { fill: var(--quarantined); } .archived { fill: var(--archived); } .track { fill: var(--field); } .unused { fill: var(--unused); }
.step { fill: var(--step); } .span { fill: var(--span); } .held { fill: var(--held); } .grid { stroke: var(--grid); } .tick { fill: var(--soft); font-size: 12px; }
.before { fill: var(--kept); } .after { fill: var(--step); } .slower { fill: var(--lost); stroke: var(--lost); } .between { stroke: var(--kept); stroke-width: 2; } line.slower { stroke-width: 2; }
.lane { display: grid; grid-template-columns: minmax(0, 190px) minmax(0, 1fr) 84px; column-gap: 14px; align-items: center; }
.lane > b, .lane > i { font-weight: 500; font-style: normal; font-size: 14px; line-height: 1.3; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; } .lane.inner > i { color: var(--soft); font-size: 13px; padding-inline-start: 14px; }
.lane > span { text-align: end; font-size: 14px; font-variant-numeric: tabular-nums; } .lane.inner > span { color: var(--soft); font-size: 13px; }
.accounts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 440px), 1fr)); gap: 16px 28px; margin-block-end: 18px; } .account { display: grid; grid-template-columns: 46px minmax(0, 1fr) minmax(52px, max-content); gap: 3px 10px; align-items: center; align-content: start; font-size: 13px; } .account .name { grid-column: 1 / -1; font-size: 14px; }
.bar { display: contents; } .bar > span { color: var(--soft); }
@media (max-width: 640px) {
  main { padding: 10px 8px 0; gap: 10px; } header, section { padding: 16px 14px; } h1 { font-size: 24px; } .sentence { font-size: 17px; }
  .lane { grid-template-columns: minmax(0, 1fr) max-content; } .lane > svg { grid-row: 2; grid-column: 1 / -1; } .lane > b, .lane > i { grid-row: 1; grid-column: 1; } .lane > span { grid-row: 1; grid-column: 2; } .lane > * { position: relative; } .lane > :not(svg) { z-index: 1; } .lane.axis > b, .lane.axis > span { display: none; }
  .lane .held { y: -22px; height: 52px; }
}`

const tables = `
.scroll { overflow-x: auto; margin-block-start: 8px; border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: collapse; inline-size: 100%; font-size: 14px; } caption { text-align: start; padding: 8px 12px; color: var(--soft); font-size: 13px; }
th, td { padding: 6px 12px; border-block-start: 1px solid var(--line); text-align: start; vertical-align: top; overflow-wrap: normal; min-inline-size: 60px; } thead th { color: var(--soft); font-size: 13px; font-weight: 600; vertical-align: bottom; } tbody th { font-weight: 500; }
th.text, td.text { overflow-wrap: anywhere; min-inline-size: 130px; } th.number, td.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; } .number { text-align: end; font-variant-numeric: tabular-nums; }
.facts > div { padding-block: 8px; border-block-start: 1px solid var(--line); } .facts dt { font-weight: 600; } .facts dd { margin-block-start: 3px; font-size: 14px; }
.diff span { display: block; } .diff span span { display: inline; } .diff .unseen { position: absolute; } .diff { padding-inline: 0; } .diff > span { padding-inline: 12px; min-inline-size: max-content; }
.plus { background: var(--good-ground); color: var(--good); } .minus { background: var(--bad-ground); color: var(--bad); }
.plan, .finding { border-block-start: 1px solid var(--line); padding-block: 4px 12px; margin-block-start: 12px; } .plan.worse { border-inline-start: 4px solid var(--bad); padding-inline-start: 12px; } .plan h3, .finding h3 { margin-block-start: 8px; }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 280px), 1fr)); gap: 8px 24px; } .sides ul { list-style: none; padding: 0; } .sides li { margin-block-start: 3px; }`

/** On paper all is open, nothing is cut in two, and nothing has a ground that costs ink. */
const paper = `
@media print {
  @page { margin: 14mm; }
  :root { --ground: #fff; --surface: #fff; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { font-size: 11pt; } main { display: block; padding: 0; max-inline-size: none; } header, section { border-radius: 0; border-inline: 0; border-block-end: 0; padding: 10px 0; margin-block-end: 8px; }
  h2, h3, h4, summary, caption, .lead, .legend { break-after: avoid; } tr, .lane, .account, .plan, .finding, .failure, .facts > div, .tiles, .objects li, .diff > span { break-inside: avoid; } thead { display: table-header-group; }
  details::details-content { content-visibility: visible; block-size: auto; } summary { list-style: none; } summary::-webkit-details-marker { display: none; }
  .scroll { overflow: visible; border: 0; } table { font-size: 9pt; } th, td { padding: 3px 6px; min-inline-size: 0; } th.text, td.text { min-inline-size: 60px; } pre { overflow: visible; white-space: pre-wrap; overflow-wrap: anywhere; } .diff > span { min-inline-size: 0; }
}`

/** The page's style sheet. */
export const style = Markup.of([colours, text, head, pictures, tables, paper].join('\n'))
