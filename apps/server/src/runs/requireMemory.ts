import { describeSchema, type RunConfig, runConfigSchema, toWirePath } from '@hourglass/autoencoders'
import { runNeeds } from '@hourglass/autoencoders/training'
import { datasetCatalog } from '@hourglass/datasets'
import { errorCodes, HourglassError } from '../HourglassError.js'

const schema = describeSchema(runConfigSchema)

/** How much memory there is for runs. */
export interface MemoryOfRuns {
  /** Of the machine, or what the system allows the lab of it. */
  readonly machineBytes: number
  /** What one run may take. */
  readonly runBytes: number
}

/** Throws RUN_TOO_LARGE, with the number and what to change, where training would take more memory than a run may have. */
export function requireMemory({ memory }: { readonly memory: MemoryOfRuns }, config: RunConfig, place: readonly string[] = []): void {
  const needed = memoryOf(config)
  if (needed <= memory.runBytes) return
  const batchSize = largestBatch(config, memory.runBytes)
  const [path, advice] =
    batchSize === undefined
      ? [['architecture'], 'Use fewer filters, layers or units']
      : [['training', 'batchSize'], `Use a batch size of at most ${batchSize}, or fewer filters or units`]
  const message = `${path.join('.')}: the run needs about ${gigabytes(needed)} of memory, expected at most the ${gigabytes(memory.runBytes)} that one run may take here (of ${gigabytes(memory.machineBytes)}). ${advice}`
  const issue = { path: [...place, ...path], inputPath: [...place, ...toWirePath(schema, config, path)], message }
  throw new HourglassError(errorCodes.runTooLarge, `${message}.`, { issues: [issue] })
}

/** Tells about how many bytes of memory training takes. */
export function memoryOf(config: RunConfig): number {
  return runNeeds(config, datasetCatalog[config.data.dataset]).memoryBytes
}

/** Finds the largest power of two below a configuration's batch size with which it fits; undefined where none does. */
function largestBatch(config: RunConfig, bytes: number): number | undefined {
  const sizes = Array.from({ length: 20 }, (_, exponent) => 2 ** exponent).filter((size) => size < config.training.batchSize)
  return sizes.findLast((batchSize) => memoryOf({ ...config, training: { ...config.training, batchSize } }) <= bytes)
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`
}
