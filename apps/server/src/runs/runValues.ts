import { modelFacts, type RunConfig } from '@hourglass/autoencoders'
import { flattenValues } from '@hourglass/protocol'
import { foldText } from '@hourglass/query'
import type { Transaction } from '../database/Database.js'
import type { PrismaClient } from '../generated/prisma/client.js'

/** Values by name: `config.training.epochs`, `metric.validationLoss`. */
export type RunValues = ReadonlyMap<string, number | string>

/** A list is as long as SQLite takes parameters for. */
const ROWS = 200

/** Names the values of a configuration, whatever its kind. */
export function configValues(config: unknown): RunValues {
  return new Map(flattenValues(config).map(({ key, value }) => [`config.${key}`, value]))
}

/** Names what follows from a configuration and is asked for by itself. */
export function modelValues(config: RunConfig): RunValues {
  const { codeSize, objective } = modelFacts(config)
  return new Map<string, number | string>([
    ['model.codeSize', codeSize],
    ['model.objective', objective],
  ])
}

/** Names measured numbers; those that are not finite have no place in an order. */
export function metricValues(metrics: Readonly<Record<string, number>>): RunValues {
  return new Map(
    Object.entries(metrics)
      .filter(([, value]) => Number.isFinite(value))
      .map(([name, value]) => [`metric.${name}`, value]),
  )
}

/**
 * Sets measured numbers of a run, in the caller's transaction; others stay. One that is not finite now takes away what it was: a run is not ordered by
 * what it measured before it diverged.
 */
export async function setRunMetrics(transaction: Transaction, runNumber: number, metrics: Readonly<Record<string, number>>): Promise<void> {
  await setRunValues(transaction, runNumber, metricValues(metrics))
  const gone = Object.keys(metrics).filter((name) => !Number.isFinite(metrics[name]))
  if (gone.length === 0) return
  await transaction.runValue.deleteMany({ where: { runNumber, key: { name: { in: gone.map((name) => `metric.${name}`) } } } })
}

/** Sets values of a run, in the caller's transaction; others stay. */
export async function setRunValues(transaction: Transaction, runNumber: number, values: RunValues): Promise<void> {
  const rows = [...values].map(([name, value]) => {
    if (typeof value === 'number') return [name, value, null, null] as const
    const folded = foldText(value)
    return [name, null, value, folded === value ? null : folded] as const
  })
  for (let start = 0; start < rows.length; start += ROWS) {
    const some = rows.slice(start, start + ROWS)
    const set = () =>
      transaction.$executeRawUnsafe(
        `WITH "given" ("name", "number", "text", "folded") AS (VALUES ${some.map(() => '(?, ?, ?, ?)').join(', ')})
         INSERT INTO "RunValue" ("runNumber", "keyId", "number", "text", "folded")
         SELECT ?, "ValueKey"."id", "given"."number", "given"."text", "given"."folded" FROM "given" JOIN "ValueKey" ON "ValueKey"."name" = "given"."name" WHERE true
         ON CONFLICT ("runNumber", "keyId") DO UPDATE SET "number" = excluded."number", "text" = excluded."text", "folded" = excluded."folded"`,
        ...some.flat(),
        runNumber,
      )
    if ((await set()) === some.length) continue
    await addKeys(
      transaction,
      some.map(([name]) => name),
    )
    await set()
  }
}

async function addKeys(transaction: Transaction, names: readonly string[]): Promise<void> {
  const known = await transaction.valueKey.findMany({ where: { name: { in: [...names] } } })
  const existing = new Set(known.map(({ name }) => name))
  await transaction.valueKey.createMany({ data: names.filter((name) => !existing.has(name)).map((name) => ({ name })) })
}

export interface RunValueRow {
  readonly name: string
  readonly number: number | null
  readonly text: string | null
}

/** Lists the values of a run whose names begin with a prefix, by name. */
export async function readRunValues(read: PrismaClient, runNumber: number, prefix: string): Promise<RunValueRow[]> {
  const rows = await read.runValue.findMany({ where: { runNumber }, include: { key: true } })
  return rows
    .map(({ key: { name }, number, text }) => ({ name, number, text }))
    .filter(({ name }) => name.startsWith(prefix))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
