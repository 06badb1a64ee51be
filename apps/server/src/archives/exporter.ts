/** The process that packs an archive and writes it to its output: `exporter.js DATA_FOLDER STAGING_FOLDER run|experiment ID`. What keeps it from that is its last line of errors. */
import { selectionSchema } from '../upkeep/copySelection.js'
import { isSound } from '../upkeep/describeReport.js'
import { packArchive } from './packArchive.js'

const [dataFolder = '', staging = '', kind, id] = process.argv.slice(2)
// Whoever wanted it is gone.
const leave = () => process.exit(1)
process.on('disconnect', leave)

try {
  const report = await packArchive({ dataFolder, staging, selection: selectionSchema.parse({ kind, id }), output: process.stdout })
  if (!isSound(report))
    console.error(`Packed what is left: ${report.runs.flatMap(({ lost }) => lost).length} files are missing or damaged.`)
  process.off('disconnect', leave)
  process.disconnect?.()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
}
