import { type ApiError, UNREACHABLE } from '../../data/apiError'
import type { Outcome } from '../../data/usePerformed'

/** So long an address may be, with what else heads a request. */
const HEADERS_TOO_LARGE = 431

/** Fetches a table of runs whole; never rejects. */
export async function fetchTable(address: string): Promise<Outcome<Blob, ApiError>> {
  const refused = (code: string, message: string): Outcome<Blob, ApiError> => ({ data: null, error: { code, message, issues: [] } })
  try {
    const response = await fetch(address, { cache: 'no-store' })
    if (response.ok) return { data: await response.blob(), error: null }
    if (response.status === HEADERS_TOO_LARGE) {
      return refused('ADDRESS_TOO_LONG', 'So many runs and columns cannot be named one by one. Choose fewer, or find the runs by a filter.')
    }
    const body: unknown = await response.json()
    const [first] = (body as { readonly errors: readonly { message: string; extensions: { code: string } }[] }).errors
    if (first) return refused(first.extensions.code, first.message)
  } catch {
    // An answer that breaks off or cannot be read says as little as none.
  }
  return refused(UNREACHABLE, 'The server did not send the table whole.')
}
