/** Checks a data folder against its database, also while the lab runs: `npm run check [-- FOLDER] [--sweep]`. */
import './requireNode.mjs'

const { loadUpkeep } = await import('./loadUpkeep.mjs')
const { check } = await loadUpkeep()
process.exitCode = await check(process.argv.slice(2))
