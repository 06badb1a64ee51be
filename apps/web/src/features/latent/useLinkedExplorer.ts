'use client'
import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import type { LatentView } from '../../entities/run/RunSections'
import { readLink, writeLink } from './explorerLink'
import { createExplorerStore, type ExplorerStore } from './explorerStore'
import type { CodeUnit } from './UnitSliders'
import { useExplorer } from './useExplorer'

/** Links follow what moves at a distance. */
const LINK_DELAY_MILLISECONDS = 300

interface LinkedExplorerOptions {
  readonly units: readonly CodeUnit[]
  /** The epoch that is shown. */
  readonly epoch: number
  /** What the link that led here says. */
  readonly view: LatentView
  readonly onView: (changes: Partial<LatentView>) => void
}

/**
 * Keeps what the explorer shows, from the link that led here and back into the address. Until the code is moved, it is the mean of whichever epoch is shown;
 * once moved, it stays as it is.
 */
export function useLinkedExplorer({ units, epoch, view, onView }: LinkedExplorerOptions): ExplorerStore {
  const means = useMemo(() => units.map(({ mean }) => mean), [units])
  const [store] = useState(() => {
    const { state, code } = readLink(view, { means, epoch })
    return createExplorerStore(state, code)
  })
  const { isMoved } = useExplorer(store)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a step back to where the code was not moved takes the mean of the epoch that is shown now
  useEffect(() => store.follow(means), [store, means, isMoved])

  const link = useEffectEvent(() => onView(writeLink(store, { means, epoch })))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const later = () => {
      clearTimeout(timer)
      timer = setTimeout(link, LINK_DELAY_MILLISECONDS)
    }
    const ends = [store.subscribe(later), store.code.subscribe(later)]
    return () => {
      for (const end of ends) end()
      clearTimeout(timer)
    }
  }, [store])
  // What the map is fitted to is written where that is not the epoch that is shown.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the epoch has changed
  useEffect(() => {
    if (store.get().fittedTo !== epoch || view.fit !== null) link()
  }, [store, epoch])
  return store
}
