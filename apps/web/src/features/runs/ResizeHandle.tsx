'use client'

import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import classes from './ResizeHandle.module.css'

export interface ResizeHandleProps {
  readonly label: string
  readonly width: number
  readonly least: number
  readonly most: number
  /** Called with each width on the way, which is drawn and not yet kept. */
  readonly onDraw: (width: number) => void
  /** Called with the width that was chosen; null for the one that it had at first. */
  readonly onChange: (width: number | null) => void
}

const STEP = 16

/** Stands at the right edge of a column: dragged, or moved by arrow keys, it makes the column wider or narrower; a double click, or Enter, as it was. */
export function ResizeHandle({ label, width, least, most, onDraw, onChange }: ResizeHandleProps) {
  const drag = useRef<{ readonly from: number; width: number }>(null)
  const clamp = (wanted: number) => Math.min(most, Math.max(least, Math.round(wanted)))
  const begin = (event: PointerEvent<HTMLHRElement>) => {
    if (event.button !== 0) return
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { from: event.clientX - width, width }
  }
  const move = (event: PointerEvent) => {
    if (!drag.current) return
    drag.current.width = clamp(event.clientX - drag.current.from)
    onDraw(drag.current.width)
  }
  const end = () => {
    const chosen = drag.current?.width
    drag.current = null
    if (chosen !== undefined && chosen !== width) onChange(chosen)
  }
  const step = (event: KeyboardEvent) => {
    const direction = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
    if (direction === 0 && event.key !== 'Enter') return
    event.preventDefault()
    onChange(direction === 0 ? null : clamp(width + direction * STEP * (event.shiftKey ? 4 : 1)))
  }
  return (
    <hr
      className={classes.root}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={Math.round(width)}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onKeyDown={step}
      onDoubleClick={() => onChange(null)}
    />
  )
}
