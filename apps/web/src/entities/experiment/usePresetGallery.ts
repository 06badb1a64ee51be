import { useQuery } from '@apollo/client/react'
import { PresetGalleryDocument, type PresetGalleryQuery } from '../../data/generated/graphql'

export type GalleryPreset = PresetGalleryQuery['presets'][number]

/** Reads the chapter’s experiments as the gallery shows them, where it is shown. */
export function usePresetGallery({ skip = false } = {}): { readonly presets: readonly GalleryPreset[] | undefined } {
  const { data } = useQuery(PresetGalleryDocument, { skip })
  return { presets: data?.presets }
}
