import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { storedName } from '../artifacts/storedNames.js'
import { holdersOf, listFiles, listRuns } from '../upkeep/listedFiles.js'

/**
 * Takes out of a copy what is not as long as it is listed, so that it is as lost in the archive as in the lab: an archive whose files are not those that it
 * lists is taken in by nobody.
 */
export async function leaveOutMisfits(folder: string): Promise<void> {
  const database = new SqliteDatabase(join(folder, 'hourglass.db'))
  try {
    for (const run of listRuns(database)) {
      for (const { name, bytes, isPack, files } of holdersOf(listFiles(database, run))) {
        const path = join(folder, 'runs', run.id, ...name.split('/'))
        const size = (await stat(path).catch(() => null))?.size
        if (size === undefined || (isPack ? size >= bytes : size === bytes)) continue
        if (!isPack) await rm(path)
        const unlist = database.prepare('DELETE FROM Artifact WHERE runNumber = ? AND name = ?')
        for (const file of isPack ? files : []) if (file.offset + file.bytes > size) unlist.run(run.number, storedName(file.name))
      }
    }
  } finally {
    database.close()
  }
}
