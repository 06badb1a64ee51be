/** Brings a backup back: `npm run restore -- BACKUP [FOLDER] [--replace]`. */
import './requireNode.mjs'

const { loadUpkeep } = await import('./loadUpkeep.mjs')
const { restore } = await loadUpkeep()
process.exitCode = await restore(process.argv.slice(2))
