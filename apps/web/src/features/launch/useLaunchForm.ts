import { type RunConfig, type RunConfigInput, validateRunConfig, withoutUnused } from '@hourglass/autoencoders'
import { useEffect, useMemo, useState } from 'react'
import type { ConfigIssue } from '../../data/apiError'
import { configDescription } from '../../data/readRunConfig'
import { haveSameShape, readDraft, writeDraft } from './draft'
import { applyChange, type Difference, differencesOf, type FormRun, freeLabel, labelProblem, unify } from './formRuns'
import { type FormObject, type FormValue, fieldPathOf, fromFormValue, toFormValue } from './formValue'

/** A run that the form begins with; what its configuration leaves out takes the defaults. */
export interface InitialRun {
  readonly label: string
  readonly config: RunConfigInput
}

export interface LaunchFormOptions {
  /** One, or several that are launched together. */
  readonly initial: readonly InitialRun[]
  /** Name under which the tab keeps what is typed. */
  readonly draftKey: string
}

/** The runs of a form that has several. */
export interface LaunchFormRuns {
  readonly all: readonly FormRun[]
  /** The one whose settings are shown, or null for what all have. */
  readonly shown: number | null
  readonly differences: readonly Difference[]
  /** What is wrong with their names; null where nothing is. */
  readonly problem: string | null
  readonly show: (index: number | null) => void
  readonly rename: (index: number, label: string) => void
  /** Adds one with the settings that are shown, and shows it. */
  readonly add: () => void
  readonly remove: (index: number) => void
  /** Gives all runs what the first has at a path. */
  readonly unify: (path: string) => void
}

export interface LaunchForm {
  /** What is shown: of one run, or of all. */
  readonly value: FormObject
  readonly name: string
  /** Messages to show now, by the path of their field. */
  readonly errors: Readonly<Record<string, string>>
  /** The configuration that is shown, or undefined while anything in it is wrong. */
  readonly config: RunConfig | undefined
  /** Those of all runs, or undefined while anything in one of them is wrong. */
  readonly configs: readonly RunConfig[] | undefined
  readonly runs: LaunchFormRuns
  readonly setValue: (value: FormValue) => void
  readonly setName: (name: string) => void
  /** Lets the errors of a field show, once it was left. */
  readonly touch: (path: string) => void
  /** Lets every error show, of the first run that has one; gives the configurations where there is none. */
  readonly submit: () => readonly RunConfig[] | undefined
  /** Shows what the API refused beside its fields; gives the messages that belong to no field. */
  readonly refuse: (issues: readonly ConfigIssue[]) => readonly string[]
  readonly reset: () => void
  readonly forgetDraft: () => void
}

/** Holds what is typed in the launch form, validates it against the configuration schema, and keeps it through a reload. */
export function useLaunchForm({ initial, draftKey }: LaunchFormOptions): LaunchForm {
  const beginning = useMemo(
    () => initial.map(({ label, config }): FormRun => ({ label, value: toFormValue(configDescription, config) as FormObject })),
    [initial],
  )
  const [draft] = useState(() => readDraft(draftKey, (value) => haveSameShape(value, beginning[0]?.value)))
  const [runs, setRuns] = useState<readonly FormRun[]>(draft?.runs ?? beginning)
  const [shown, setShown] = useState<number | null>(null)
  const [name, setName] = useState(draft?.name ?? '')
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const [submitted, setSubmitted] = useState(false)
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({})

  useEffect(() => {
    if (runs !== beginning || name !== '') writeDraft(draftKey, { name, runs })
  }, [draftKey, name, runs, beginning])

  const results = useMemo(() => runs.map(({ value }) => validateRunConfig(withoutUnused(fromFormValue(configDescription, value)))), [runs])
  const firstWrong = results.findIndex((result) => 'issues' in result)
  const place = shown ?? (firstWrong >= 0 ? firstWrong : 0)
  const value = runs[shown ?? 0]?.value ?? ({} as FormObject)
  const result = results[place]
  const found = useMemo(() => (result && 'issues' in result ? byField(result.issues) : {}), [result])
  const errors = useMemo(() => {
    const told = Object.entries(found).filter(([path]) => submitted || touched.has(path))
    return { ...refused, ...Object.fromEntries(told) }
  }, [found, refused, submitted, touched])
  const differences = useMemo(
    () =>
      runs.length > 1
        ? differencesOf(
            configDescription,
            runs.map((run) => run.value),
          )
        : [],
    [runs],
  )
  const configs = useMemo(() => {
    const valid = results.flatMap((each) => ('config' in each ? [each.config] : []))
    return valid.length === results.length ? valid : undefined
  }, [results])
  const problem = runs.length > 1 ? labelProblem(runs) : null
  const change = (next: readonly FormRun[]) => {
    setRuns(next)
    setRefused({})
  }
  const current = results[shown ?? 0]

  return {
    value,
    name,
    errors,
    config: current && 'config' in current ? current.config : undefined,
    configs,
    runs: {
      all: runs,
      shown: runs.length > 1 ? shown : null,
      differences,
      problem,
      show: setShown,
      rename: (index, label) => change(runs.map((run, at) => (at === index ? { ...run, label } : run))),
      add: () => {
        const like = runs[shown ?? runs.length - 1]
        if (!like) return
        const before = runs.length === 1 && like.label === '' ? [{ ...like, label: 'run 1' }] : runs
        change([...before, { value: like.value, label: freeLabel(before, runs.length === 1 ? 'run' : like.label) }])
        setShown(before.length)
      },
      remove: (index) => {
        change(runs.filter((_, at) => at !== index))
        setShown(null)
      },
      unify: (path) => {
        const values = unify(
          runs.map((run) => run.value),
          path,
        )
        change(runs.map((run, index) => ({ ...run, value: values[index] ?? run.value })))
      },
    },
    setValue: (next) =>
      change(
        runs.map((run, index) => {
          if (shown !== null && shown !== index) return run
          return { ...run, value: applyChange(run.value, value, next) as FormObject }
        }),
      ),
    setName,
    touch: (path) => setTouched((before) => (before.has(path) ? before : new Set([...before, path]))),
    submit: () => {
      setSubmitted(true)
      if (configs) return configs
      if (runs.length > 1) setShown(firstWrong)
      return undefined
    },
    refuse: (issues) => {
      const { '': general, ...fields } = byField(issues)
      setRefused(fields)
      return general ? [general] : []
    },
    reset: () => {
      writeDraft(draftKey, null)
      setRuns(beginning)
      setShown(null)
      setName('')
      setTouched(new Set())
      setSubmitted(false)
      setRefused({})
    },
    forgetDraft: () => writeDraft(draftKey, null),
  }
}

/** Keeps the first message of each field, under the path of its control. */
function byField(issues: readonly ConfigIssue[]): Readonly<Record<string, string>> {
  const messages: Record<string, string> = {}
  for (const { path, message } of issues) messages[fieldPathOf(configDescription, path)] ??= message
  return messages
}
