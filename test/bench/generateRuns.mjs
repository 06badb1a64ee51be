/**
 * Fills a data folder with many runs, to measure the lab with and to try it. Build first: `npm run build`.
 * node test/bench/generateRuns.mjs --folder DIR [--runs 10000] [--epochs 50] [--experiments 200] [--seed 1] [--queued 0] [--recorded]
 */
import { parseArgs } from 'node:util'
import { fillFolder } from './database/fillFolder.mjs'

const { folder, recorded, ...given } = parseArgs({
  options: {
    folder: { type: 'string' },
    recorded: { type: 'boolean', default: false },
    runs: { type: 'string', default: '10000' },
    epochs: { type: 'string', default: '50' },
    experiments: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    queued: { type: 'string', default: '0' },
  },
}).values
if (folder === undefined) throw new Error('--folder: expected the data folder to fill, got none')
const counts = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, wholeNumber(name, value)]))
const started = performance.now()
const seconds = () => ((performance.now() - started) / 1000).toFixed(0)
let told = 0
await fillFolder(folder, {
  ...counts,
  recorded,
  onRuns: (written) => {
    if (written < told + 1000) return
    told = written
    process.stderr.write(`${written} runs after ${seconds()} s\n`)
  },
})
process.stdout.write(`${counts.runs} runs of about ${counts.epochs} epochs in ${folder} after ${seconds()} s\n`)

function wholeNumber(name, value) {
  if (/^\d+$/.test(value)) return Number(value)
  throw new Error(`--${name}: expected a whole number, got ${value}`)
}
