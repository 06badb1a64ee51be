import { createRandom } from '@hourglass/datasets'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/engines/createEngine.js'
import { linearProbe } from '../../src/metrics/linearProbe.js'
import { probeWeights, tunedProbe } from '../../src/metrics/tunedProbe.js'

/** Draws examples of two classes that differ by so much in the first feature alone; all others are noise. */
function draw(name: string, { count, width, apart }: { count: number; width: number; apart: number }) {
  const features = new Float32Array(count * width)
  createRandom(3, name).fillNormal(features)
  const labels = Uint8Array.from({ length: count }, (_, row) => row % 2)
  for (const [row, label] of labels.entries()) features[row * width] = (features[row * width] ?? 0) + (label ? apart : -apart)
  return { features, labels }
}

const optionsOf = async (shape: { count: number; width: number; apart: number }) => ({
  engine: await createEngine('cpu', { threads: 1 }),
  train: draw('train', shape),
  test: draw('test', { ...shape, count: 1000 }),
  width: shape.width,
  classCount: 2,
})

describe('tunedProbe', () => {
  it('weighs the penalty by labels that are held out: more of it where features are many and mostly noise', async () => {
    const options = await optionsOf({ count: 200, width: 150, apart: 1 })
    const tuned = await tunedProbe(options)
    const fixed = await linearProbe({ ...options, regularization: 1e-3 })
    expect(probeWeights).toContain(tuned.regularization)
    expect(tuned.regularization).toBeGreaterThan(1e-3)
    expect(tuned.testAccuracy).toBeGreaterThan(fixed.testAccuracy)
  })

  it('comes to the minimum of its weight, wherever it starts', async () => {
    const options = await optionsOf({ count: 400, width: 20, apart: 1 })
    const { regularization, loss, testAccuracy } = await tunedProbe(options)
    const fromZero = await linearProbe({ ...options, regularization })
    expect(Math.abs(loss - fromZero.loss)).toBeLessThan(1e-5)
    expect(Math.abs(testAccuracy - fromZero.testAccuracy)).toBeLessThan(0.005)
  })

  it('has nothing to choose by of few labels', async () => {
    const { regularization } = await tunedProbe(await optionsOf({ count: 10, width: 2, apart: 2 }))
    expect(regularization).toBe(1e-3)
  })
})
