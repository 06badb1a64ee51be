import { Prisma, type PrismaClient } from '../generated/prisma/client.js'
import { listPlaceOf, writeCursor } from './runCursor.js'
import { type RunList, readList, selectListed } from './runList.js'

/**
 * Reads where a few runs stand in a list, by their numbers: the cursors that {@link readRunPage} gives them; none of those that are not in it. One statement
 * beside that for the keys, which reads nothing of other runs.
 */
export async function readCursors(read: PrismaClient, list: RunList, numbers: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const known = await readList(read, list)
  const rows = await read.$queryRaw<Readonly<Record<string, unknown>>[]>`${among(numbers)} ${selectListed(known)}`
  const places = rows.map((row) => listPlaceOf(row, known.orders))
  return new Map(places.map((place) => [place.number, writeCursor(known.orders, place)]))
}

/**
 * Puts the rows of a few runs in the place of the tables that conditions look into: SQLite would else read first what all runs have of a value. It joins a
 * CROSS JOIN from left to right.
 */
function among(numbers: readonly number[]): Prisma.Sql {
  const chosen = JSON.stringify(numbers)
  return Prisma.sql`
    WITH Run AS (SELECT own.* FROM json_each(${chosen}) AS chosen CROSS JOIN main.Run AS own ON own.number = chosen.value),
      RunValue AS (SELECT own.* FROM json_each(${chosen}) AS chosen CROSS JOIN main.RunValue AS own ON own.runNumber = chosen.value),
      RunText AS (SELECT own.* FROM json_each(${chosen}) AS chosen CROSS JOIN main.RunText AS own ON own.runNumber = chosen.value)`
}
