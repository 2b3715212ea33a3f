import type { Question } from '../question.ts'

/** How a question is shown in Discord, whatever its length. */
export interface QuestionLayout {
  /** Whether buttons carry the options' texts, or letters whose texts stand in the embed. */
  readonly buttons: 'texts' | 'letters'
  /** The label of each option's button, in the order of `options`. */
  readonly labels: readonly string[]
  /** The descriptions of one embed or more, one after the other; question first, then the options where needed. */
  readonly descriptions: readonly string[]
  /** A picture that the question is about, which an embed shows only as its image. */
  readonly image: string | null
}

export const discordLimits = { buttonLabel: 80, url: 2048, description: 4096, fieldValue: 1024, embeds: 6000 } as const

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const PICTURE = /\bhttps:\/\/\S+\.(?:png|jpe?g|gif|webp)\b(?:\?\S*)?/i

/**
 * Decides how to show a question. Options go on the buttons while each fits into a label; otherwise the buttons are
 * A, B, C and the texts stand in the embed. A long text is spread over several embeds.
 *
 * @param escape takes the meaning from markup; limits apply to what it returns
 */
export function layoutQuestion(question: Pick<Question, 'text' | 'type' | 'options'>, escape: (text: string) => string = (text) => text): QuestionLayout {
  const { text, type, options } = question
  const found = PICTURE.exec(text)?.[0] ?? null
  const image = found !== null && found.length <= discordLimits.url ? found : null
  const asked = escape(image === null ? text : text.replace(image, '').replaceAll(/ {2,}/g, ' ').trim())
  // A label that shows nothing is refused by Discord.
  const fit = options.every((option) => option.length <= discordLimits.buttonLabel && /[\p{L}\p{N}\p{P}\p{S}]/u.test(option))
  if (type !== 'multiple_choice' || fit) return { buttons: 'texts', labels: options, descriptions: pieces([asked]), image }
  const listed = options.map((option, index) => `**${LETTERS[index] ?? index + 1}** ${escape(option)}`)
  return { buttons: 'letters', labels: options.map((_, index) => LETTERS[index] ?? String(index + 1)), descriptions: pieces([`${asked}\n`, ...listed]), image }
}

/** Texts that belong into one embed's field, cut where they are too long for it. */
export function cutTo(text: string, most: number): string {
  if (text.length <= most) return text
  const cut = text.slice(0, most - 1)
  // Not in the middle of a word if there is a space near the end, and never inside of a surrogate pair.
  const space = cut.lastIndexOf(' ')
  return `${(space > most * 0.8 ? cut.slice(0, space) : cut).replace(/[\uD800-\uDBFF]$/, '').trimEnd()}…`
}

/** Puts paragraphs together into as few descriptions as hold them; one that is too long by itself is split. */
function pieces(paragraphs: readonly string[]): string[] {
  const result: string[] = []
  let current = ''
  for (const paragraph of paragraphs.flatMap(split)) {
    const longer = current === '' ? paragraph : `${current}\n${paragraph}`
    if (longer.length <= discordLimits.description) current = longer
    else {
      result.push(current)
      current = paragraph
    }
  }
  return [...result, current].map((piece) => piece.trim()).filter((piece) => piece !== '')
}

function split(paragraph: string): string[] {
  const result: string[] = []
  let rest = paragraph
  while (rest.length > discordLimits.description) {
    const space = Math.max(rest.lastIndexOf(' ', discordLimits.description), rest.lastIndexOf('\n', discordLimits.description))
    const at = space > discordLimits.description / 2 ? space : discordLimits.description - (/[\uD800-\uDBFF]/.test(rest.charAt(discordLimits.description - 1)) ? 1 : 0)
    result.push(rest.slice(0, at))
    rest = rest.slice(at)
  }
  return [...result, rest]
}
