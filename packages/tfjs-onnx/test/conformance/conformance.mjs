/**
 * Runs the specs of tfjs-core through the compiler and counts what came of them: `npm run conformance -- [PART OF A SPEC FILE'S PATH]`, with
 * `--refused` to list what is refused and why. What fails is always listed; then the command exits with 1.
 */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { bundleSpecs } from './bundleSpecs.mjs'

/** Inside the package, so that what the bundle leaves outside is found from there. */
const cache = fileURLToPath(new URL('../../node_modules/.cache/conformance/', import.meta.url))

/**
 * Bundles and runs the specs in a process of their own.
 *
 * @param {string} [filter] Only spec files whose path contains it.
 * @returns {Promise<readonly import('./SpecReport.js').SpecReport[]>}
 */
export async function runConformance(filter) {
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(cache)
  try {
    const [specs, results] = [join(folder, 'specs.mjs'), join(folder, 'results.json')]
    await bundleSpecs(specs, filter)
    await promisify(execFile)(process.execPath, [specs, results], { cwd: folder, maxBuffer: 2 ** 28 })
    return JSON.parse(readFileSync(results, 'utf8'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * Counts reports by outcome.
 *
 * @param {readonly import('./SpecReport.js').SpecReport[]} reports
 * @returns {Record<import('./SpecReport.js').Outcome, number>}
 */
export function countOutcomes(reports) {
  const counts = { computed: 0, checked: 0, refused: 0, deviates: 0, failed: 0 }
  for (const { outcome } of reports) counts[outcome]++
  return counts
}

/**
 * Writes the counts as one line.
 *
 * @param {readonly import('./SpecReport.js').SpecReport[]} reports
 */
export function formatCounts(reports) {
  const { computed, checked, refused, deviates, failed } = countOutcomes(reports)
  const known = deviates > 0 ? `${deviates} where TensorFlow.js is known to be wrong, ` : ''
  return `${reports.length} specs of tfjs-core: ${computed} right in ONNX Runtime, ${checked} right without a graph, ${refused} refused by name, ${known}${failed} failed`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [filter] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
  const reports = await runConformance(filter)
  const shown = process.argv.includes('--refused') ? ['refused', 'deviates', 'failed'] : ['failed']
  for (const { name, outcome, messages } of reports) {
    if (shown.includes(outcome)) process.stdout.write(`${outcome}: ${name}\n${messages.map((message) => `    ${message}\n`).join('')}`)
  }
  process.stdout.write(`${formatCounts(reports)}\n`)
  if (reports.some(({ outcome }) => outcome === 'failed')) process.exitCode = 1
}
