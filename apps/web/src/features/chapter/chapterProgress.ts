import { useSyncExternalStore } from 'react'

const KEY = 'hourglass.chapter'

/** What a reader did with one experiment of the chapter. */
export interface ReaderTask {
  /** Index of the answer that was given before it was run; null where none was. */
  readonly answer: number | null
  /** The experiment that was launched; null until one was. */
  readonly experimentId: string | null
  readonly isQuick: boolean
  /** What the reader wrote of it. */
  readonly text: string
}

/** By the preset's id. */
export type ChapterProgress = Readonly<Record<string, ReaderTask>>

const NONE: ChapterProgress = {}
const FRESH: ReaderTask = { answer: null, experimentId: null, isQuick: true, text: '' }
const listeners = new Set<() => void>()
let progress: ChapterProgress | undefined

function read(): ChapterProgress {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    if (typeof stored !== 'object' || stored === null) return NONE
    return Object.fromEntries(Object.entries(stored).flatMap(([preset, task]) => (isTask(task) ? [[preset, { ...FRESH, ...task }]] : [])))
  } catch {
    // Browsers may keep nothing, and what is kept may be another version's: the chapter begins anew.
    return NONE
  }
}

function isTask(value: unknown): value is ReaderTask {
  if (typeof value !== 'object' || value === null) return false
  const { answer, experimentId, isQuick, text = '' } = value as Partial<Record<keyof ReaderTask, unknown>>
  const isAnswer = answer === null || (typeof answer === 'number' && Number.isInteger(answer) && answer >= 0)
  return isAnswer && (experimentId === null || typeof experimentId === 'string') && typeof isQuick === 'boolean' && typeof text === 'string'
}

function write(next: ChapterProgress): void {
  progress = next
  try {
    localStorage.setItem(KEY, JSON.stringify(next))
  } catch (error) {
    console.warn('The browser does not keep how far one came in the chapter.', error)
  }
  for (const listener of listeners) listener()
}

const current = () => {
  progress ??= read()
  return progress
}

function subscribe(listener: () => void): () => void {
  const readAgain = ({ key }: StorageEvent) => {
    if (key !== KEY && key !== null) return
    progress = read()
    listener()
  }
  listeners.add(listener)
  // Another tab of the chapter.
  addEventListener('storage', readAgain)
  return () => {
    listeners.delete(listener)
    removeEventListener('storage', readAgain)
  }
}

/** Keeps in the browser what a reader did with an experiment; what is left out stays. */
export function noteTask(preset: string, change: Partial<ReaderTask>): void {
  write({ ...current(), [preset]: { ...(current()[preset] ?? FRESH), ...change } })
}

/** Forgets all that a reader did; what was launched stays in the lab. */
export function forgetProgress(): void {
  write(NONE)
}

/** How far the reader came, as this browser keeps it; nothing while the page is rendered by the server. */
export function useChapterProgress(): ChapterProgress {
  return useSyncExternalStore(subscribe, current, () => NONE)
}

/** What the reader did with one experiment. */
export function useReaderTask(preset: string): ReaderTask {
  return useChapterProgress()[preset] ?? FRESH
}
