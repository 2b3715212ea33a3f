import type { ReportDocument } from '../document.ts'
import { outcomeWords } from '../sentence.ts'
import { moment } from '../words.ts'
import { bot } from './bot.ts'
import { checklist, figures, forecasts, lint, verifications } from './checks.ts'
import { backups, failure, head, notes } from './head.ts'
import { plans } from './plans.ts'
import { sizes } from './sizes.ts'
import { structure } from './structure.ts'
import { style } from './style.ts'
import { tables } from './tables.ts'
import { html, type Markup } from './tag.ts'
import { waterfall } from './waterfall.ts'

/** Nothing from anywhere: no script, no font, no request. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

/** The parts in the order in which a reader wants them: first what went wrong, last what explains it. */
const parts: readonly ((document: ReportDocument) => Markup | null)[] = [
  failure, checklist, tables, waterfall, bot, structure, plans, forecasts, verifications, lint, figures, sizes, backups, notes,
]

/** A report as one HTML page that needs nothing else: readable on a phone, in the dark and on paper. */
export function renderReport(document: ReportDocument): string {
  const name = document.database.split(/[\\/]/).at(-1) ?? document.database
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${outcomeWords[document.outcome]}: ${name}, ${moment(document.time)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<main>
${head(document)}
${parts.map((part) => part(document))}
</main>
<footer>Everything on this page is in the JSON file of the same name beside it.</footer>
</body>
</html>
`.toString()
}
