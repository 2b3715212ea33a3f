/** A line of a comparison: on both sides, only before, or only after. */
export interface DiffLine {
  readonly mark: ' ' | '-' | '+'
  readonly text: string
}

/** More lines than this on one side are told as a whole: their table would grow with the square. */
const MOST = 1000

/**
 * The lines of two texts, with as many in common as there can be (longest common subsequence).
 *
 * @param meaning lines of the same meaning are the same; those of after are shown
 */
export function diffLines(before: readonly string[], after: readonly string[], meaning: (line: string) => string = String): DiffLine[] {
  if (before.length > MOST || after.length > MOST) return [...mark('-', before), ...mark('+', after)]
  const [left, right] = [before.map(meaning), after.map(meaning)]
  // common[i][j]: how many lines the rest of before from i and the rest of after from j have in common.
  const common = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1))
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const row = common[i]
      if (row !== undefined) row[j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < before.length && j < after.length) {
    if (left[i] === right[j]) {
      i++
      lines.push(...mark(' ', after.slice(j, ++j)))
    } else if (at(i + 1, j) >= at(i, j + 1)) lines.push(...mark('-', before.slice(i, ++i)))
    else lines.push(...mark('+', after.slice(j, ++j)))
  }
  return [...lines, ...mark('-', before.slice(i)), ...mark('+', after.slice(j))]
}

function mark(sign: DiffLine['mark'], texts: readonly string[]): DiffLine[] {
  return texts.map((text) => ({ mark: sign, text }))
}
