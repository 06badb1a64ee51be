import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SocketLife } from '../src/data/SocketLife'

describe('the other end of a socket', () => {
  let deaths = 0
  let life: SocketLife
  beforeEach(() => {
    vi.useFakeTimers()
    deaths = 0
    life = new SocketLife({ pongWithin: 2_500, connectWithin: 5_000, onDead: () => deaths++ })
  })
  afterEach(() => vi.useRealTimers())

  it('is dead where it leaves a ping unanswered, and once', () => {
    life.pinged()
    vi.advanceTimersByTime(2_499)
    expect(deaths).toBe(0)
    vi.advanceTimersByTime(60_000)
    expect(deaths).toBe(1)
  })

  it('is alive while it answers', () => {
    for (let ping = 0; ping < 5; ping++) {
      life.pinged()
      vi.advanceTimersByTime(2_000)
      life.settled()
    }
    vi.advanceTimersByTime(60_000)
    expect(deaths).toBe(0)
  })

  it('is dead where it does not let a connection be made', () => {
    life.connecting()
    vi.advanceTimersByTime(5_000)
    expect(deaths).toBe(1)
  })

  it('is given time to be heard after this page slept for an hour, and no more than that', () => {
    life.pinged()
    vi.setSystemTime(Date.now() + 3_600_000)
    vi.advanceTimersByTime(2_500)
    expect(deaths).toBe(0)
    vi.advanceTimersByTime(2_500)
    expect(deaths).toBe(1)
    life.pinged()
    vi.setSystemTime(Date.now() + 3_600_000)
    vi.advanceTimersByTime(2_500)
    life.settled()
    vi.advanceTimersByTime(60_000)
    expect(deaths).toBe(1)
  })
})
