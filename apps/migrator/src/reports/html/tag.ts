/** A piece of HTML whose texts are escaped. Only `html` makes one, so that nothing else gets into a page as it is. */
export class Markup {
  readonly #text: string

  private constructor(text: string) {
    this.#text = text
  }

  /** For the tag and for constants of our own. */
  static of(text: string): Markup {
    return new Markup(text)
  }

  toString(): string {
    return this.#text
  }
}

/** What may stand in a `${}`; nothing is shown of null. */
export type Content = Markup | string | number | null | readonly Content[]

/** HTML with everything in it escaped that is not HTML by this tag. Attributes have to be in double quotes. */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return Markup.of(strings.map((text, index) => (index === 0 ? text : `${render(contents[index - 1] ?? null)}${text}`)).join(''))
}

function render(content: Content): string {
  if (content === null) return ''
  if (content instanceof Markup) return content.toString()
  if (typeof content === 'object') return content.map(render).join('')
  return escape(String(content))
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' }

/** Marks that turn the direction of text, with which a name could pretend to be another. */
const INVISIBLE = /[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff]/g

function escape(text: string): string {
  return text
    .toWellFormed()
    // HTML has no way to write control characters.
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd')
    .replaceAll(INVISIBLE, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll(/[&<>"'`]/g, (mark) => ESCAPES[mark] ?? mark)
}
