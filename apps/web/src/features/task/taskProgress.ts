import { useCallback, useState } from 'react'

/** What was done with a task, as the browser keeps it. */
export interface TaskProgress {
  readonly name: string
  readonly answer: string
  /** What was launched, in order. */
  readonly experiments: readonly string[]
}

const NONE: TaskProgress = { name: '', answer: '', experiments: [] }
const keyOf = (task: string) => `hourglass.task.${task}`

function read(task: string): TaskProgress {
  try {
    const stored = JSON.parse(localStorage.getItem(keyOf(task)) ?? '{}') as Partial<TaskProgress> | null
    const { name, answer, experiments } = stored ?? {}
    return {
      name: typeof name === 'string' ? name : '',
      answer: typeof answer === 'string' ? answer : '',
      experiments: Array.isArray(experiments) ? experiments.filter((id) => typeof id === 'string') : [],
    }
  } catch {
    return NONE
  }
}

/** Reads and keeps what was done with a task; `task` is what its address says. */
export function useTaskProgress(task: string) {
  const [progress, setProgress] = useState(() => read(task))
  const change = useCallback(
    (changes: Partial<TaskProgress>) =>
      setProgress((before) => {
        const next = { ...before, ...changes }
        try {
          localStorage.setItem(keyOf(task), JSON.stringify(next))
        } catch (error) {
          console.warn('The browser does not keep what was done with this task.', error)
        }
        return next
      }),
    [task],
  )
  return { progress, change }
}
