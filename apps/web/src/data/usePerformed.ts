import { useCallback, useState } from 'react'

/** What came of something that was to be done: what was answered, or why nothing was done. */
export type Outcome<Data, Failure> = { readonly data: Data; readonly error: null } | { readonly data: null; readonly error: Failure }

export interface PerformedState<Data, Variables, Failure> {
  /** Has it done; never rejects. */
  readonly run: (variables: Variables) => Promise<Outcome<Data, Failure>>
  readonly isRunning: boolean
  /** What it was last asked for. */
  readonly variables: Variables | null
  /** Why it was not done the last time. */
  readonly error: Failure | null
}

interface PerformedOptions<Data, Variables, Failure> {
  /** `useCallback` or a module keeps both. */
  readonly perform: (variables: Variables) => Promise<Data>
  /** Reads from what was thrown why it was not done. */
  readonly toError: (cause: unknown) => Failure
}

/** Follows whether something is being done that a reader asked for, and why it was not. */
export function usePerformed<Data, Variables, Failure>({
  perform,
  toError,
}: PerformedOptions<Data, Variables, Failure>): PerformedState<Data, Variables, Failure> {
  const [state, setState] = useState<Omit<PerformedState<Data, Variables, Failure>, 'run'>>({
    isRunning: false,
    variables: null,
    error: null,
  })
  const run = useCallback(
    async (variables: Variables): Promise<Outcome<Data, Failure>> => {
      setState({ isRunning: true, variables, error: null })
      try {
        const data = await perform(variables)
        setState({ isRunning: false, variables, error: null })
        return { data, error: null }
      } catch (cause) {
        const error = toError(cause)
        setState({ isRunning: false, variables, error })
        return { data: null, error }
      }
    },
    [perform, toError],
  )
  return { run, ...state }
}
