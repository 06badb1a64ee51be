/** The process that opens an archive which somebody sent: `importer.js ARCHIVE FOLDER ROWS`. Reports what it holds over IPC, and writes its rows to a file. */
import type { ArchiveReport } from './ArchiveRows.js'
import { openArchive } from './openArchive.js'

const [archive = '', folder = '', portions = ''] = process.argv.slice(2)
const leave = () => process.exit(1)
process.on('disconnect', leave)

await report(await openArchive({ archive, folder, portions }))
process.off('disconnect', leave)
process.disconnect?.()

function report(message: ArchiveReport): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!process.send) return reject(new Error('Expected to be forked by the server, got no parent process'))
    process.send(message, undefined, {}, (error) => (error ? reject(error) : resolve()))
  })
}
