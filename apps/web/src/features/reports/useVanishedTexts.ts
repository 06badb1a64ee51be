import { useRef, useState } from 'react'
import { keepDraft, readDraft } from '../../ui/useTextDraft'
import type { ReportBlock } from './useReport'

interface VanishedTexts {
  /** Texts that somebody took out while others were typed in their place here, with what was typed. */
  readonly vanished: readonly { readonly block: string; readonly text: string }[]
  /** Says that a block is taken out here. */
  readonly expect: (block: string) => void
  /** Gives up what was typed. */
  readonly discard: (block: string) => void
}

/** Finds texts that went while somebody wrote in them here: what is typed is not lost. */
export function useVanishedTexts(reportId: string, blocks: readonly ReportBlock[]): VanishedTexts {
  const seen = useRef(new Set<string>())
  const [ignored, setIgnored] = useState<ReadonlySet<string>>(new Set())
  const ids = new Set(blocks.map(({ id }) => id))
  for (const id of ids) seen.current.add(id)
  const keyOf = (block: string) => `report-${reportId}-${block}`
  const gone = [...seen.current].filter((block) => !ids.has(block) && !ignored.has(block))
  const ignore = (block: string) => setIgnored((before) => new Set(before).add(block))
  return {
    vanished: gone.flatMap((block) => {
      const draft = readDraft(keyOf(block))
      return draft ? [{ block, text: draft.text }] : []
    }),
    expect: ignore,
    discard: (block) => {
      keepDraft(keyOf(block), null)
      ignore(block)
    },
  }
}
