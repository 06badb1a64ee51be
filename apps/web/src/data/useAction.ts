import type { ApolloCache, DocumentNode, OperationVariables, TypedDocumentNode } from '@apollo/client'
import { useApolloClient } from '@apollo/client/react'
import { notifications } from '@mantine/notifications'
import { useCallback } from 'react'
import { type ApiError, toApiError } from './apiError'
import { type PerformedState, usePerformed } from './usePerformed'

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

/** Declares an action, with the types of its document. */
export function defineAction<Data, Variables extends OperationVariables>(action: Action<Data, Variables>): Action<Data, Variables> {
  return action
}

/** Offers an action to a component. */
export function useAction<Data, Variables extends OperationVariables>(
  action: Action<Data, Variables>,
): PerformedState<Data, Variables, ApiError> {
  const client = useApolloClient()
  const perform = useCallback(
    async (variables: Variables): Promise<Data> => {
      const { document, update, refetch } = action
      const { data } = await client.mutate<Data, Variables>({
        mutation: document,
        variables,
        update: (cache, { data: answered }) => {
          if (answered) update?.(cache, answered as Data)
        },
        ...(refetch ? { refetchQueries: [...refetch] } : {}),
      })
      if (!data) throw new Error('The server answered nothing.')
      return data as Data
    },
    [client, action],
  )
  const { run: performed, ...state } = usePerformed({ perform, toError: toApiError })
  const run = useCallback(
    async (variables: Variables) => {
      const outcome = await performed(variables)
      if (outcome.error && action.failure !== undefined)
        notifications.show({ title: action.failure, message: outcome.error.message, color: 'red' })
      return outcome
    },
    [performed, action],
  )
  return { run, ...state }
}
