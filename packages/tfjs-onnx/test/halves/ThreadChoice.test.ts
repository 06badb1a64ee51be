import { describe, expect, it } from 'vitest'
import { ThreadChoice } from '../../src/halves/ThreadChoice.js'

/** The share of steps that two threads computed, and how long all took, where a step takes what `alone` and `together` say. */
function simulate(choice: ThreadChoice, steps: number, times: { alone: (step: number) => number; together: (step: number) => number }) {
  let [together, milliseconds] = [0, 0]
  for (let step = 0; step < steps; step++) {
    const time = choice.together ? times.together(step) : times.alone(step)
    if (choice.together) together++
    milliseconds += time
    choice.add(time)
  }
  return { share: together / steps, milliseconds }
}

describe('the choice of threads', () => {
  it('comes to two where they are faster, and tries one seldom', () => {
    const { share } = simulate(new ThreadChoice(), 20_000, { alone: () => 0.2, together: () => 0.11 })
    expect(share).toBeGreaterThan(0.97)
  })

  it('stays with one where two wait for each other, and loses little by trying', () => {
    // One step in five waits until another program has had its turn.
    const together = (step: number) => (step % 5 === 0 ? 4 : 0.11)
    const { share, milliseconds } = simulate(new ThreadChoice(), 50_000, { alone: () => 0.2, together })
    expect(share).toBeLessThan(0.01)
    expect(milliseconds).toBeLessThan(1.03 * 50_000 * 0.2)
  })

  it('loses little where two are faster for a while now and then, and wait long in between', () => {
    // Nine steps in ten are faster, the tenth waits for several others.
    const together = (step: number) => (step % 10 === 9 ? 20 : 1.1)
    const { share, milliseconds } = simulate(new ThreadChoice(), 10_000, { alone: () => 2, together })
    expect(share).toBeLessThan(0.03)
    expect(milliseconds).toBeLessThan(1.05 * 10_000 * 2)
  })

  it('changes when the machine does, both ways', () => {
    const choice = new ThreadChoice()
    const idle = { alone: () => 0.2, together: () => 0.11 }
    const busy = { alone: () => 0.3, together: () => 1.2 }
    expect(simulate(choice, 10_000, idle).share).toBeGreaterThan(0.95)
    expect(simulate(choice, 20_000, busy).share).toBeLessThan(0.15)
    expect(simulate(choice, 20_000, idle).share).toBeGreaterThan(0.4)
  })
})
