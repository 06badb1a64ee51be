'use client'

import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { RowSelection } from './RowSelection'
import type { RunRowActions } from './RunMenu'
import classes from './RunsList.module.css'
import { RunsListItem } from './RunsListItem'
import type { RunId } from './useRuns'

const ITEM_HEIGHT = 92
const ITEMS_BEFORE_THE_END = 8

export interface RunsListProps {
  readonly runs: readonly RunId[]
  readonly selection: RowSelection
  readonly onNearEnd: () => void
  readonly actions: RunRowActions
}

/** Shows runs one under another, for narrow screens. */
export function RunsList({ runs, selection, onNearEnd, actions }: RunsListProps) {
  const list = useRef<HTMLUListElement>(null)
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    if (list.current) setTop(list.current.getBoundingClientRect().top + window.scrollY)
  }, [])
  const virtualizer = useWindowVirtualizer({
    count: runs.length,
    estimateSize: () => ITEM_HEIGHT,
    overscan: 6,
    scrollMargin: top,
    getItemKey: (index) => runs[index]?.id ?? index,
  })
  const items = virtualizer.getVirtualItems()
  const lastShown = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (lastShown >= runs.length - ITEMS_BEFORE_THE_END) onNearEnd()
  }, [lastShown, runs.length, onNearEnd])

  return (
    <ul ref={list} className={classes.list} aria-label="Runs" style={{ height: virtualizer.getTotalSize() }}>
      {items.map((item) => {
        const run = runs[item.index]
        if (!run) return null
        return <RunsListItem key={run.id} id={run.id} height={ITEM_HEIGHT} top={item.start - top} selection={selection} actions={actions} />
      })}
    </ul>
  )
}
