import { presets } from '@hourglass/autoencoders'
import { claims, judgeExperiment } from '@hourglass/autoencoders/claims'
import { describe, expect, it } from 'vitest'
import { quickChecks, toFacts, unsteadyClaims } from './quickChecks.js'
import { measureQuickRuns } from './quickRuns.js'
import { report } from './report.js'
import { isFull } from './scale.js'

/** What only eyes judge is not trained for. */
const judged = presets.map(({ id }) => id).filter((id) => claims[id]?.some(({ cases }) => cases))

describe.runIf(isFull)('the claims of presets hold in their quick versions', () => {
  it.each(judged)('%s', async (presetId) => {
    const runs = await measureQuickRuns(presetId)
    const verdicts = judgeExperiment(presetId, runs.all.map(toFacts))
    const checks = (await quickChecks[presetId]?.(runs)) ?? []
    const sum = (part: 'seconds' | 'processorSeconds') => Math.round(runs.all.reduce((total, { run }) => total + run[part], 0))
    report(`${presetId}: trained in ${sum('seconds')} s, ${sum('processorSeconds')} s of processor time`, [
      ...verdicts.map(({ claim, kind, sentence }) => ({ claim, kind, sentence })),
      ...checks.map(({ what, value }) => ({ what, value })),
    ])
    const byEye = claims[presetId]?.filter(({ cases }) => !cases).map(({ id }) => id) ?? []
    for (const { claim, kind, sentence } of verdicts.filter((verdict) => !byEye.includes(verdict.claim))) {
      if (unsteadyClaims.includes(`${presetId}: ${claim}`)) expect(kind, sentence).not.toBe('NOT_JUDGED')
      else expect(kind, `${claim}: ${sentence}`).toBe('HOLDS')
    }
    for (const { what, value, above, below } of checks) {
      if (above !== undefined) expect(value, what).toBeGreaterThan(above)
      if (below !== undefined) expect(value, what).toBeLessThan(below)
    }
  })
})
