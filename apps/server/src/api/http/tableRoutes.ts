import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { runStatuses } from '@hourglass/protocol'
import { Router } from 'express'
import { z } from 'zod'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import type { Lab } from '../../Lab.js'
import { readScope } from '../../runs/runFilter.js'
import { inTurns, type TurnsOfParts } from '../../runs/tables/inTurns.js'
import { readTable, type TableRow } from '../../runs/tables/readTable.js'
import { chosenColumns, type TableColumn, tableColumns } from '../../runs/tables/tableColumns.js'
import { writeCsv } from '../../runs/tables/writeCsv.js'
import { writeParquet } from '../../runs/tables/writeParquet.js'
import { clientOf } from './admitRequests.js'
import { problem, refuse } from './artifactRoutes.js'
import type { Doors } from './Doors.js'
import { untilLeft } from './untilLeft.js'

interface Writing extends TurnsOfParts {
  readonly columns: readonly TableColumn[]
  readonly portions: AsyncGenerator<readonly TableRow[], void>
  /** Told what was worked beside this thread, in seconds. */
  readonly onWorked: (seconds: number) => void
}

interface Format {
  readonly contentType: string
  readonly write: (writing: Writing) => AsyncGenerator<string | Uint8Array>
}

const formats = {
  csv: {
    contentType: 'text/csv; charset=utf-8',
    write: ({ columns, portions, ...turns }) => inTurns(writeCsv(columns, portions), turns),
  },
  parquet: {
    contentType: 'application/vnd.apache.parquet',
    write: ({ columns, portions, onWorked, ...turns }) => writeParquet(columns, inTurns(portions, turns), { onWorked }),
  },
} as const satisfies Readonly<Record<string, Format>>

const tablePath = /^\/runs\.(csv|parquet)$/
const list = z.union([z.string().transform((only) => [only]), z.array(z.string())])
const asked = z.strictObject({
  text: z.string().optional(),
  timeZone: z.string().optional(),
  status: list.pipe(z.array(z.enum(runStatuses))).optional(),
  dataset: list.optional(),
  ids: list.optional(),
  except: list.optional(),
  columns: list.optional(),
})

/**
 * Serves all runs that match as a table below the path it is mounted at: `/runs.csv` and `/runs.parquet`, with `text` in the language of queries and
 * `timeZone`, as filters have them, and `status`, `dataset` and `ids`, each once for each of its values; without the runs of `except`, by their ids. So are keys given as
 * `columns`; without them, all that the runs have values of.
 */
export function tableRoutes({ database, log }: Lab, { tables, gate }: Pick<Doors, 'tables' | 'gate'>): Router {
  const router = Router()
  router.get(tablePath, async ({ method, path, query }, response) => {
    const [, name = 'csv'] = tablePath.exec(path) ?? []
    const client = clientOf(response)
    const signal = untilLeft(response, 'The client left before the table was written.')
    const turn: Writing['turn'] = (part) => {
      signal.throwIfAborted()
      return tables.do(client, part)
    }
    const format: Format = name === 'parquet' ? formats.parquet : formats.csv
    try {
      const { columns: chosen, ...filter } = readAsked(query)
      const scope = await turn(() => readScope(database.read, filter))
      const columns = chosen ? chosenColumns(scope, chosen) : await turn(() => tableColumns(database.read, scope))
      response.attachment(`hourglass-runs.${name}`).set({ 'Content-Type': format.contentType, 'Cache-Control': 'no-store' })
      if (method === 'HEAD') {
        response.end()
        return
      }
      const portions = readTable(database.read, scope, columns)
      const table = format.write({ columns, portions, turn, signal, onWorked: (workSeconds) => void gate.charge(client, { workSeconds }) })
      await pipeline(Readable.from(table, { objectMode: false }), response).catch((error: unknown) => {
        // What was sent by then looks like the beginning of a table: only a broken connection tells that it is no whole one.
        if (!isLeaving(error)) log.warn({ err: error }, 'table of runs broke off')
        response.destroy()
      })
    } catch (error) {
      if (!(error instanceof HourglassError)) throw error
      if (error.code !== errorCodes.operationCancelled) refuse(response, error)
    }
  })
  router.all(tablePath, ({ method }, response) => {
    response
      .status(405)
      .set('Allow', 'GET, HEAD')
      .json(problem('METHOD_NOT_ALLOWED', `Expected GET or HEAD, got ${method}.`))
  })
  return router
}

/** Whether it only says that the client has left. */
function isLeaving(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown }
  return code === errorCodes.operationCancelled || code === 'ERR_STREAM_PREMATURE_CLOSE'
}

function readAsked(query: unknown): z.output<typeof asked> {
  const read = asked.safeParse(query)
  if (read.success) return read.data
  const got = JSON.stringify(query)?.slice(0, 200)
  throw new HourglassError(
    errorCodes.badUserInput,
    `Expected text and timeZone in the address, each once, status, dataset, ids, except and columns, got ${got}.`,
  )
}
