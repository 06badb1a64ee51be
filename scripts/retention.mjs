/** Removes models of epochs that retention does not keep from the runs of a lab that is stopped: `npm run retention [-- FOLDER] [--apply]`. */
import './requireNode.mjs'

const { loadUpkeep } = await import('./loadUpkeep.mjs')
const { retention } = await loadUpkeep()
process.exitCode = await retention(process.argv.slice(2))
