import { execFileSync } from 'node:child_process'
import { createCanvas, GlobalFonts, loadImage } from '@napi-rs/canvas'
import { describe, expect, test } from 'vitest'
import { drawActivity, drawBreakdown, isTheme, type ActivityPicture, type BreakdownPicture } from '../../src/charts/index.ts'

const labels = { right: 'Right', wrong: 'Wrong', accuracy: 'Accuracy', empty: 'Nothing played yet' }
const themes = ['default', 'dark', 'light'] as const

const activity: ActivityPicture = {
  theme: 'default', title: 'The last weeks', language: 'en', labels,
  weeks: Array.from({ length: 12 }, (_, week) => ({ label: `${week + 1} Nov`, answered: (week * 37) % 90, right: Math.floor(((week * 37) % 90) * 0.7) })),
}
const breakdown: BreakdownPicture = {
  theme: 'default', title: 'Accuracy by category', language: 'de', labels,
  rows: ['Geschichte', 'Wissenschaft und Natur', 'Géographie', 'Música', 'Zürich žščř'].map((label, row) => ({ label, right: row * 10, answered: 50 })),
}

/** The pixels of a picture as red, green and blue. */
async function pixels(png: Buffer): Promise<{ width: number; height: number; at: (x: number, y: number) => string; colours: () => ReadonlySet<string> }> {
  const image = await loadImage(png)
  const context = createCanvas(image.width, image.height).getContext('2d')
  context.drawImage(image, 0, 0)
  const { data } = context.getImageData(0, 0, image.width, image.height)
  const colour = (index: number): string => `#${data.subarray(index, index + 3).reduce((text, value) => text + value.toString(16).padStart(2, '0'), '')}`
  return {
    width: image.width, height: image.height,
    at: (x, y) => colour((y * image.width + x) * 4),
    colours: () => new Set(Array.from({ length: data.length / 4 }, (_, pixel) => colour(pixel * 4))),
  }
}

describe.each(themes)('in the theme %s', (theme) => {
  const pictures: [string, () => Promise<Buffer>, string[]][] = [
    ['activity', () => drawActivity({ ...activity, theme }), { default: ['#6ee7b7', '#5b5f85', '#ffc857'], dark: ['#3fb98a', '#41444c', '#f0b232'], light: ['#2a9d74', '#cbd0dc', '#d9720b'] }[theme]],
    ['breakdown', () => drawBreakdown({ ...breakdown, theme }), { default: ['#ff7b89', '#ffc857', '#6ee7b7'], dark: ['#e5606d', '#f0b232', '#3fb98a'], light: ['#d64558', '#d9930b', '#2a9d74'] }[theme]],
  ]
  test.each(pictures)('%s is a sharp PNG of at most 200 kB, with its colours and a background to the edge', async (_, draw, colours) => {
    const png = await draw()
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect(png.length).toBeLessThan(200_000)
    const picture = await pixels(png)
    expect([picture.width, picture.height]).toEqual([1600, 800])
    const background = { default: '#2b2d42', dark: '#111214', light: '#ffffff' }[theme]
    for (const [x, y] of [[0, 0], [1599, 0], [0, 799], [1599, 799]] as const) expect(picture.at(x, y)).toBe(background)
    const found = picture.colours()
    for (const colour of colours) expect(found, colour).toContain(colour)
  })
})

describe('nothing to show, or too much', () => {
  test.each<[string, Partial<ActivityPicture>]>([
    ['no weeks', { weeks: [] }],
    ['weeks without answers', { weeks: activity.weeks.map(({ label }) => ({ label, answered: 0, right: 0 })) }],
    ['one answer', { weeks: [{ label: 'now', answered: 1, right: 1 }] }],
    ['a year', { weeks: Array.from({ length: 52 }, (_, week) => ({ label: `week ${week}`, answered: week * 1000, right: week * 900 })) }],
    ['more right than answered, in broken data', { weeks: [{ label: 'now', answered: 1, right: 3 }] }],
    ['a title without end', { title: 'Long '.repeat(100) }],
  ])('activity: %s', async (_, change) => {
    expect((await drawActivity({ ...activity, ...change })).length).toBeGreaterThan(5000)
  })

  test.each<[string, Partial<BreakdownPicture>]>([
    ['no rows', { rows: [] }],
    ['rows without answers', { rows: [{ label: 'x', right: 0, answered: 0 }] }],
    ['forty rows with long names', { rows: Array.from({ length: 40 }, (_, row) => ({ label: `A very long category ${row} `.repeat(5), right: row, answered: 40_000 })) }],
  ])('breakdown: %s', async (_, change) => {
    expect((await drawBreakdown({ ...breakdown, ...change })).length).toBeGreaterThan(5000)
  })

  test('a theme of an older database, unknown today, is drawn as the default one', async () => {
    const old = await drawBreakdown({ ...breakdown, theme: 'neon' as 'dark' })
    expect(old.equals(await drawBreakdown(breakdown))).toBe(true)
    expect(isTheme('neon')).toBe(false)
    expect(isTheme('toString')).toBe(false)
    expect(isTheme('dark')).toBe(true)
  })
})

test('the same numbers give the same picture, also when drawn at once', async () => {
  const pictures = await Promise.all([drawActivity(activity), drawBreakdown(breakdown), drawActivity(activity)])
  expect(pictures[0].equals(pictures[2])).toBe(true)
  expect(pictures[0].equals(pictures[1])).toBe(false)
})

test('a picture takes little time after the first', async () => {
  await drawActivity(activity)
  const started = performance.now()
  for (let i = 0; i < 5; i++) await drawActivity(activity)
  expect((performance.now() - started) / 5).toBeLessThan(500)
})

test('loading the module loads neither the canvas nor chart.js', () => {
  const program = `
    import { registerHooks } from 'node:module'
    const loaded = []
    registerHooks({ resolve: (name, context, next) => { loaded.push(name); return next(name, context) } })
    const { drawBreakdown } = await import(${JSON.stringify(new URL('../../src/charts/index.ts', import.meta.url).href)})
    const before = loaded.filter((name) => /canvas|chart\\.js|dejavu/.test(name))
    await drawBreakdown({ theme: 'dark', title: 'x', language: 'en', labels: { empty: 'x' }, rows: [] })
    console.log(JSON.stringify([before, loaded.includes('chart.js')]))`
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' })
  expect(JSON.parse(output)).toEqual([[], true])
})

test('text is drawn in the fonts that come along, not in what a machine happens to have', async () => {
  await drawBreakdown(breakdown)
  const fonts = GlobalFonts.families.find(({ family }) => family === 'Trivia Sans')
  expect(fonts?.styles.map(({ weight }) => weight).sort()).toEqual([400, 700])
  // With the machine's own fonts left out, the child has no others.
  const program = `
    const { drawBreakdown } = await import(${JSON.stringify(new URL('../../src/charts/index.ts', import.meta.url).href)})
    process.stdout.write((await drawBreakdown(${JSON.stringify(breakdown)})).toString('base64'))`
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8', env: { PATH: process.env.PATH, DISABLE_SYSTEM_FONTS_LOAD: '1' } })
  expect((await drawBreakdown(breakdown)).toString('base64')).toBe(output)
})
