import type { RunConfig } from '@hourglass/autoencoders'
import { useMemo } from 'react'
import { configDescription } from '../../data/readRunConfig'
import type { FormObject } from './formValue'
import { type SweepableSetting, sweepableSettings } from './sweepableSettings'
import { type SweptRuns, sweepRuns, type TypedSweep } from './sweepRuns'

export interface LabelledConfig {
  readonly label: string
  readonly config: RunConfig
}

export interface SweepState {
  /** All that can be varied. */
  readonly settings: readonly SweepableSetting[]
  /** Those that are. */
  readonly varied: readonly SweepableSetting[]
  /** The runs of the values that are right. */
  readonly runs: readonly LabelledConfig[]
  /** How many runs the values stand for, right or not, without their seeds. */
  readonly count: number
  readonly problem: SweptRuns['problem']
}

/** Works out the runs of a sweep over what the form holds, and what is wrong with them. */
export function useSweep(form: FormObject, sweep: TypedSweep, seeds: number): SweepState {
  return useMemo(() => {
    const settings = sweepableSettings(configDescription, form)
    const varied = sweep.axes.flatMap((axis) => settings.find(({ path }) => path === axis.path) ?? [])
    if (varied.length === 0) return { settings, varied, runs: [], count: 0, problem: null }
    const { runs: made, count, problem } = sweepRuns(configDescription, form, { sweep, seeds })
    const runs = made.flatMap(({ label, result }) => ('config' in result ? [{ label, config: result.config }] : []))
    return { settings, varied, runs, count, problem }
  }, [form, sweep, seeds])
}
