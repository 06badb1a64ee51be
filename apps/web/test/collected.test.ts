import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { collected } from '../src/data/collected'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Calls every 200 ms for 16 s, as a run does whose epochs are short. */
function callOften(call: () => void): void {
  for (let time = 0; time < 16_000; time += 200) {
    call()
    vi.advanceTimersByTime(200)
  }
}

test('a page that changes all the time is read again every few seconds, and once after the last change', () => {
  const read = vi.fn()
  callOften(collected(read, 400, 4_000))
  expect(read).toHaveBeenCalledTimes(4)
  vi.advanceTimersByTime(10_000)
  expect(read).toHaveBeenCalledTimes(5)
})

test('the first call of a burst waits only for the burst', () => {
  const read = vi.fn()
  const later = collected(read, 400, 4_000)
  later()
  later()
  vi.advanceTimersByTime(400)
  expect(read).toHaveBeenCalledTimes(1)
})

test('what was cancelled is not done', () => {
  const read = vi.fn()
  const later = collected(read, 400)
  later()
  later.cancel()
  vi.advanceTimersByTime(1_000)
  expect(read).not.toHaveBeenCalled()
})
