'use client'
import { useEffect, useReducer, useState } from 'react'

export interface AnswerState<Answer> {
  /** The latest answer; the one before stays while another is on its way. */
  readonly answer: Answer | null
  /** Why there was none the last time. */
  readonly error: Error | null
  /** Whether what failed is asked for again, and has not been answered yet. */
  readonly isRetrying: boolean
  /** Asks again. */
  readonly retry: () => void
}

interface Outcome<Answer> extends Pick<AnswerState<Answer>, 'answer' | 'error'> {
  readonly attempt: number
}

/**
 * Asks for something that takes a while whenever the question, which `useCallback` or `useMemo` keeps, is another; nothing for null. What is not wanted any
 * more is told so by its signal, and what it comes to is not heard.
 */
export function useAnswer<Answer>(ask: ((signal: AbortSignal) => Promise<Answer>) | null): AnswerState<Answer> {
  const [{ answer, error, attempt: answered }, setOutcome] = useState<Outcome<Answer>>({ answer: null, error: null, attempt: 0 })
  const [attempt, retry] = useReducer((before: number) => before + 1, 0)
  useEffect(() => {
    if (ask === null) return
    const leaving = new AbortController()
    ask(leaving.signal).then(
      (answer) => leaving.signal.aborted || setOutcome({ answer, error: null, attempt }),
      (error: Error) => leaving.signal.aborted || setOutcome((before) => ({ ...before, error, attempt })),
    )
    return () => leaving.abort()
  }, [ask, attempt])
  return { answer, error, isRetrying: error !== null && answered !== attempt, retry }
}
