import { type ApiError, UNREACHABLE } from '../../data/apiError'
import type { Outcome } from '../../data/usePerformed'

export interface ImportedArchive {
  readonly runs: readonly { readonly id: string; readonly number: number; readonly name: string }[]
  readonly experiment: { readonly id: string; readonly name: string } | null
  /** Files that were missing or damaged where the archive was made. */
  readonly lostFiles: number
}

/** Sends an archive to the lab; never rejects. */
export async function importArchive(file: Blob): Promise<Outcome<ImportedArchive, ApiError>> {
  try {
    const response = await fetch('/archives', { method: 'POST', headers: { 'Content-Type': 'application/x-tar' }, body: file })
    const body: unknown = await response.json()
    if (response.ok) return { data: body as ImportedArchive, error: null }
    const [first] = (body as { readonly errors: readonly { message: string; extensions: { code: string } }[] }).errors
    if (first) return { data: null, error: { code: first.extensions.code, message: first.message, issues: [] } }
  } catch {
    // An answer that cannot be read says as little as none.
  }
  return {
    data: null,
    error: { code: UNREACHABLE, message: 'The server did not answer. Look at the runs before you try again.', issues: [] },
  }
}

/** Page of what was imported. */
export function pageOf({ experiment, runs }: ImportedArchive): string {
  return experiment ? `/experiments/${experiment.id}` : `/runs/${runs[0]?.id ?? ''}`
}

/** Says what was imported, for example `#12 Two moons` or `Two sizes and its 4 runs`. */
export function describeImport({ experiment, runs, lostFiles }: ImportedArchive): string {
  const [only] = runs
  const what = experiment
    ? `${experiment.name} and its ${runs.length === 1 ? 'run' : `${runs.length} runs`}`
    : `#${only?.number} ${only?.name}`
  if (lostFiles === 0) return what
  return `${what}. ${lostFiles === 1 ? 'A file was' : `${lostFiles} files were`} missing or damaged where the archive was made.`
}
