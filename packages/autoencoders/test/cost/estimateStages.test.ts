import { datasetCatalog } from '@hourglass/datasets'
import { describe, expect, it } from 'vitest'
import { countWork } from '../../src/cost/countWork.js'
import { estimateStages } from '../../src/cost/estimateStages.js'
import { measureRate } from '../../src/cost/measureRate.js'
import type { RunTimes } from '../../src/cost/RunTimes.js'
import { mapStages } from '../../src/cost/StageSeconds.js'
import { completeRunConfig, type RunConfigInput } from '../../src/index.js'

const sizes = datasetCatalog.mnist
const timed = (config: RunConfigInput) => ({ config: completeRunConfig(config), sizes })
const dense = (latentDimension: number, more: RunConfigInput = {}) => timed({ architecture: { kind: 'dense', latentDimension }, ...more })
const took = (run: ReturnType<typeof timed>, host: string, pace: number): RunTimes => {
  const work = countWork(run.config, run.sizes)
  return { ...run, host, seconds: mapStages((stage) => work[stage] * pace) }
}
const run = dense(32)
const work = countWork(run.config, run.sizes)

describe('the estimate of a run', () => {
  it('is what runs of the same work took, whatever their epochs and seeds', () => {
    const same = took(dense(32, { training: { epochs: 3, seed: 8 } }), 'here', 3)
    const records = [took(dense(64), 'here', 1), same, took(dense(32), 'there', 50)]
    const { seconds, basis } = estimateStages(run, { host: 'here', records, rate: { host: 'here', pace: 7 } })
    expect(basis).toBe('same')
    expect(seconds.epoch).toBeCloseTo(3 * work.epoch)
  })

  it('else is in proportion to the most similar ones', () => {
    const records = [took(dense(64), 'here', 2), took(timed({ architecture: { kind: 'convolutional' } }), 'here', 40)]
    const { seconds, basis } = estimateStages(run, { host: 'here', records, rate: null })
    expect(basis).toBe('similar')
    expect(seconds.measuring).toBeCloseTo(2 * work.measuring)
  })

  it('takes the median of several, so that one that was disturbed says little', () => {
    const records = [2, 2, 60].map((pace) => took(run, 'here', pace))
    expect(estimateStages(run, { host: 'here', records, rate: null }).seconds.epoch).toBeCloseTo(2 * work.epoch)
  })

  it('goes by another machine only where this one has trained nothing and was not measured', () => {
    const records = [took(run, 'there', 5)]
    const measured = estimateStages(run, { host: 'here', records, rate: { host: 'here', pace: 2 } })
    expect(measured).toMatchObject({ basis: 'measured', seconds: { epoch: 2 * work.epoch } })
    const foreign = estimateStages(run, { host: 'here', records, rate: { host: 'there', pace: 2 } })
    expect(foreign.basis).toBe('elsewhere')
    expect(foreign.seconds.epoch).toBeCloseTo(5 * work.epoch)
    const both = estimateStages(run, { host: 'here', records: [...records, took(dense(64), 'here', 3)], rate: null })
    expect(both.seconds.epoch).toBeCloseTo(3 * work.epoch)
  })

  it('says of each stage what is known of it, and of the whole what is known least', () => {
    const begun = {
      ...took(run, 'here', 2),
      seconds: { starting: 4, pretraining: null, firstEpoch: 2 * work.firstEpoch, epoch: null, measuring: null },
    }
    const { seconds, basis } = estimateStages(run, { host: 'here', records: [begun], rate: null })
    expect(seconds).toMatchObject({ starting: 4, pretraining: 0, measuring: null })
    // By the first one alone, without what was compiled for it.
    expect(seconds.epoch).toBeCloseTo(2 * work.epoch)
    expect(basis).toBeNull()
    expect(estimateStages(run, { host: 'here', records: [begun], rate: { host: 'here', pace: 1 } }).basis).toBe('measured')
  })

  it('knows nothing of an engine that has trained nothing here', () => {
    const cpu = dense(32, { training: { engine: 'cpu' } })
    expect(estimateStages(cpu, { host: 'here', records: [took(run, 'here', 1)], rate: { host: 'here', pace: 1 } }).basis).toBeNull()
    expect(estimateStages(cpu, { host: 'here', records: [took(cpu, 'here', 9)], rate: null }).seconds.epoch).toBeCloseTo(9 * work.epoch)
  })

  it('can come of one short measurement', async () => {
    const rate = await measureRate({ host: 'here', threads: 1 })
    expect(rate.host).toBe('here')
    expect(rate.pace).toBeGreaterThan(0)
    expect(rate.pace).toBeLessThan(1000)
  })
})
