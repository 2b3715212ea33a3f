import { expect, test, vi } from 'vitest'
import { createClock } from '../src/clock.ts'

test('what is due happens in its order, each at its own time', () => {
  const clock = createClock({ realNow: () => 0, frozen: true, startAt: 1_000 })
  const happened: [string, number][] = []
  const note = (name: string) => (): void => void happened.push([name, clock.now()])
  clock.after(30, note('third'))
  clock.after(10, () => {
    note('first')()
    clock.after(5, note('second'))
  })
  const cancel = clock.after(20, note('cancelled'))
  clock.after(101, note('later'))
  cancel()
  clock.advance(100)
  expect(happened).toEqual([['first', 1_010], ['second', 1_015], ['third', 1_030]])
  expect(clock.now()).toBe(1_100)
  clock.close()
  clock.advance(100)
  expect(happened).toHaveLength(3)
})

test('many timers happen in order, whatever order they were set in', () => {
  const clock = createClock({ realNow: () => 0, frozen: true })
  const due: number[] = []
  // 7,919 and 1,000 have no common divisor, so that every delay occurs once, in no order.
  for (let index = 0; index < 1_000; index += 1) {
    const delay = (index * 7_919) % 1_000
    const cancel = clock.after(delay, () => due.push(delay))
    if (delay % 3 === 0) cancel()
  }
  clock.advance(1_000)
  expect(due).toEqual(Array.from({ length: 1_000 }, (_, index) => index).filter((each) => each % 3 !== 0))
})

test('a clock that runs wakes by itself, and moves ahead of real time', () => {
  vi.useFakeTimers()
  try {
    const clock = createClock({ realNow: () => Date.now(), frozen: false })
    const start = clock.now()
    const action = vi.fn()
    clock.after(3_000, action)
    clock.advance(2_000)
    vi.advanceTimersByTime(999)
    expect(action).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(action).toHaveBeenCalledOnce()
    expect(clock.now() - start).toBe(3_000)
  } finally {
    vi.useRealTimers()
  }
})
