import {
  joinRunIssues,
  type LabelledRun,
  moreSeeds,
  moreValues,
  type RunConfig,
  type SweptSetting,
  validateRunConfig,
} from '@hourglass/autoencoders'

/** What is asked for: so many seeds more of each setting, or other values of the setting that is varied, as typed. */
export type Addition = { readonly kind: 'seeds'; readonly count: number } | { readonly kind: 'values'; readonly values: readonly string[] }

export interface AddedRuns {
  readonly runs: readonly LabelledRun<RunConfig>[]
  /** What is wrong with what is asked for; undefined where nothing is. */
  readonly problem: string | undefined
}

/** Works out which runs an experiment is given, and what is wrong with them. */
export function addedRuns(present: readonly LabelledRun<RunConfig>[], swept: SweptSetting, addition: Addition): AddedRuns {
  if (addition.kind === 'seeds') return { runs: moreSeeds(present, addition.count), problem: undefined }
  const { path, title } = swept
  if (path === null || title === null) return { runs: [], problem: 'Its runs differ in more than one number.' }
  if (addition.values.length === 0) return { runs: [], problem: `Give the values that ${title.toLowerCase()} is to take.` }
  const numbers = addition.values.map(Number)
  const unread = addition.values.find((_, index) => !Number.isFinite(numbers[index]))
  if (unread !== undefined) return { runs: [], problem: `Expected numbers, got ${JSON.stringify(unread)}.` }
  const known = numbers.find((value) => swept.places.includes(value))
  if (known !== undefined) return { runs: [], problem: `Its runs have ${title.toLowerCase()} ${known} already.` }
  const runs = moreValues(present, { path, title }, [...new Set(numbers)])
  const [wrong] = joinRunIssues(
    runs.flatMap(({ label, config }) => {
      const result = validateRunConfig(config)
      return 'issues' in result ? [{ label, message: result.issues[0]?.message ?? '' }] : []
    }),
  )
  return { runs, problem: wrong && `${wrong}.` }
}
