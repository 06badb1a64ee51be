import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { completeRunConfig, encodeSafetensors } from '@hourglass/autoencoders'
import { memory } from '@tensorflow/tfjs-core'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { RunFolders } from '../src/artifacts/RunFolders.js'
import { artifactPath, runFiles } from '../src/artifacts/runFiles.js'
import { ModelCache } from '../src/models/ModelCache.js'
import type { Run } from '../src/runs/RunStore.js'
import { makeDataFolder } from './startServer.js'

const EPOCHS = 30
const LATENT = 2
const KERNELS_AND_BIASES = 4

describe('decoding', () => {
  it('holds few models in memory, however many are asked for at once', async () => {
    await using folder = await makeDataFolder()
    const folders = new RunFolders(
      { runsFolder: join(folder.path, 'runs'), trashFolder: join(folder.path, 'trash') },
      pino({ enabled: false }),
    )
    const zeros = (...shape: number[]) => ({ shape, values: new Float32Array(shape.reduce((size, length) => size * length, 1)) })
    const checkpoint = encodeSafetensors({
      'encoder/0/kernel': zeros(784, LATENT),
      'encoder/0/bias': zeros(LATENT),
      'decoder/0/kernel': zeros(LATENT, 784),
      'decoder/0/bias': zeros(784),
    })
    const path = await folders.create('aaaaaaaaaaaa')
    await mkdir(join(path, 'checkpoints'))
    for (let epoch = 1; epoch <= EPOCHS; epoch++) await writeFile(artifactPath(path, runFiles.checkpoint(epoch)), checkpoint)
    const config = completeRunConfig({ architecture: { kind: 'dense', latentDimension: LATENT } })
    const run = { id: 'aaaaaaaaaaaa', config, dataset: 'mnist', epochsCompleted: EPOCHS } as unknown as Run

    const models = new ModelCache(folders)
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
})
