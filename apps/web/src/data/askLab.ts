/** What a lab says where it does not do what it is asked for. */
class RefusedByLab extends Error {}

/** The text of a query or mutation, with the types of what it gives and takes. */
export type LabText<Data, Variables> = string & { readonly asks?: (variables: Variables) => Data }

interface Answer<Data> {
  readonly data?: Data | null
  readonly errors?: readonly { readonly message: string }[]
}

/**
 * Asks the lab one thing, for pages that have no use for the dashboard's cache. Throws {@link RefusedByLab} with the lab's reason, or with what can be done
 * where it does not answer.
 */
export async function askLab<Data, Variables>(query: LabText<Data, Variables>, variables: Variables, signal?: AbortSignal): Promise<Data> {
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
    signal: signal ?? null,
  }).then(
    (response) => response.json() as Promise<Answer<Data>>,
    (cause: unknown) => {
      throw signal?.aborted
        ? cause
        : new RefusedByLab('The lab does not answer. Look at its experiments before you try again: what was asked for may have arrived.', {
            cause,
          })
    },
  )
  if (answer.data && !answer.errors) return answer.data
  throw new RefusedByLab(answer.errors?.[0]?.message ?? 'The lab gave no answer that can be read. Try again.')
}
