import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { encodeSafetensors } from '@hourglass/autoencoders'
import { artifactNames } from '@hourglass/protocol'
import { memory } from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { ModelCache } from '../src/models/ModelCache.js'
import { epochReport, openStore } from './openStore.js'

const EPOCHS = 30
const LATENT = 2
const KERNELS_AND_BIASES = 4

describe('decoding', () => {
  it('holds few models in memory, however many are asked for at once', async () => {
    await using store = await openStore()
    const run = await trainedRun(store, EPOCHS)
    const models = new ModelCache(store.artifacts)
    let most = 0
    const asked = Array.from({ length: EPOCHS }, async (_, index) => {
      const [image] = await models.apply({ run, epoch: index + 1, direction: 'decode', rows: [[1, 2]] })
      most = Math.max(most, memory().numTensors)
      return image
    })
    for (const image of await Promise.all(asked)) expect(image).toHaveLength(784)
    expect(most).toBeGreaterThanOrEqual(KERNELS_AND_BIASES)
    expect(most).toBeLessThanOrEqual(6 * KERNELS_AND_BIASES)
  })

  it('says of a checkpoint that was changed or removed that it was', async () => {
    await using store = await openStore()
    const run = await trainedRun(store, 2)
    const models = new ModelCache(store.artifacts)
    const decode = (epoch: number) => models.apply({ run, epoch, direction: 'decode', rows: [[1, 2]] })
    const path = store.folders.pathOf(run.id, artifactNames.checkpoint(1))
    const content = await readFile(path)
    content[content.length - 1] = (content.at(-1) ?? 0) ^ 1
    await writeFile(path, content)
    await rm(store.folders.pathOf(run.id, artifactNames.checkpoint(2)))
    await expect(decode(1)).rejects.toMatchObject({
      code: 'ARTIFACT_DAMAGED',
      message: expect.stringContaining('checkpoints/0001.safetensors'),
    })
    await expect(decode(2)).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' })
  })
})

/** Stores a run whose checkpoints hold zeros. */
async function trainedRun(store: Awaited<ReturnType<typeof openStore>>, epochs: number) {
  const zeros = (...shape: number[]) => ({ shape, values: new Float32Array(shape.reduce((size, length) => size * length, 1)) })
  const content = encodeSafetensors({
    'encoder/0/kernel': zeros(784, LATENT),
    'encoder/0/bias': zeros(LATENT),
    'decoder/0/kernel': zeros(LATENT, 784),
    'decoder/0/bias': zeros(784),
  })
  const { run, attempt } = await store.start('Zeros', { architecture: { kind: 'dense', latentDimension: LATENT } })
  const sha256 = createHash('sha256').update(content).digest('hex')
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const name = artifactNames.checkpoint(epoch)
    const path = store.folders.pathOf(run.id, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
    const artifacts = [{ name, type: 'checkpoint', bytes: content.length, sha256 }]
    await store.recorder.report(attempt, { ...epochReport(epoch, { validationLoss: 1 }), artifacts })
  }
  return store.runs.requireRun(run.id)
}
