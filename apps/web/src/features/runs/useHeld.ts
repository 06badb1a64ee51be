import { useEffect, useState } from 'react'

interface Held<Value> {
  /** The newest value, or the one from before it was held. */
  readonly current: Value
  /** Whether there is a newer one. */
  readonly isStale: boolean
  /** Takes the newest value all the same. */
  readonly update: () => void
}

/** Keeps a value as it is for a while. */
export function useHeld<Value>(newest: Value, isHeld: boolean): Held<Value> {
  const [kept, keep] = useState(newest)
  useEffect(() => {
    if (!isHeld) keep(newest)
  }, [newest, isHeld])
  return { current: isHeld ? kept : newest, isStale: isHeld && kept !== newest, update: () => keep(newest) }
}
