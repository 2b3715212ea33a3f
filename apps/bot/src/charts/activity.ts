import type { ChartConfiguration } from 'chart.js'
import { drawPng, FONT } from './canvas.ts'
import { emptyNote, titleOf } from './layout.ts'
import { paletteOf } from './theme.ts'
import type { ActivityPicture, WeekOfAnswers } from './types.ts'

/** Bars of right and wrong answers by week, with accuracy as a line. PNG. */
export async function drawActivity(picture: ActivityPicture): Promise<Buffer> {
  const { weeks, labels, language } = picture
  const palette = paletteOf(picture.theme)
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 })
  const highest = Math.max(0, ...weeks.map(({ answered }) => answered))
  const played = highest > 0
  const bar = { type: 'bar', stack: 'answers', yAxisID: 'y', order: 2, maxBarThickness: 44, categoryPercentage: 0.72, barPercentage: 1 } as const
  const ticks = { color: palette.faint, font: { family: FONT, size: 12 } }
  const configuration: ChartConfiguration = {
    type: 'bar',
    data: {
      labels: weeks.map(({ label }) => label),
      datasets: [
        {
          type: 'line', label: labels.accuracy, yAxisID: 'accuracy', order: 1, data: weeks.map(accuracy), spanGaps: true, clip: false,
          borderColor: palette.line, borderWidth: 3, cubicInterpolationMode: 'monotone',
          pointRadius: 4.5, pointBackgroundColor: palette.background, pointBorderColor: palette.line, pointBorderWidth: 2.5, pointStyle: 'circle',
        },
        { ...bar, label: labels.right, data: weeks.map(right), backgroundColor: palette.right, borderRadius: weeks.map((week) => (wrong(week) > 0 ? 0 : TOP)) },
        { ...bar, label: labels.wrong, data: weeks.map(wrong), backgroundColor: palette.wrong, borderRadius: TOP },
      ],
    },
    options: {
      layout: { padding: { top: 18, right: 22, bottom: 14, left: 20 } },
      plugins: {
        title: titleOf(picture, palette),
        legend: {
          display: played, position: 'bottom',
          labels: { color: palette.text, usePointStyle: true, pointStyle: 'circle', boxHeight: 7, padding: 20, font: { family: FONT, size: 13 } },
        },
        tooltip: { enabled: false },
      },
      scales: {
        x: { stacked: true, grid: { display: false }, border: { color: palette.grid }, ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 8 } },
        y: {
          display: played, stacked: true, beginAtZero: true, suggestedMax: Math.max(4, highest),
          grid: { color: palette.grid }, border: { display: false },
          ticks: { ...ticks, padding: 6, precision: 0, maxTicksLimit: 6, callback: (value) => whole.format(Number(value)) },
        },
        accuracy: {
          display: played, position: 'right', min: 0, max: 1, grid: { display: false }, border: { display: false },
          ticks: { ...ticks, padding: 6, stepSize: 0.25, callback: (value) => percent.format(Number(value)) },
        },
      },
    },
    plugins: played ? [] : [emptyNote(labels.empty, palette)],
  }
  return drawPng(palette, configuration)
}

/** The rounded upper end of a bar, in pixels. */
const TOP = 5

const right = (week: WeekOfAnswers): number => Math.min(week.right, week.answered)

const wrong = (week: WeekOfAnswers): number => Math.max(0, week.answered - week.right)

/** None in a week without answers, over which the line goes on. */
const accuracy = (week: WeekOfAnswers): number | null => (week.answered > 0 ? right(week) / week.answered : null)
