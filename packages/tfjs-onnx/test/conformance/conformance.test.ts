import { expect, it } from 'vitest'
import { countOutcomes, formatCounts, runConformance } from './conformance.mjs'
import { deviations } from './deviations.js'

it('computes what the specs of tfjs-core expect, or refuses by name', async () => {
  const reports = await runConformance()
  process.stdout.write(`${formatCounts(reports)}\n`)
  expect(reports.filter(({ outcome }) => outcome === 'failed')).toEqual([])
  // Fewer would mean that a rule went, or that specs were not found.
  expect(countOutcomes(reports).computed).toBeGreaterThanOrEqual(2146)
  expect(reports.flatMap(({ name, outcome }) => (outcome === 'deviates' ? [name] : [])).sort()).toEqual(Object.keys(deviations).sort())
})
