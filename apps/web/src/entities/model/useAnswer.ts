'use client'
import { useEffect, useReducer, useState } from 'react'

export interface AnswerState<Answer> {
  /** The latest answer; the one before stays while another is on its way. */
  readonly answer: Answer | null
  readonly error: Error | null
  /** Asks again. */
  readonly retry: () => void
}

/** Asks for something that takes a while whenever the question, which `useCallback` or `useMemo` keeps, is another; nothing for null. */
export function useAnswer<Answer>(ask: ((signal: AbortSignal) => Promise<Answer>) | null): AnswerState<Answer> {
  const [state, setState] = useState<Omit<AnswerState<Answer>, 'retry'>>({ answer: null, error: null })
  const [attempt, retry] = useReducer((before: number) => before + 1, 0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the same again
  useEffect(() => {
    if (ask === null) return
    const leaving = new AbortController()
    ask(leaving.signal).then(
      (answer) => leaving.signal.aborted || setState({ answer, error: null }),
      (error: Error) => leaving.signal.aborted || setState((before) => ({ ...before, error })),
    )
    return () => leaving.abort()
  }, [ask, attempt])
  return { ...state, retry }
}
