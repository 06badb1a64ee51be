import { useState } from 'react'

/** Notes as somebody types them. */
export interface NotesDraft {
  readonly text: string
  /** The notes that the run had when they began. */
  readonly before: string
}

const keyOf = (id: string) => `hourglass-notes-${id}`

function readDraft(id: string): NotesDraft | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(id)) ?? 'null')
    if (typeof stored !== 'object' || stored === null || !('text' in stored) || !('before' in stored)) return null
    const { text, before } = stored
    return typeof text === 'string' && typeof before === 'string' ? { text, before } : null
  } catch {
    // A browser that keeps nothing, or something else under this name.
    return null
  }
}

function keepDraft(id: string, draft: NotesDraft | null): void {
  try {
    if (draft === null || draft.text === draft.before) localStorage.removeItem(keyOf(id))
    else localStorage.setItem(keyOf(id), JSON.stringify(draft))
  } catch {
    // What is typed is on the page all the same.
  }
}

/** Keeps what is typed as notes of a run in the browser until it is stored or given up: a page that is closed or a server that is away loses none of it. */
export function useNotesDraft(id: string): readonly [NotesDraft | null, (draft: NotesDraft | null) => void] {
  const [draft, setDraft] = useState<NotesDraft | null>(() => (typeof window === 'undefined' ? null : readDraft(id)))
  const change = (next: NotesDraft | null) => {
    keepDraft(id, next)
    setDraft(next)
  }
  return [draft, change]
}
