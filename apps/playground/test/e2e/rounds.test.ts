import { describe, expect, test } from 'vitest'
import { isSkipped, log, picture, rightAnswer, stage, type } from './stage.ts'

describe.skipIf(isSkipped)('a newcomer plays', () => {
  const at = stage()

  test('a question with options, from the welcome with one click', async () => {
    const page = await at.open('Newcomer')
    await picture(page, 'welcome-dark')
    await page.getByRole('button', { name: /Play three questions/ }).click()
    const question = page.getByRole('article').filter({ hasText: 'Question 1 of 3' })
    await question.waitFor()
    const countdown = question.locator('time', { hasText: /in \d+ seconds/ })
    const before = await countdown.textContent()
    await expect.poll(() => countdown.textContent(), { timeout: 5_000 }).not.toBe(before)
    if (await question.getByRole('button', { name: 'Answer' }).count() === 0) await question.getByRole('button', { name: rightAnswer(at), exact: true }).click()
    else {
      await question.getByRole('button', { name: 'Answer' }).click()
      await page.getByRole('dialog').getByRole('textbox').fill(rightAnswer(at))
      await page.keyboard.press('Enter')
    }
    await question.getByText(/Right answer/).waitFor()
    await log(page).getByRole('button', { name: 'Stop the game' }).click()
    await log(page).getByText(/Game over/).waitFor()
  })

  test('multiple choice and true or false, with the keyboard', async () => {
    const page = await at.open('Newcomer', 'with-buttons')
    for (const [index, kind] of ['Multiple choice', 'True or false'].entries()) {
      await type(page, 'play', { type: kind, who: 'Only me' })
      const question = page.getByRole('article').filter({ hasText: /Time is up/ }).last()
      await question.waitFor()
      const right = question.getByRole('button', { name: rightAnswer(at), exact: true })
      await right.focus()
      await page.keyboard.press('Enter')
      await expect.poll(() => log(page).getByText(/Right answer/).count()).toBe(index + 1)
    }
    await picture(page, 'rounds')
  })

  test('a typed answer: the focus goes into the form and back', async () => {
    const page = await at.open('Newcomer', 'typed')
    await type(page, 'play', { type: 'Fill', who: 'Only me' })
    const button = log(page).getByRole('button', { name: /answer/i })
    await button.waitFor()
    await button.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT')
    await picture(page, 'modal')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await dialog.getByRole('textbox').fill(rightAnswer(at))
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await log(page).getByText(/Right answer/).waitFor()
    expect(at.rows('SELECT 1 FROM answers WHERE is_correct = 1').length).toBeGreaterThanOrEqual(3)
  })

  test('categories complete themselves', async () => {
    const page = await at.open('Newcomer', 'categories')
    await type(page, 'play', { category: 'Spa', who: 'Only me' })
    await log(page).getByText(/· Space ·/).waitFor()
    await page.getByRole('tab', { name: /Activity/ }).click()
    await page.getByRole('list', { name: /Interactions/ }).getByText('/trivia play').first().waitFor()
    await page.getByRole('list', { name: /Interactions/ }).getByText(/\d+ ms/).first().waitFor()
  })
})
