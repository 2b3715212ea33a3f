import Sqlite from 'better-sqlite3'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'
import { chromiumPath } from '../stage/chromium.ts'

const artefacts = resolve(import.meta.dirname, '../../test-artefacts')
export const isSkipped = inject('playground') === null

/** What a test can do with the playground and its browser. */
export interface Stage {
  readonly address: string
  /** A window of somebody's, in a channel. */
  open(as: string, channel?: string, options?: BrowserContextOptions): Promise<Page>
  rows<Row>(sql: string, ...parameters: readonly unknown[]): Row[]
}

/** A browser for one file's tests. No test may leave an error in a page's console. */
export function stage(): Stage {
  const { address, database } = inject('playground') ?? { address: '', database: '' }
  let browser: Browser | undefined
  let errors: string[] = []
  beforeAll(async () => {
    if (chromiumPath === undefined) return
    browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
  })
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close()
    if (browser !== undefined) await fetch(`${address}/api/dev/players`, { method: 'POST', body: JSON.stringify({ count: 0, speed: 'fast', hitRate: 0.3 }) })
    expect(errors.splice(0)).toEqual([])
    errors = []
  })
  afterAll(() => browser?.close())
  return {
    address,
    open: async (as, channel = 'general', options = {}) => {
      if (browser === undefined) throw new Error('There is no browser.')
      const page = await browser.newPage({ viewport: { width: 1360, height: 860 }, colorScheme: 'dark', ...options })
      page.setDefaultTimeout(12_000)
      page.on('console', (message) => {
        // What a test refuses on purpose is a failed request, which the browser reports by itself.
        if (message.type() === 'error' && !message.text().includes('422')) errors.push(message.text())
      })
      page.on('pageerror', (error) => errors.push(String(error)))
      page.on('request', (request) => {
        if (!request.url().startsWith(address) && !/^(?:data|blob):/.test(request.url())) errors.push(`loaded from outside: ${request.url()}`)
      })
      if (channel !== 'general') await makeChannel(address, channel)
      await page.goto(`${address}/?as=${encodeURIComponent(as)}`)
      await page.getByRole('log').waitFor()
      if (channel !== 'general') await page.getByRole('button', { name: channel, exact: true }).evaluate((element: HTMLElement) => element.click())
      await page.getByRole('heading', { name: `Welcome to #${channel}` }).waitFor()
      return page
    },
    rows: <Row>(sql: string, ...parameters: readonly unknown[]) => {
      const connection = new Sqlite(database, { readonly: true })
      try {
        return connection.prepare(sql).all(...parameters) as Row[]
      } finally {
        connection.close()
      }
    },
  }
}

async function makeChannel(address: string, name: string): Promise<void> {
  const { guilds } = await (await fetch(`${address}/api/control/state`)).json() as { guilds: { channels: { name: string }[] }[] }
  if (guilds[0]?.channels.some((channel) => channel.name === name) !== true) await fetch(`${address}/api/control/channel`, { method: 'POST', body: JSON.stringify({ name }), headers: { 'content-type': 'application/json' } })
}

/** Types a slash command as people do: the command, then its options, each name and value completed by Enter. */
export async function type(page: Page, command: string, options: Readonly<Record<string, string>> = {}): Promise<void> {
  await page.getByRole('combobox', { name: /^Message #/ }).fill(`/${command}`)
  await suggestions(page).first().waitFor()
  await page.keyboard.press('Enter')
  for (const [name, value] of Object.entries(options)) {
    await page.getByRole('combobox', { name: 'Add an option, or press Enter to send' }).fill(name)
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name, exact: true }).fill(value)
    const offered = await suggestions(page).first().and(suggestions(page).filter({ hasText: value })).waitFor({ timeout: 800 }).then(() => true, () => false)
    if (offered) await page.keyboard.press('Enter')
    else await page.getByRole('combobox', { name: /Enter to send/ }).focus()
  }
  await page.getByRole('combobox', { name: /Enter to send/ }).press('Enter')
}

/** What is offered above the message box. */
export function suggestions(page: Page): Locator {
  return page.getByRole('listbox').getByRole('option')
}

/** The messages. What is read out besides is no part of them. */
export function log(page: Page): Locator {
  return page.getByRole('log')
}

/** The newest round's right answer, as its button says it. */
export function rightAnswer(at: Stage): string {
  const [row] = at.rows<{ answer: string; type: string }>('SELECT q.correct_answer AS answer, q.question_type AS type FROM game_rounds r JOIN questions q ON q.id = r.question_id ORDER BY r.id DESC LIMIT 1')
  if (row === undefined) throw new Error('There is no round.')
  return row.type === 'true_false' ? (row.answer.trim().toLowerCase() === 'true' ? 'True' : 'False') : row.answer
}

/** Keeps a picture of a page, to be looked at. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(artefacts, { recursive: true })
  await page.screenshot({ path: join(artefacts, `${name}.png`), animations: 'disabled' })
}
