import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'

/** Changes the database of a data folder behind the server's back. */
export function editDatabase<Result>(folder: string, edit: (database: SqliteDatabase.Database) => Result): Result {
  const database = new SqliteDatabase(join(folder, 'hourglass.db'))
  try {
    return edit(database)
  } finally {
    database.close()
  }
}

/** Plans no more than some further epochs for a run that does not train at the moment; returns how many it then has in all. */
export function shortenRun(folder: string, id: string, { epochsLeft }: { epochsLeft: number }): number {
  return editDatabase(folder, (database) => {
    const update = `UPDATE Run SET epochs = epochsCompleted + $epochsLeft,
      config = json_set(config, '$.training.epochs', epochsCompleted + $epochsLeft) WHERE id = $id RETURNING epochs`
    return (database.prepare(update).get({ id, epochsLeft }) as { epochs: number }).epochs
  })
}
