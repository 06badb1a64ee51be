import { afterEach, describe, it } from 'vitest'
import { tf } from '../eager.js'
import { expectClose } from '../numbers.js'
import { compileTraining, makeTraining, train } from './smallTraining.js'

afterEach(() => tf.disposeVariables())

describe('several functions of one state', () => {
  it('go on when the state has moved to memory that threads share', async () => {
    const made = makeTraining()
    const whole = await compileTraining(made, 6, { step: 'whole' })
    await train(whole, 6, [0, 3])
    const lone = await compileTraining(made, 6, { step: 'halves', threads: 1 })
    await train(lone, 6, [0, 3])
    const halves = await compileTraining(made, 6, { step: 'halves', threads: 2 })
    await train(halves, 6, [3, 6])
    await train(whole, 6, [6, 9])
    await train(lone, 6, [6, 9])
    const other = await compileTraining(made, 600, { step: 'halves', threads: 2 })
    await train(halves, 6, [9, 12])
    await train(other, 600, [0, 2])
    const expected = makeTraining()
    const reference = await compileTraining(expected, 6, { step: 'whole' })
    for (const steps of [
      [0, 3],
      [0, 6],
      [6, 9],
      [6, 12],
    ] as const)
      await train(reference, 6, steps)
    const large = await compileTraining(expected, 600, { step: 'whole' })
    await train(large, 600, [0, 2])
    for (const [name, { values }] of Object.entries(expected.state.snapshot())) expectClose(made.state.read(name), values, 1e-5)
    await Promise.all([whole, lone, halves, other, reference, large].map((compiled) => compiled.dispose()))
  })
})
