import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { completeRunConfig, describeParameters, encodeSafetensors, type RunConfigInput } from '@hourglass/autoencoders'
import { artifactNames } from '@hourglass/protocol'
import type { Run } from '../src/runs/RunReader.js'
import { epochReport, type OpenStore } from './openStore.js'

/** About 24 million parameters, 93 MB: one decoded code takes some hundredths of a second, its file some tenths to read. */
export const largeConfig: RunConfigInput = { architecture: { kind: 'dense', latentDimension: 2, hiddenWidths: [4096, 2048] } }

/** Stores a run that has ended and whose checkpoints hold zeros. */
export async function storeTrainedRun(store: OpenStore, epochs: number, config: RunConfigInput): Promise<Run> {
  const { architecture } = completeRunConfig(config)
  const content = encodeSafetensors(
    Object.fromEntries(
      describeParameters(architecture, [28, 28]).map(({ name, shape }) => {
        const size = shape.reduce((product, length) => product * length, 1)
        return [name, { shape, values: new Float32Array(size) }]
      }),
    ),
  )
  const { run, attempt } = await store.start('Zeros', config)
  const sha256 = createHash('sha256').update(content).digest('hex')
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const name = artifactNames.checkpoint(epoch)
    const path = store.folders.pathOf(run.id, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
    const artifacts = [{ name, type: 'checkpoint', bytes: content.length, sha256 }]
    await store.recorder.report(attempt, { ...epochReport(epoch, { validationLoss: 1 }), artifacts })
  }
  await store.recorder.changeStatus(run.id, { from: ['RUNNING'], to: 'STOPPED', data: { finishedAt: new Date() } })
  return store.runs.requireRun(run.id)
}
