import { useQuery } from '@apollo/client/react'
import { PresetDocument, type PresetQuery } from '../../data/generated/graphql'

export type Preset = NonNullable<PresetQuery['preset']>

/** Reads one of the chapter’s experiments; null asks for nothing. `preset` is null where there is none of that id, undefined until that is known. */
export function usePreset(id: string | null): { readonly preset: Preset | null | undefined } {
  const { data } = useQuery(PresetDocument, { variables: { id: id ?? '' }, skip: id === null })
  return { preset: data?.preset as Preset | null | undefined }
}
