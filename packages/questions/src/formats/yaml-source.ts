import { type Alias, type Document, Lexer, LineCounter, parseDocument, type Scalar, visit } from 'yaml'

/** A parsed YAML file, with lines. */
export interface YamlSource {
  readonly document: Document
  readonly lineOf: (node: unknown) => number
}

/** What cannot be read, where. */
export interface YamlFault {
  readonly line: number
  readonly reason: string
}

/** Deeper than any question file, and far from what costs the parser time and memory. */
const MAX_DEPTH = 64

/**
 * Parses YAML without resolving anything. Aliases are refused: ten lines of them can mean more values than there is
 * memory, and no question file needs them.
 */
export function parseYaml(text: string): YamlSource | YamlFault {
  const counter = new LineCounter()
  const lineOf = (node: unknown): number => Math.max(1, counter.linePos(rangeOf(node)).line)
  try {
    if (isTooDeep(text)) return { line: 1, reason: 'it is nested too deeply' }
    const document = parseDocument(text, { lineCounter: counter, uniqueKeys: false, logLevel: 'silent' })
    const error = document.errors[0]
    if (error) return { line: counter.linePos(error.pos[0]).line, reason: `this is not valid YAML: ${(error.message.split('\n', 1)[0] ?? '').replace(/ at line \d+.*$/, '')}` }
    const alias = firstAlias(document)
    return alias === null ? { document, lineOf } : { line: lineOf(alias), reason: 'YAML aliases are not read' }
  } catch (error) {
    // Nesting without end exhausts the stack, which is no reason to stop the whole import.
    return { line: 1, reason: error instanceof RangeError ? 'it is nested too deeply' : `this cannot be parsed as YAML: ${error instanceof Error ? error.message : String(error)}` }
  }
}

/** Looks at brackets and dashes only, before the parser, which a few megabytes of either would keep for minutes. */
function isTooDeep(text: string): boolean {
  let brackets = 0
  let dashes = 0
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') brackets += 1
    else if (token === ']' || token === '}') brackets -= 1
    else if (brackets === 0 && (token === '-' || token === '?' || token === ':')) dashes += 1
    else if (token.startsWith('\n') || token.startsWith('\r')) dashes = 0
    if (brackets > MAX_DEPTH || dashes > MAX_DEPTH) return true
  }
  return false
}

function firstAlias(document: Document): Alias | null {
  const found: Alias[] = []
  visit(document, {
    Alias: (_, node) => {
      found.push(node)
      return visit.BREAK
    },
  })
  return found[0] ?? null
}

/** The text of a scalar as the file has it: 007 stays 007, and 1.50 stays 1.50. */
export function textOf(scalar: Scalar): string {
  const { value, source } = scalar
  switch (typeof value) {
    case 'string': return value
    case 'number': case 'bigint': return source ?? String(value)
    case 'boolean': return String(value)
    default: return ''
  }
}

function rangeOf(node: unknown): number {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return 0
  const [start] = node.range as unknown[]
  return typeof start === 'number' ? start : 0
}
