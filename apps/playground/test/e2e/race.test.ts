import { describe, expect, test } from 'vitest'
import { isSkipped, log, picture, rightAnswer, stage, type } from './stage.ts'

describe.skipIf(isSkipped)('a race', () => {
  const at = stage()

  test('between two windows: the first right answer wins, and both see it', async () => {
    const [ada, grace] = [await at.open('Ada', 'two-windows'), await at.open('Grace', 'two-windows')]
    await type(ada, 'play', { type: 'Multiple', who: 'Everyone' })
    const question = grace.getByRole('article').filter({ hasText: 'The first right answer wins' }).last()
    await question.waitFor()
    const right = rightAnswer(at)
    const seenByAda = ada.getByRole('article').filter({ hasText: 'The first right answer wins' }).last()
    const labels = await seenByAda.getByRole('button').allTextContents()
    await seenByAda.getByRole('button', { name: labels.find((label) => label !== right) ?? '', exact: true }).click()
    await log(ada).getByText(/Only you can see this/).waitFor()
    expect(await grace.getByText(/Only you can see this/).count()).toBe(0)
    await question.getByRole('button', { name: right, exact: true }).click()
    for (const page of [ada, grace]) await log(page).getByText(/Grace wins the round/).waitFor()
  })

  test('against ten simulated players', async () => {
    const page = await at.open('Ada', 'arena', { viewport: { width: 1440, height: 900 } })
    await page.getByRole('button', { name: 'Fast' }).click()
    await page.getByRole('slider', { name: /Right answers/ }).fill('30')
    await page.getByRole('button', { name: 'Let ten join' }).click()
    await page.getByText('simulated', { exact: true }).nth(9).waitFor()
    await type(page, 'play', { who: 'Everyone', rounds: '2' })
    await log(page).getByText(/wins the round:/).first().waitFor()
    await expect.poll(() => at.rows("SELECT 1 FROM answers a JOIN users u USING (user_id) WHERE u.name IN ('Nova', 'Mateo', 'Yuki', 'Amara', 'Oskar', 'Priya', 'Zoé', 'Tariq', 'Ingrid', 'Kofi')").length, { timeout: 8_000 }).toBeGreaterThan(1)
    await picture(page, 'race')
    await log(page).getByText(/Game over/).waitFor({ timeout: 30_000 })
    await picture(page, 'race-over')
    await page.getByRole('button', { name: 'Send them away' }).click()
    await type(page, 'leaderboard')
    await log(page).getByRole('article').last().getByRole('region').waitFor()
    await page.waitForTimeout(300)
    await picture(page, 'leaderboard')
  })
})
