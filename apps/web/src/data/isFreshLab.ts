import { connection } from 'next/server'

/** A page is not kept waiting for longer, in milliseconds. */
const PATIENCE = 2_000

let isKnownToBeUsed = false

/**
 * Asks the lab, from the dashboard's own process, whether nobody has launched a run yet. False where it does not answer: the table of runs then says what is the
 * matter.
 */
export async function isFreshLab(): Promise<boolean> {
  await connection()
  // Once used a lab stays so.
  if (isKnownToBeUsed) return false
  try {
    const answer = await fetch(`${apiOrigin()}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ lab { isFresh } }' }),
      signal: AbortSignal.timeout(PATIENCE),
      cache: 'no-store',
    })
    const { data } = (await answer.json()) as { data?: { lab: { isFresh: boolean } } }
    isKnownToBeUsed = data?.lab.isFresh === false
    return data?.lab.isFresh === true
  } catch (error) {
    console.warn('The lab does not say whether it was used.', error)
    return false
  }
}

const apiOrigin = () => process.env.HOURGLASS_API_URL || `http://127.0.0.1:${process.env.HOURGLASS_API_PORT || 4000}`
