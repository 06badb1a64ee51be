import { useQuery } from '@apollo/client/react'
import { EnginesDocument, type EnginesQuery } from '../../data/generated/graphql'

export type Engine = EnginesQuery['engines'][number]

/** Reads every engine, available or not; the server takes a second to find out. */
export function useEngines(): { readonly engines: readonly Engine[] | undefined } {
  const { data } = useQuery(EnginesDocument)
  return { engines: data?.engines }
}
