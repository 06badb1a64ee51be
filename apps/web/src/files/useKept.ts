import { useState } from 'react'

/** Keeps the last value that was there, while a new one is on its way. */
export function useKept<Value>(value: Value | null | undefined): Value | null {
  const [kept, setKept] = useState(value ?? null)
  const latest = value ?? kept
  if (latest !== kept) setKept(latest)
  return latest
}
