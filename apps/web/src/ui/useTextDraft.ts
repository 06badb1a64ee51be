import { useState } from 'react'

/** A text as somebody types it. */
export interface TextDraft {
  readonly text: string
  /** The text that was there when they began. */
  readonly before: string
}

const keyOf = (what: string) => `hourglass-${what}`

/** Reads what was typed under a name and is not stored yet; null where nothing was. */
export function readDraft(what: string): TextDraft | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(what)) ?? 'null')
    if (typeof stored !== 'object' || stored === null || !('text' in stored) || !('before' in stored)) return null
    const { text, before } = stored
    return typeof text === 'string' && typeof before === 'string' ? { text, before } : null
  } catch {
    // A browser that keeps nothing, or something else under this name.
    return null
  }
}

/** Keeps what is typed under a name until it is stored; null gives it up. */
export function keepDraft(what: string, draft: TextDraft | null): void {
  try {
    if (draft === null || draft.text === draft.before) localStorage.removeItem(keyOf(what))
    else localStorage.setItem(keyOf(what), JSON.stringify(draft))
  } catch {
    // What is typed is on the page all the same.
  }
}

/** Keeps what is typed in the browser until it is stored or given up, under a name that no other text has: a page that is closed or a server that is away loses none of it. */
export function useTextDraft(what: string): readonly [TextDraft | null, (draft: TextDraft | null) => void] {
  const [draft, setDraft] = useState<TextDraft | null>(() => (typeof window === 'undefined' ? null : readDraft(what)))
  const change = (next: TextDraft | null) => {
    keepDraft(what, next)
    setDraft(next)
  }
  return [draft, change]
}
