import { useQuery } from '@apollo/client/react'
import { PresetsDocument, type PresetsQuery } from '../data/generated/graphql'

export type Preset = PresetsQuery['presets'][number]

/** Reads the ready-made configurations. */
export function usePresets(): { readonly presets: readonly Preset[] | undefined } {
  const { data } = useQuery(PresetsDocument)
  return { presets: data?.presets }
}
