import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { writeAtomically } from '../artifacts/writeAtomically.js'
import type { Log } from '../log.js'
import { machineMeasurementSchema, runWorkSchema } from '../worker/messages.js'

const keptSchema = z.object({
  /** Names the machine and the program that were measured. */
  machine: z.string(),
  /** The last ones, the newest last. */
  measurements: z.array(z.object({ at: z.string(), measurement: machineMeasurementSchema, startSeconds: z.number().min(0) })).readonly(),
  /** By hash of a configuration. */
  works: z.record(z.string(), runWorkSchema.nullable()),
})
export type KeptEstimates = z.output<typeof keptSchema>

/** Reads what is kept of a machine; nothing where nothing was, or of another machine or program, or where it cannot be read. */
export async function readEstimates(path: string, machine: string): Promise<KeptEstimates> {
  const fresh: KeptEstimates = { machine, measurements: [], works: {} }
  try {
    const kept = keptSchema.parse(JSON.parse(await readFile(path, 'utf8')))
    return kept.machine === machine ? kept : fresh
  } catch {
    return fresh
  }
}

/** Keeps it; where that fails, the log has it and the next start measures anew. */
export async function writeEstimates(path: string, kept: KeptEstimates, log: Log): Promise<void> {
  try {
    await writeAtomically(path, Buffer.from(JSON.stringify(kept)))
  } catch (error) {
    log.warn({ err: error }, 'estimates cannot be kept')
  }
}
