/** Counts what happened, for the one who reads the output of a long run. */
export class Tally {
  readonly #title: string
  readonly #counts = new Map<string, number>()

  constructor(title: string) {
    this.#title = title
  }

  count(outcome: string): void {
    this.#counts.set(outcome, (this.#counts.get(outcome) ?? 0) + 1)
  }

  print(): void {
    const total = [...this.#counts.values()].reduce((sum, each) => sum + each, 0)
    const parts = [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([outcome, times]) => `${times} × ${outcome}`)
    console.log(`${this.#title}: ${total} in all; ${parts.join(', ')}`)
  }
}
