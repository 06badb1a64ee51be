import type { FormRun } from './formRuns'
import type { FormValue } from './formValue'

export interface Draft {
  readonly name: string
  readonly runs: readonly FormRun[]
}

/** Reads what was typed before a reload; undefined where there is nothing or the schema has changed since. */
export function readDraft(key: string, isUsable: (value: FormValue) => boolean): Draft | undefined {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null')
    if (typeof stored !== 'object' || stored === null || !('name' in stored) || !('runs' in stored) || !Array.isArray(stored.runs))
      return undefined
    const runs = stored.runs as readonly FormRun[]
    const isRun = ({ label, value }: FormRun) => typeof label === 'string' && isUsable(value)
    return runs.length > 0 && runs.every(isRun) ? { name: String(stored.name), runs } : undefined
  } catch {
    return undefined
  }
}

/** Keeps what is typed for a reload of this tab; null forgets it. */
export function writeDraft(key: string, draft: Draft | null): void {
  try {
    if (draft) sessionStorage.setItem(key, JSON.stringify(draft))
    else sessionStorage.removeItem(key)
  } catch {
    // Storage that is full or switched off costs the draft, not the form.
  }
}

/** Tells whether two form values have the same controls, whatever is typed in them. */
export function haveSameShape(a: FormValue | undefined, b: FormValue | undefined): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return typeof a === typeof b && a !== null
  const [left, right] = [a as Record<string, FormValue>, b as Record<string, FormValue>]
  const keys = Object.keys(left)
  return keys.length === Object.keys(right).length && keys.every((key) => haveSameShape(left[key], right[key]))
}
