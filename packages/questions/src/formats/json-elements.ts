/** A piece of JSON text with the line that it begins on. */
export interface JsonElement {
  readonly text: string
  readonly line: number
  /** False for the last piece of a file that ends too early. */
  readonly whole: boolean
}

/**
 * The elements of the array in which a JSON file keeps its rows: the file's own, or the first one inside of its
 * object. JSON.parse would say nothing about lines and lose the whole file to one bad row; so the elements are
 * cut out here and parsed one by one.
 */
export function* jsonElements(text: string): Generator<JsonElement> {
  const open = arrayStart(text)
  if (open === -1) return
  let line = 1 + newlines(text, 0, open)
  let start = -1
  let startLine = line
  let depth = 0
  for (let at = open + 1; at < text.length; at++) {
    const character = text.charCodeAt(at)
    if (character === NEWLINE) line += 1
    else if (character === QUOTE) {
      if (start === -1) [start, startLine] = [at, line]
      const end = stringEnd(text, at)
      line += newlines(text, at, end)
      at = end
    } else if (depth === 0 && (character === COMMA || character === CLOSE_ARRAY)) {
      if (start !== -1) yield { text: text.slice(start, at), line: startLine, whole: true }
      start = -1
      if (character === CLOSE_ARRAY) return
    } else if (character > SPACE) {
      if (start === -1) [start, startLine] = [at, line]
      if (character === OPEN_OBJECT || character === OPEN_ARRAY) depth += 1
      else if (character === CLOSE_OBJECT || character === CLOSE_ARRAY) depth -= 1
    }
  }
  if (start !== -1) yield { text: text.slice(start), line: startLine, whole: false }
}

const NEWLINE = 10
const SPACE = 32
const QUOTE = 34
const COMMA = 44
const OPEN_ARRAY = 91
const BACKSLASH = 92
const CLOSE_ARRAY = 93
const OPEN_OBJECT = 123
const CLOSE_OBJECT = 125

/** The first `[` outside of a string. */
function arrayStart(text: string): number {
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at)
    if (character === OPEN_ARRAY) return at
    if (character === QUOTE) at = stringEnd(text, at)
  }
  return -1
}

/** The place of the quote that ends the string beginning at `at`, or of the text's last character. */
function stringEnd(text: string, at: number): number {
  for (let next = at + 1; next < text.length; next++) {
    const character = text.charCodeAt(next)
    if (character === BACKSLASH) next += 1
    else if (character === QUOTE) return next
  }
  return text.length - 1
}

/** Counted letter by letter: indexOf would look through the rest of a file without line breaks, once a string. */
function newlines(text: string, from: number, to: number): number {
  let found = 0
  for (let at = from; at < to; at++) if (text.charCodeAt(at) === NEWLINE) found += 1
  return found
}
