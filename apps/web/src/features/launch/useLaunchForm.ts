import { type RunConfig, type RunConfigInput, validateRunConfig, withoutUnused } from '@hourglass/autoencoders'
import { useEffect, useMemo, useState } from 'react'
import type { ConfigIssue } from '../../data/apiError'
import { configDescription } from '../../data/readRunConfig'
import { haveSameShape, readDraft, writeDraft } from './draft'
import { type FormObject, type FormValue, fieldPathOf, fromFormValue, toFormValue } from './formValue'

export interface LaunchFormOptions {
  /** Configuration to begin with; what it leaves out takes the defaults. */
  readonly initial: RunConfigInput
  /** Name under which the tab keeps what is typed. */
  readonly draftKey: string
}

export interface LaunchForm {
  readonly value: FormObject
  readonly name: string
  /** Messages to show now, by the path of their field. */
  readonly errors: Readonly<Record<string, string>>
  /** The configuration, or undefined while anything in it is wrong. */
  readonly config: RunConfig | undefined
  readonly setValue: (value: FormValue) => void
  readonly setName: (name: string) => void
  /** Lets the errors of a field show, once it was left. */
  readonly touch: (path: string) => void
  /** Lets every error show; gives the configuration where there is none. */
  readonly submit: () => RunConfig | undefined
  /** Shows what the API refused beside its fields; gives the messages that belong to no field. */
  readonly refuse: (issues: readonly ConfigIssue[]) => readonly string[]
  readonly reset: () => void
  readonly forgetDraft: () => void
}

/** Holds what is typed in the launch form, validates it against the configuration schema, and keeps it through a reload. */
export function useLaunchForm({ initial, draftKey }: LaunchFormOptions): LaunchForm {
  const beginning = useMemo(() => toFormValue(configDescription, initial) as FormObject, [initial])
  const [draft] = useState(() => readDraft(draftKey, (value) => haveSameShape(value, beginning)))
  const [value, setValue] = useState<FormObject>((draft?.value as FormObject | undefined) ?? beginning)
  const [name, setName] = useState(draft?.name ?? '')
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const [submitted, setSubmitted] = useState(false)
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({})

  useEffect(() => {
    if (value !== beginning || name !== '') writeDraft(draftKey, { name, value })
  }, [draftKey, name, value, beginning])

  const result = useMemo(() => validateRunConfig(withoutUnused(fromFormValue(configDescription, value))), [value])
  const found = useMemo(() => ('issues' in result ? byField(result.issues) : {}), [result])
  const errors = useMemo(() => {
    const shown = Object.entries(found).filter(([path]) => submitted || touched.has(path))
    return { ...refused, ...Object.fromEntries(shown) }
  }, [found, refused, submitted, touched])

  return {
    value,
    name,
    errors,
    config: 'config' in result ? result.config : undefined,
    setValue: (next) => {
      setValue(next as FormObject)
      setRefused({})
    },
    setName,
    touch: (path) => setTouched((before) => (before.has(path) ? before : new Set([...before, path]))),
    submit: () => {
      setSubmitted(true)
      return 'config' in result ? result.config : undefined
    },
    refuse: (issues) => {
      const { '': general, ...fields } = byField(issues)
      setRefused(fields)
      return general ? [general] : []
    },
    reset: () => {
      writeDraft(draftKey, null)
      setValue(beginning)
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
