/** Copies the data folder as it is at one moment, also while the lab trains: `npm run backup [-- FOLDER] [--link]`. */
import './requireNode.mjs'

const { loadUpkeep } = await import('./loadUpkeep.mjs')
const { backup } = await loadUpkeep()
process.exitCode = await backup(process.argv.slice(2))
