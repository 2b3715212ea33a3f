/** Something that is to happen at a time. */
export interface Timer {
  readonly due: number
  readonly action: () => void
  /** It has been called off: it stays where it is until its turn comes. */
  cancelled: boolean
}

/** Timers by when they are due: a binary heap, since every interaction brings one. */
export class Timers {
  readonly #heap: Timer[] = []

  /** The first that is due and not called off. */
  first(): Timer | undefined {
    while (this.#heap[0]?.cancelled === true) this.#removeFirst()
    return this.#heap[0]
  }

  /** Puts one where it belongs. */
  add(timer: Timer): void {
    const heap = this.#heap
    let at = heap.push(timer) - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      if (this.#due(above) <= timer.due) break
      this.#swap(at, above)
      at = above
    }
  }

  /** Takes the first one off. */
  take(): Timer | undefined {
    const timer = this.first()
    if (timer !== undefined) this.#removeFirst()
    return timer
  }

  /** Forgets all. */
  clear(): void {
    this.#heap.length = 0
  }

  #removeFirst(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    heap[0] = last
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      const smaller = this.#due(left + 1) < this.#due(left) ? left + 1 : left
      if (this.#due(smaller) >= last.due) return
      this.#swap(at, smaller)
      at = smaller
    }
  }

  #due(index: number): number {
    return this.#heap[index]?.due ?? Infinity
  }

  #swap(one: number, other: number): void {
    const [a, b] = [this.#heap[one], this.#heap[other]]
    if (a === undefined || b === undefined) return
    this.#heap[one] = b
    this.#heap[other] = a
  }
}
