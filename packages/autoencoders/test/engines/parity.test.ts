import type { Dataset } from '@hourglass/datasets'
import { loadDataset } from '@hourglass/datasets/node'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { completeRunConfig, type RunConfigInput } from '../../src/index.js'
import { type EpochCompleted, trainAutoencoder } from '../../src/training.js'
import { architectureCases } from '../architectureCases.js'
import { type PresentEngine, presentEngines, withEngine } from './presentEngines.js'

/** Computes with the fewest tricks: what the others are compared with. */
const reference = presentEngines.find(({ name }) => name === 'cpu')
const others = presentEngines.filter(({ name }) => name !== 'cpu')

/** A whole batch of 64 and a last one of 36. */
const counts = { trainCount: 100, testCount: 40 }
let mnist: Dataset
beforeAll(async () => {
  mnist = await loadDataset('mnist', counts)
})

interface Trained {
  readonly losses: number[]
  readonly last: EpochCompleted | undefined
}

async function train(engine: PresentEngine, changes: RunConfigInput, threads = 2): Promise<Trained> {
  const config = completeRunConfig({
    ...changes,
    data: counts,
    training: { epochs: 2, batchSize: 64, ...changes.training, engine: engine.name },
  })
  return withEngine(engine, async () => {
    const losses: number[] = []
    let last: EpochCompleted | undefined
    for await (const event of trainAutoencoder({ config, dataset: mnist, threads })) {
      if (event.type === 'started') expect(event).toMatchObject({ engine: engine.name, runtime: engine.onnxRuntime ?? null })
      if (event.type !== 'epochCompleted') continue
      losses.push(event.metrics.trainLoss, event.metrics.validationLoss)
      last = event
    }
    return { losses, last }
  })
}

const title = ({ title, missing }: PresentEngine) => (missing ? `${title} (skipped: ${missing})` : title)

describe.each(Object.entries(architectureCases))('the architecture %s', (_name, architecture) => {
  const config: RunConfigInput = { architecture, corruption: { kind: 'uniform', amplitude: 0.3 } }
  const trained = new Map<PresentEngine, Promise<Trained>>()
  /** Trains on each engine once for all that looks at it. */
  const once = (engine: PresentEngine): Promise<Trained> => {
    const known = trained.get(engine) ?? train(engine, config)
    trained.set(engine, known)
    return known
  }

  for (const engine of others) {
    it.skipIf(engine.missing)(`trains on ${title(engine)} as on the reference, to 1e-4 of the loss`, async () => {
      if (!reference) throw new Error('expected the engine cpu')
      const [{ losses, last }, expected] = [await once(engine), await once(reference)]
      losses.forEach((loss, index) => {
        expect(Math.abs(loss / (expected.losses[index] ?? Number.NaN) - 1)).toBeLessThan(1e-4)
      })
      expect(losses).toHaveLength(4)
      expect(Object.keys(last?.parameters ?? {})).toEqual(Object.keys(expected.last?.parameters ?? {}))
    })
  }

  for (const engine of presentEngines) {
    it.skipIf(engine.missing)(`trains twice to the same bits on ${title(engine)}`, async () => {
      const [first, second] = [await once(engine), await train(engine, config)]
      expect(second.losses).toEqual(first.losses)
      expect(second.last?.trainingState).toEqual(first.last?.trainingState)
    })
  }
})

/** Large enough for its steps to be worth a second thread. */
const wide: RunConfigInput = {
  architecture: { kind: 'dense', latentDimension: 16, hiddenWidths: [256] },
  training: { batchSize: 100, epochs: 1 },
}

it('trains on one thread as on two, to 1e-4 of the loss', async () => {
  const [engine] = presentEngines
  if (!engine) throw new Error('expected an engine')
  const [one, two, again] = [await train(engine, wide, 1), await train(engine, wide, 2), await train(engine, wide, 2)]
  expect(again.last?.trainingState).toEqual(two.last?.trainingState)
  one.losses.forEach((loss, index) => {
    expect(Math.abs(loss / (two.losses[index] ?? Number.NaN) - 1)).toBeLessThan(1e-4)
  })
})

it('leaves no tensors behind on any engine', () => {
  expect(tf.memory().numTensors).toBe(0)
})
