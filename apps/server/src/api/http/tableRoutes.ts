import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { runStatuses } from '@hourglass/protocol'
import { Router } from 'express'
import { z } from 'zod'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import type { Lab } from '../../Lab.js'
import { readScope } from '../../runs/runFilter.js'
import { readTable, type TableRow } from '../../runs/tables/readTable.js'
import { chosenColumns, type TableColumn, tableColumns } from '../../runs/tables/tableColumns.js'
import { writeCsv } from '../../runs/tables/writeCsv.js'
import { writeParquet } from '../../runs/tables/writeParquet.js'
import { problem, refuse } from './artifactRoutes.js'

interface Format {
  readonly contentType: string
  readonly write: (columns: readonly TableColumn[], portions: AsyncIterable<readonly TableRow[]>) => Readable
}

const formats = {
  csv: { contentType: 'text/csv; charset=utf-8', write: (columns, portions) => Readable.from(writeCsv(columns, portions)) },
  parquet: { contentType: 'application/vnd.apache.parquet', write: writeParquet },
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
export function tableRoutes({ database, log }: Lab): Router {
  const router = Router()
  router.get(tablePath, async ({ path, query }, response) => {
    const [, name = 'csv'] = tablePath.exec(path) ?? []
    const format: Format = name === 'parquet' ? formats.parquet : formats.csv
    try {
      const { columns: chosen, ...filter } = readAsked(query)
      const scope = await readScope(database.read, filter)
      const columns = chosen ? chosenColumns(scope, chosen) : await tableColumns(database.read, scope)
      response.attachment(`hourglass-runs.${name}`).set({ 'Content-Type': format.contentType, 'Cache-Control': 'no-store' })
      await pipeline(format.write(columns, readTable(database.read, scope, columns)), response).catch((error: unknown) => {
        // What was sent by then looks like the beginning of a table: only a broken connection tells that it is no whole one.
        if (!response.writableFinished) log.warn({ err: error }, 'table of runs broke off')
        response.destroy()
      })
    } catch (error) {
      if (!(error instanceof HourglassError)) throw error
      refuse(response, error)
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

function readAsked(query: unknown): z.output<typeof asked> {
  const read = asked.safeParse(query)
  if (read.success) return read.data
  const got = JSON.stringify(query)?.slice(0, 200)
  throw new HourglassError(
    errorCodes.badUserInput,
    `Expected text and timeZone in the address, each once, status, dataset, ids, except and columns, got ${got}.`,
  )
}
