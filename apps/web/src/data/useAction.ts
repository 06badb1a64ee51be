import type { ApolloCache, DocumentNode, OperationVariables, TypedDocumentNode } from '@apollo/client'
import { useApolloClient } from '@apollo/client/react'
import { notifications } from '@mantine/notifications'
import { useCallback, useState } from 'react'
import { type ApiError, toApiError } from './apiError'

/** Something that a reader can have done: a mutation, and all that follows from it. */
export interface Action<Data, Variables extends OperationVariables> {
  readonly document: TypedDocumentNode<Data, Variables>
  /** Heading of the notification where it fails. Where there is none, who calls it shows the error. */
  readonly failure?: string
  /** Puts into the cache what the answer does not put there by itself. */
  readonly update?: (cache: ApolloCache, data: Data) => void
  /** What is read again afterwards, where it is shown. */
  readonly refetch?: readonly DocumentNode[]
}

/** What came of an action: what the API answered, or why nothing was done. */
export type Outcome<Data> = { readonly data: Data; readonly error: null } | { readonly data: null; readonly error: ApiError }

export interface ActionState<Data, Variables> {
  /** Has it done; never rejects. */
  readonly run: (variables: Variables) => Promise<Outcome<Data>>
  readonly isRunning: boolean
  /** What it was last asked for. */
  readonly variables: Variables | null
  /** Why it was not done the last time. */
  readonly error: ApiError | null
}

/** Declares an action, with the types of its document. */
export function defineAction<Data, Variables extends OperationVariables>(action: Action<Data, Variables>): Action<Data, Variables> {
  return action
}

/** Offers an action to a component. */
export function useAction<Data, Variables extends OperationVariables>(action: Action<Data, Variables>): ActionState<Data, Variables> {
  const client = useApolloClient()
  const [state, setState] = useState<Omit<ActionState<Data, Variables>, 'run'>>({ isRunning: false, variables: null, error: null })
  const run = useCallback(
    async (variables: Variables): Promise<Outcome<Data>> => {
      setState({ isRunning: true, variables, error: null })
      const { document, failure, update, refetch } = action
      try {
        const { data } = await client.mutate<Data, Variables>({
          mutation: document,
          variables,
          update: (cache, { data: answered }) => {
            if (answered) update?.(cache, answered as Data)
          },
          ...(refetch ? { refetchQueries: [...refetch] } : {}),
        })
        if (!data) throw new Error('The server answered nothing.')
        setState({ isRunning: false, variables, error: null })
        return { data: data as Data, error: null }
      } catch (cause) {
        const error = toApiError(cause)
        setState({ isRunning: false, variables, error })
        if (failure !== undefined) notifications.show({ title: failure, message: error.message, color: 'red' })
        return { data: null, error }
      }
    },
    [client, action],
  )
  return { run, ...state }
}
