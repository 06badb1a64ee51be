import { useApolloClient, useQuery } from '@apollo/client/react'
import { useCallback } from 'react'
import { PresetDocument, PresetMenuDocument, type PresetMenuQuery } from '../../data/generated/graphql'
import { presetLink } from '../../entities/experiment/presetLink'

export type OfferedPreset = PresetMenuQuery['presets'][number]

/** Reads the chapter’s experiments as a menu lists them. */
export function usePresetMenu() {
  const client = useApolloClient()
  const { data } = useQuery(PresetMenuDocument)
  /** Finds the address that fills the form with one of them, with its sweep where it has one. */
  const addressOf = useCallback(
    async (id: string): Promise<string> => {
      try {
        const { data: answer } = await client.query({ query: PresetDocument, variables: { id } })
        return presetLink({ id, sweep: answer?.preset?.sweep ?? null })
      } catch {
        // The page that it leads to tells that it cannot be read.
        return presetLink({ id, sweep: null })
      }
    },
    [client],
  )
  return { presets: data?.presets, addressOf }
}
