import type { ActivityPicture, BreakdownPicture } from './types.ts'

export { createGallery, type Gallery } from './gallery.ts'
export { isTheme, type Theme } from './theme.ts'
export type { ActivityPicture, BreakdownPicture, BreakdownRow, WeekOfAnswers } from './types.ts'

// The canvas and chart.js take 150 ms and 30 MB to load: with the first picture, not with the bot.

/** The last weeks of a player as a PNG of 1600×800 pixels: right and wrong answers as bars, accuracy as a line. */
export async function drawActivity(picture: ActivityPicture): Promise<Buffer> {
  const { drawActivity: draw } = await import('./activity.ts')
  return draw(picture)
}

/** A player's accuracy by category or difficulty as a PNG of 1600×800 pixels. */
export async function drawBreakdown(picture: BreakdownPicture): Promise<Buffer> {
  const { drawBreakdown: draw } = await import('./breakdown.ts')
  return draw(picture)
}
