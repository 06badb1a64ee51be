import { describe, expect, it } from 'vitest'
import { quickChecks } from './quickChecks.js'
import { measureQuickRuns } from './quickRuns.js'
import { report } from './report.js'
import { isFull } from './scale.js'

describe.runIf(isFull)('quick versions show what their presets tell to look for', () => {
  it.each(Object.entries(quickChecks))('%s', async (presetId, check) => {
    const runs = await measureQuickRuns(presetId)
    const claims = await check(runs)
    const sum = (part: 'seconds' | 'processorSeconds') => Math.round(runs.all.reduce((total, { run }) => total + run[part], 0))
    report(
      `${presetId}: trained in ${sum('seconds')} s, ${sum('processorSeconds')} s of processor time`,
      claims.map(({ what, value, above = null, below = null }) => ({ what, value, above, below })),
    )
    for (const { what, value, above, below } of claims) {
      if (above !== undefined) expect(value, what).toBeGreaterThan(above)
      if (below !== undefined) expect(value, what).toBeLessThan(below)
    }
  })
})
