import { useQuery } from '@apollo/client/react'
import { ChapterExperimentsDocument, type ChapterExperimentsQuery } from '../../data/generated/graphql'

/** An experiment that the lab has of one of the chapter's. */
export type StoredExperiment = ChapterExperimentsQuery['chapterExperiments'][number]

/** Reads what the lab has run of the chapter, the newest first; undefined until that is known. */
export function useStoredExperiments(): { readonly stored: readonly StoredExperiment[] | undefined } {
  const { data } = useQuery(ChapterExperimentsDocument, { fetchPolicy: 'cache-and-network' })
  return { stored: data?.chapterExperiments }
}
