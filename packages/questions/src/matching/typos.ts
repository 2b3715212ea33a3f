/** How many typos are forgiven in an answer: none up to 4 letters, one up to 8, two above. */
export function forgivenTypos(letters: number): 0 | 1 | 2 {
  return letters <= 4 ? 0 : letters <= 8 ? 1 : 2
}

/** How many letters a text has; digits are none, for no wrong digit is forgiven. */
export function countLetters(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0
}

/**
 * How many letters have to be added, left out, replaced or swapped with their neighbour, to make one text of the
 * other; `most + 1` when it is more than `most`. (Levenshtein's distance alone counts a swap, the commonest of
 * typos, as two.)
 */
export function typoDistance(one: string, other: string, most: number): number {
  const [from, to] = [Array.from(one), Array.from(other)]
  if (Math.abs(from.length - to.length) > most) return most + 1
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1]
      let cost = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (same ? 0 : 1))
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1)
      current.push(cost)
    }
    if (Math.min(...current) > most) return most + 1
    beforeLast = last
    last = current
  }
  return Math.min(last[to.length] ?? 0, most + 1)
}
