import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas'
import { Chart, type ChartConfiguration, type Plugin, registerables } from 'chart.js'
import type { Palette } from './theme.ts'

/** Of the picture as it is shown; the file has twice as many pixels each way. */
export const WIDTH = 800
export const HEIGHT = 400
const SCALE = 2

/** Own names, so that a machine's other version of the font is never taken. */
export const FONT = 'Trivia Sans'

// Fonts and parts of charts are registered in the libraries themselves, once, with the first picture.
Chart.register(...registerables)
for (const file of ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf']) GlobalFonts.registerFromPath(join(fontFolder(), file), FONT)

/** Draws a chart on the theme's background. */
export async function drawPng(palette: Palette, configuration: ChartConfiguration): Promise<Buffer> {
  const canvas = createCanvas(WIDTH, HEIGHT)
  const chart = new Chart(canvas, {
    ...configuration,
    plugins: [background(palette), ...(configuration.plugins ?? [])],
    options: { ...configuration.options, animation: false, responsive: false, devicePixelRatio: SCALE, events: [] },
  })
  try {
    return await canvas.encode('png')
  } finally {
    chart.destroy()
  }
}

/** Paints something of our own on a chart, and leaves the pens as they were. */
export function paint(chart: Chart, draw: (context: SKRSContext2D) => void): void {
  // chart.js names a page's context, whose type is unknown without a page. It is the canvas's own.
  const context = chart.ctx as unknown as SKRSContext2D
  context.save()
  draw(context)
  context.restore()
}

function background(palette: Palette): Plugin {
  return {
    id: 'background',
    beforeDraw: (chart) => paint(chart, (context) => {
      context.fillStyle = palette.background
      context.fillRect(0, 0, chart.width, chart.height)
    }),
  }
}

function fontFolder(): string {
  return join(dirname(fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/package.json'))), 'ttf')
}
