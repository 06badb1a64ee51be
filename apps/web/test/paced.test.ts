import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { behindFrame } from '../src/features/latent/behindFrame'
import { oncePerFrame } from '../src/features/latent/oncePerFrame'
import { oneAtATime } from '../src/features/latent/oneAtATime'

const frames = () => {
  const waiting: (() => void)[] = []
  return {
    clock: { requestAnimationFrame: (callback: () => void) => waiting.push(callback), cancelAnimationFrame: () => waiting.splice(0) },
    next: () => waiting.shift()?.(),
    waiting,
  }
}

describe('drawing once a frame', () => {
  it('draws the first input at once and the rest of a frame together, on account of the earliest', () => {
    const { clock, next } = frames()
    const draw = vi.fn()
    const task = oncePerFrame(draw, clock)
    task.request(1)
    expect(draw.mock.calls).toEqual([[1]])
    task.request(2)
    task.request(3)
    expect(draw).toHaveBeenCalledTimes(1)
    next()
    expect(draw.mock.calls).toEqual([[1], [2]])
  })

  it('stops asking for frames when nothing happens', () => {
    const { clock, next, waiting } = frames()
    const draw = vi.fn()
    const task = oncePerFrame(draw, clock)
    task.request(1)
    next()
    expect(waiting).toHaveLength(0)
    task.request(2)
    expect(draw).toHaveBeenCalledTimes(2)
  })

  it('draws nothing after it was cancelled', () => {
    const { clock, next } = frames()
    const draw = vi.fn()
    const task = oncePerFrame(draw, clock)
    task.request(1)
    task.request(2)
    task.cancel()
    next()
    expect(draw).toHaveBeenCalledTimes(1)
  })
})

describe('following behind a frame', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('works after the frame, once for all that was asked before it, and again when asked again', () => {
    const { clock, next, waiting } = frames()
    const work = vi.fn()
    const task = behindFrame(work, clock)
    task.request()
    task.request()
    expect(waiting).toHaveLength(1)
    next()
    expect(work).not.toHaveBeenCalled()
    vi.runAllTimers()
    expect([work.mock.calls.length, waiting.length]).toEqual([1, 0])
    task.request()
    next()
    vi.runAllTimers()
    expect(work).toHaveBeenCalledTimes(2)
  })

  it.each([
    ['before the frame', () => undefined],
    ['after it', (next: () => void) => next()],
  ])('does nothing where it was cancelled %s, until it is asked again', (_, pass) => {
    const { clock, next } = frames()
    const work = vi.fn()
    const task = behindFrame(work, clock)
    task.request()
    pass(next)
    task.cancel()
    next()
    vi.runAllTimers()
    expect(work).not.toHaveBeenCalled()
    task.request()
    next()
    vi.runAllTimers()
    expect(work).toHaveBeenCalledTimes(1)
  })
})

describe('decoding one at a time', () => {
  const slow = () => {
    const answers: ((value: string) => void)[] = []
    const failures: ((error: Error) => void)[] = []
    const work = vi.fn(
      () =>
        new Promise<string>((resolve, reject) => {
          answers.push(resolve)
          failures.push(reject)
        }),
    )
    return { work, answers, failures }
  }
  const settled = () => new Promise((resolve) => setTimeout(resolve))

  it('answers all inputs that came meanwhile with one more run, on account of the earliest', async () => {
    const { work, answers } = slow()
    const done = vi.fn()
    const task = oneAtATime(work, { done, failed: vi.fn() })
    for (let at = 1; at <= 200; at++) task.request(at)
    expect(work).toHaveBeenCalledTimes(1)
    answers[0]?.('first')
    await settled()
    expect(work).toHaveBeenCalledTimes(2)
    answers[1]?.('last')
    await settled()
    expect(done.mock.calls).toEqual([
      ['first', 1],
      ['last', 2],
    ])
    expect(work).toHaveBeenCalledTimes(2)
  })

  it('hears nothing of what began before it was cancelled', async () => {
    const { work, answers } = slow()
    const done = vi.fn()
    const task = oneAtATime(work, { done, failed: vi.fn() })
    task.request(1)
    task.cancel()
    task.request(2)
    answers[1]?.('new')
    answers[0]?.('old')
    await settled()
    expect(done.mock.calls).toEqual([['new', 2]])
  })

  it('goes on after a failure', async () => {
    const { work, answers, failures } = slow()
    const [done, failed] = [vi.fn(), vi.fn()]
    const task = oneAtATime(work, { done, failed })
    task.request(1)
    task.request(2)
    failures[0]?.(new Error('no answer'))
    await settled()
    answers[1]?.('then')
    await settled()
    expect(failed.mock.calls).toEqual([[new Error('no answer')]])
    expect(done.mock.calls).toEqual([['then', 2]])
  })
})
