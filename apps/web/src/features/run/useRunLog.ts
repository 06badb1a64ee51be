import { useEffect, useMemo, useRef, useState } from 'react'
import { followLog } from './followLog'
import { type LogLine, parseLog, type ReadLog } from './readLog'

export interface RunLog {
  /** Null until it is read. */
  readonly lines: readonly LogLine[] | null
  /** Whether there is none. */
  readonly isMissing: boolean
  /** Whether it could not be read. */
  readonly failed: boolean
  readonly retry: () => void
}

/** Reads the log of a run, and on whenever something is heard of the run: `heard` is then another one. */
export function useRunLog(url: string, heard: string): RunLog {
  const [log, setLog] = useState<ReadLog | null | undefined>(undefined)
  const [failed, setFailed] = useState(false)
  const follower = useRef<ReturnType<typeof followLog> | null>(null)
  useEffect(() => {
    const following = followLog(url, {
      onRead: (next) => {
        setLog(next)
        setFailed(false)
      },
      onFailure: () => setFailed(true),
    })
    follower.current = following
    return following.stop
  }, [url])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is heard of the run is what reads on.
  useEffect(() => follower.current?.look(), [url, heard])
  const lines = useMemo(() => (log === undefined ? null : parseLog(log?.text ?? '')), [log])
  return { lines, isMissing: log === null, failed: failed && log === undefined, retry: () => follower.current?.look() }
}
