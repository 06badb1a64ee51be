import type { RunFacts } from '../../src/claims.js'
import type { Subject, SubjectMetrics } from '../../src/index.js'
import { completeRunConfig, presets, replicateRuns } from '../../src/index.js'
import { type Analysis, analysisSchema } from '../../src/measured.js'

/** What a run is said to have been measured with. */
export interface Numbers {
  readonly subjects?: Readonly<Partial<Record<Subject, Partial<SubjectMetrics>>>>
  readonly metrics?: RunFacts['metrics']
  readonly parts?: Partial<Analysis>
}

export type NumbersOf = (run: RunFacts) => Numbers

/** Makes facts of the runs of a preset, all of one seed, with numbers that nobody measured. */
export function factsOf(presetId: string, numbersOf: NumbersOf, seed = 1): readonly RunFacts[] {
  const preset = presets.find(({ id }) => id === presetId)
  if (!preset) throw new Error(`expected a preset, got ${presetId}`)
  return replicateRuns(preset.runs, [seed]).map(({ label, config }) => {
    const completed = completeRunConfig(config)
    const run: RunFacts = {
      id: label,
      label,
      config: completed,
      state: 'ended',
      metrics: {},
      analysis: null,
    }
    const { subjects = {}, metrics = {}, parts = {} } = numbersOf(run)
    const analysis = analysisSchema.parse({
      seconds: 1,
      subjects: Object.entries(subjects).map(([subject, values]) => ({ subject, metrics: values })),
      ...parts,
    })
    return { ...run, metrics, analysis }
  })
}
