'use client'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import classes from './LogLines.module.css'
import type { LogLine } from './readLog'

const LINE_HEIGHT = 20
/** So near to its end a list is at its end, in pixels. */
const NEAR = 30

const timeOf = (at: string) => new Date(at).toLocaleTimeString(undefined, { hour12: false })

/** Lists lines of a log; only those in sight exist. It stays at its end while it grows, unless somebody scrolled up. */
export function LogLines({ lines }: { readonly lines: readonly LogLine[] }) {
  const box = useRef<HTMLElement>(null)
  const isAtEnd = useRef(true)
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 12,
    getItemKey: (index) => lines[index]?.index ?? index,
  })
  useEffect(() => {
    if (isAtEnd.current && lines.length > 0) virtualizer.scrollToIndex(lines.length - 1, { align: 'end' })
  }, [lines, virtualizer])
  return (
    <section
      ref={box}
      className={classes.box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what is longer than its box is scrolled by keyboard too.
      tabIndex={0}
      aria-label="Log"
      data-testid="run-log"
      onScroll={({ currentTarget }) => {
        const { scrollHeight, scrollTop, clientHeight } = currentTarget
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR
      }}
    >
      <div className={classes.lines} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[index]
          return line ? (
            <div
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              data-level={line.level}
              className={classes.line}
              style={{ transform: `translateY(${start}px)` }}
            >
              <time className={classes.time} dateTime={line.at ?? undefined} title={line.at ?? undefined}>
                {line.at && timeOf(line.at)}
              </time>
              <span className={classes.text}>
                {line.level !== 'said' && line.at && <b>{line.level === 'error' ? 'Error: ' : 'Warning: '}</b>}
                {line.text}
              </span>
            </div>
          ) : null
        })}
      </div>
    </section>
  )
}
