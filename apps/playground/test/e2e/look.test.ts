import { describe, expect, test } from 'vitest'
import { isSkipped, log, picture, rightAnswer, stage, suggestions, type } from './stage.ts'

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

describe.skipIf(isSkipped)('the page', () => {
  const at = stage()

  test('texts of players never become markup', async () => {
    const evil = '<img src=x onerror=hit()>*_`'
    const page = await at.open(evil, 'injection')
    await page.evaluate(() => Object.assign(window, { hit: () => Object.assign(window, { wasHit: true }) }))
    await page.getByRole('combobox', { name: /^Message #/ }).fill('<script>hit()</script><b>bold</b> [link](javascript:hit()) **really bold**')
    await page.keyboard.press('Enter')
    await log(page).getByText('<script>hit()</script><b>bold</b> [link](javascript:hit())').waitFor()
    await type(page, 'play', { type: 'Fill', who: 'Everyone' })
    await log(page).getByRole('button', { name: /answer/i }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('<img src=x onerror=hit()> [x](http://evil.example)')
    await page.keyboard.press('Enter')
    await log(page).getByText(/Only you can see this/).waitFor()
    const grace = await at.open('Grace', 'injection')
    await log(grace).getByRole('button', { name: /answer/i }).click()
    await grace.getByRole('dialog').getByRole('textbox').fill(rightAnswer(at))
    await grace.keyboard.press('Enter')
    await log(page).getByText(/Grace wins the round/).waitFor()
    await picture(page, 'injection')
    for (const each of [page, grace]) {
      expect(await each.locator('.log img, .log script, .log b, .log a[href^="javascript"]').count()).toBe(0)
      // A bare address is a link to what it says, and never to something else.
      for (const link of await each.locator('.log a').all()) expect(await link.textContent()).toContain(new URL(await link.getAttribute('href') ?? '').host)
      expect(await each.evaluate(() => 'wasHit' in window)).toBe(false)
    }
    await page.locator('.log strong', { hasText: 'really bold' }).waitFor()
    // Whoever comes after finds the name in the list of people, as a text.
    expect(await page.getByRole('button', { name: evil }).count()).toBeGreaterThan(0)
  })

  test('another player with a click, another language', async () => {
    const page = await at.open('Ada')
    await page.getByRole('button', { name: 'Become Linus' }).click()
    await page.getByRole('button', { name: /^You are Linus/ }).waitFor()
    await page.getByRole('combobox', { name: /^Message #/ }).fill('/trivia')
    await suggestions(page).filter({ hasText: /spielen/ }).waitFor()
    // What only administrators may use is not offered to him.
    expect(await suggestions(page).filter({ hasText: /admin/ }).count()).toBe(0)
    await page.keyboard.press('Escape')
    expect(await suggestions(page).count()).toBe(0)
  })

  test('light and dark, by the system and by hand', async () => {
    const page = await at.open('Ada', 'general', { colorScheme: 'light' })
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('light')
    await picture(page, 'light')
    await page.getByRole('button', { name: 'Switch to dark colours' }).click()
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark')
    await picture(page, 'dark')
  })

  test('a phone: drawers for places and people, nothing wider than the window', async () => {
    const page = await at.open('Ada', 'general', PHONE)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await picture(page, 'phone')
    await page.getByRole('button', { name: 'Servers and channels' }).click()
    await page.getByRole('button', { name: 'arena' }).waitFor()
    await page.waitForTimeout(300)
    await picture(page, 'phone-places')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'People and workshop' }).click()
    await page.getByRole('tab', { name: 'Controls' }).click()
    await page.waitForTimeout(300)
    await picture(page, 'phone-controls')
  })

  test('everything can be reached with the keyboard', async () => {
    const page = await at.open('Ada')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the message box')
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowDown')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(/^Science Club/)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Science Club' }).waitFor()
    await page.getByRole('tab', { name: 'People' }).focus()
    await page.keyboard.press('ArrowRight')
    expect(await page.getByRole('tab', { name: /Activity/ }).getAttribute('aria-selected')).toBe('true')
  })

  test('the day’s question comes back when the clock is a day further', async () => {
    const page = await at.open('Alan', 'days')
    await type(page, 'daily')
    const question = page.getByRole('article').filter({ hasText: /Time is up/ }).last()
    await question.waitFor()
    await question.getByRole('button').first().click()
    const dialog = page.getByRole('dialog')
    if (await dialog.isVisible()) {
      await dialog.getByRole('textbox').fill(rightAnswer(at))
      await page.keyboard.press('Enter')
    }
    await expect.poll(() => at.rows("SELECT 1 FROM game_sessions s JOIN answers a ON a.user_id = s.user_id WHERE s.mode = 'daily'").length).toBe(1)
    await type(page, 'daily')
    await page.waitForTimeout(500)
    expect(at.rows("SELECT 1 FROM game_sessions WHERE mode = 'daily'").length).toBe(1)
    await page.getByRole('tab', { name: 'Controls' }).click()
    await page.getByRole('button', { name: '+ 1 day' }).click()
    await page.getByText('1 day ahead').waitFor()
    await type(page, 'daily')
    await expect.poll(() => at.rows("SELECT 1 FROM game_sessions WHERE mode = 'daily'").length).toBe(2)
    await picture(page, 'daily-next-day')
  })
})
