import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { decodeSafetensors, encodeSafetensors, type NamedTensors, type RunConfig } from '@hourglass/autoencoders'
import { type EpochMetrics, trainAutoencoder } from '@hourglass/autoencoders/training'
import { loadDataset } from '@hourglass/datasets/node'
import { z } from 'zod'
import { isFull } from './scale.js'

export interface TrainedRun {
  readonly config: RunConfig
  /** Of the last epoch. */
  readonly metrics: EpochMetrics
  readonly parameters: NamedTensors
  /** Wall time of all epochs, evaluation included. */
  readonly seconds: number
  /** Time that the processor spent on them: what the wall time would have been on one thread of an idle machine. */
  readonly processorSeconds: number
}

const cache = fileURLToPath(new URL('../../.cache/science/', import.meta.url))
/** The newest epochs' state is written no more often than this, in milliseconds. */
const SAVE_INTERVAL = 60_000

const number = z.number()
const recordSchema = z.object({
  metrics: z.object({ epoch: number }).catchall(number.nullable()),
  seconds: number,
  processorSeconds: number,
})

/**
 * Trains a run to its end. In full it keeps what it has trained in `.cache/science`, by configuration: what was interrupted goes on, to the
 * same last bit, and what is finished is not trained again. Delete the folder after changing what a configuration means.
 */
export async function trainRun(config: RunConfig): Promise<TrainedRun> {
  const saved = isFull ? await load(config) : undefined
  if (saved?.metrics.epoch === config.training.epochs) return toTrained(config, saved)
  const dataset = await loadDataset(config.data.dataset, config.data)
  let last = saved
  let lastSave = performance.now()
  let processor = process.cpuUsage()
  const resumeFrom = saved && { epoch: saved.metrics.epoch, trainingState: saved.trainingState }
  for await (const event of trainAutoencoder({ config, dataset, resumeFrom })) {
    if (event.type !== 'epochCompleted') continue
    const { user, system } = process.cpuUsage(processor)
    processor = process.cpuUsage()
    last = {
      metrics: event.metrics,
      trainingState: event.trainingState,
      seconds: (last?.seconds ?? 0) + event.metrics.seconds,
      processorSeconds: (last?.processorSeconds ?? 0) + (user + system) / 1e6,
    }
    const isDone = event.metrics.epoch === config.training.epochs
    if (!isFull || !(isDone || performance.now() - lastSave > SAVE_INTERVAL)) continue
    lastSave = performance.now()
    await save(config, last)
  }
  if (!last) throw new Error('expected an epoch')
  return toTrained(config, last)
}

interface Saved {
  readonly metrics: EpochMetrics
  readonly trainingState: NamedTensors
  readonly seconds: number
  readonly processorSeconds: number
}

function toTrained(config: RunConfig, { metrics, trainingState, seconds, processorSeconds }: Saved): TrainedRun {
  const parameters = Object.entries(trainingState).filter(([name]) => !name.startsWith('optimizer/'))
  return { config, metrics, parameters: Object.fromEntries(parameters), seconds, processorSeconds }
}

function pathOf(config: RunConfig): string {
  return join(cache, createHash('sha256').update(JSON.stringify(config)).digest('hex').slice(0, 16))
}

async function load(config: RunConfig): Promise<Saved | undefined> {
  try {
    const path = pathOf(config)
    const { metrics, ...times } = recordSchema.parse(JSON.parse(await readFile(`${path}.json`, 'utf8')))
    const trainingState = decodeSafetensors(await readFile(`${path}-${metrics.epoch}.safetensors`))
    return { metrics: metrics as unknown as EpochMetrics, trainingState, ...times }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function save(config: RunConfig, { trainingState, ...record }: Saved): Promise<void> {
  const path = pathOf(config)
  await mkdir(cache, { recursive: true })
  await writeFile(`${path}-${record.metrics.epoch}.safetensors`, encodeSafetensors(trainingState))
  // The record names the state that belongs to it, so that whatever is interrupted leaves a pair.
  await writeFile(`${path}.part`, JSON.stringify({ config, ...record }, undefined, 1))
  await rename(`${path}.part`, `${path}.json`)
}
