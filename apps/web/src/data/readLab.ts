import { connection } from 'next/server'

/** A page is not kept waiting for longer, in milliseconds. */
const PATIENCE = 2_000

/** Reads of the lab, from the dashboard's own process, what a page is made of; null where it does not answer, which is logged. */
export async function readLab<Facts>(fields: string): Promise<Facts | null> {
  await connection()
  try {
    const answer = await fetch(`${apiOrigin()}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `{ lab { ${fields} } }` }),
      signal: AbortSignal.timeout(PATIENCE),
      cache: 'no-store',
    })
    const { data } = (await answer.json()) as { data?: { lab: Facts } }
    return data?.lab ?? null
  } catch (error) {
    console.warn('The lab does not answer what a page asks of it.', error)
    return null
  }
}

const apiOrigin = () => process.env.HOURGLASS_API_URL || `http://127.0.0.1:${process.env.HOURGLASS_API_PORT || 4000}`
