import { on } from 'node:events'
import { Worker } from 'node:worker_threads'
import { parquetThreadPath } from '../../projectPaths.js'
import type { ParquetColumn, ParquetReport } from './parquetThread.js'
import type { TableRow } from './readTable.js'
import type { TableColumn } from './tableColumns.js'

export interface ParquetOptions {
  /** Told how long the thread has worked, in seconds, once it is over. */
  readonly onWorked?: (seconds: number) => void
}

/** Memory of the thread, in megabytes: a group of runs with a thousand columns takes a fifth of it. */
const MEGABYTES = 512

/**
 * Writes a table as Apache Parquet in a thread, as its groups, and what stands at its end, take a tenth of a second each: a group after the other as fast as they
 * are read. Throws where the table cannot be read, or written.
 */
export async function* writeParquet(
  columns: readonly TableColumn[],
  portions: AsyncIterable<readonly TableRow[]>,
  { onWorked = () => undefined }: ParquetOptions = {},
): AsyncGenerator<Uint8Array> {
  const told: readonly ParquetColumn[] = columns.map(({ name, type }) => ({ name, type }))
  const thread = new Worker(parquetThreadPath, { workerData: told, resourceLimits: { maxOldGenerationSizeMb: MEGABYTES } })
  const rows = portions[Symbol.asyncIterator]()
  // Of one that has ended nothing is known.
  let worked = 0
  try {
    for await (const [message] of on(thread, 'message', { close: ['exit'] })) {
      worked = Math.max(worked, thread.performance.eventLoopUtilization().active)
      const report = message as ParquetReport
      if (report.type === 'over') return
      if (report.type === 'wants') {
        const next = await rows.next()
        thread.postMessage(next.done ? null : next.value)
      } else {
        yield report.bytes
        thread.postMessage(null)
      }
    }
    throw new Error('The thread that writes the table ended before it was done.')
  } finally {
    onWorked(Math.max(worked, thread.performance.eventLoopUtilization().active) / 1000)
    await rows.return?.()
    await thread.terminate()
  }
}
