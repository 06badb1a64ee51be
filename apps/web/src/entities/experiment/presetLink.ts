interface LinkedPreset {
  readonly id: string
  readonly sweep: { readonly path: string; readonly values: readonly number[] } | null
}

/** Addresses the form filled with an experiment of the chapter: all its runs, as a sweep where they vary one number. */
export function presetLink({ id, sweep }: LinkedPreset): string {
  const varied = sweep === null ? '' : `&vary=${encodeURIComponent(sweep.path)}&values=${sweep.values.join(',')}`
  return `/new?preset=${encodeURIComponent(id)}${varied}`
}
