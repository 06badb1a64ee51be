import { joinRunIssues, type RunConfig } from '@hourglass/autoencoders'
import { useMemo } from 'react'
import { configDescription } from '../../data/readRunConfig'
import type { FormObject } from './formValue'
import { type Sweep, type SweepableSetting, sweepableSettings, sweepRuns } from './sweep'

export interface LabelledConfig {
  readonly label: string
  readonly config: RunConfig
}

export interface SweepState {
  readonly settings: readonly SweepableSetting[]
  /** The setting that is varied, where there is one of that name. */
  readonly setting: SweepableSetting | undefined
  /** The runs of the values that are right. */
  readonly runs: readonly LabelledConfig[]
  /** What is wrong with the values. */
  readonly problem: string | undefined
}

/** Works out the runs of a sweep over what the form holds, and what is wrong with them. */
export function useSweep(form: FormObject, sweep: Sweep | null): SweepState {
  return useMemo(() => {
    const settings = sweepableSettings(configDescription, form)
    const setting = settings.find(({ path }) => path === sweep?.path)
    if (!setting || !sweep) return { settings, setting: undefined, runs: [], problem: undefined }
    const made = sweepRuns(configDescription, form, sweep)
    const runs = made.flatMap(({ label, result }) => ('config' in result ? [{ label, config: result.config }] : []))
    const [wrong] = joinRunIssues(
      made.flatMap(({ label, result }) => ('issues' in result ? [{ label, message: result.issues[0]?.message ?? '' }] : [])),
    )
    const problem = sweep.values.length === 0 ? 'Give the values that it is to take.' : wrong && `${wrong}.`
    return { settings, setting, runs, problem }
  }, [form, sweep])
}
