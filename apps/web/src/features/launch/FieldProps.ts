import type { FieldDescription } from '@hourglass/autoencoders'
import type { EngineOption } from './engineHints'
import type { Difference } from './formRuns'
import type { FormValue } from './formValue'

/** What every control of the form gets. */
export interface FieldProps<Field extends FieldDescription = FieldDescription, Value extends FormValue = FormValue> {
  readonly field: Field
  /** Path in the configuration, `optimizer.learningRate`. */
  readonly path: string
  readonly value: Value
  readonly onChange: (value: FormValue) => void
  readonly form: FormContext
}

/** What all controls of one form share. */
export interface FormContext {
  readonly errors: Readonly<Record<string, string>>
  /** Why a setting has no effect on what is chosen, by its path. */
  readonly unused: Readonly<Record<string, string>>
  /** What an empty setting stands for beside the others, by its path; of those that are not there the schema says it. */
  readonly whenEmpty: Readonly<Record<string, string>>
  /** Settings in which the runs differ that are edited together, by their path. */
  readonly differing: ReadonlyMap<string, Difference>
  /** Gives these runs what the first has at a path. */
  readonly onUnify: (path: string) => void
  /** Paths of the settings that may be changed; null for all. */
  readonly free: readonly string[] | null
  readonly onLeave: (path: string) => void
  readonly datasets: readonly DatasetOption[]
  readonly engines: readonly EngineOption[]
}

export interface DatasetOption {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly available: boolean
  readonly howToGet: string | null
  readonly trainCount: number
  readonly testCount: number
}
