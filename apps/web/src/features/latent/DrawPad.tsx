'use client'
import { Button, Group } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import classes from './DrawPad.module.css'
import type { DrawStore } from './drawStore'
import { type FrameTask, oncePerFrame } from './oncePerFrame'
import { createSheet, SHEET_SIDE, type Sheet, type SheetPoint } from './sheet'

/** How far a key moves the pen, and with Shift. */
const KEY_STEP = 10
const LARGE_KEY_STEP = 40

const arrows: Readonly<Record<string, SheetPoint>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

interface DrawPadProps {
  readonly store: DrawStore
}

/** Is drawn on by mouse, finger, pen and keys, white on black, and puts what is drawn into the store while a stroke is under way. */
export function DrawPad({ store }: DrawPadProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const cursor = useRef<HTMLSpanElement>(null)
  const sheet = useRef<Sheet>(null)
  const task = useRef<FrameTask>(null)
  const pen = useRef<{ readonly at: SheetPoint; readonly isDown: boolean }>({ at: [SHEET_SIDE / 2, SHEET_SIDE / 2], isDown: false })
  const [count, setCount] = useState(0)
  useEffect(() => {
    if (!canvas.current) return
    const made = createSheet(canvas.current)
    const putting = oncePerFrame(() => store.put(made.read(), { origin: null, isMoving: true }))
    sheet.current = made
    task.current = putting
    return () => putting.cancel()
  }, [store])

  const recount = () => setCount(sheet.current?.strokes() ?? 0)
  const putWhole = () => {
    task.current?.cancel()
    if (sheet.current && sheet.current.strokes() > 0) store.put(sheet.current.read(), { origin: null })
    else store.clear()
    recount()
  }
  const begin = (at: SheetPoint) => {
    // What was drawn before is gone where something else has taken its place.
    if (store.get().origin !== null || store.get().example === null) sheet.current?.clear()
    sheet.current?.begin(at)
    task.current?.request(performance.now())
  }
  const go = (to: SheetPoint) => {
    sheet.current?.go(to)
    task.current?.request(performance.now())
  }
  const takeBack = () => {
    sheet.current?.takeBack()
    putWhole()
  }
  const clear = () => {
    sheet.current?.clear()
    putWhole()
  }
  const placeOf = (event: React.PointerEvent): SheetPoint => {
    const box = event.currentTarget.getBoundingClientRect()
    return [((event.clientX - box.left) * SHEET_SIDE) / box.width, ((event.clientY - box.top) * SHEET_SIDE) / box.height]
  }
  const showPen = () => {
    const { at, isDown } = pen.current
    if (!cursor.current) return
    Object.assign(cursor.current.style, { left: `${(100 * at[0]) / SHEET_SIDE}%`, top: `${(100 * at[1]) / SHEET_SIDE}%` })
    cursor.current.dataset.down = String(isDown)
  }
  const raise = () => {
    if (!pen.current.isDown) return
    pen.current = { ...pen.current, isDown: false }
    putWhole()
    showPen()
  }
  const movePen = ([across, down]: SheetPoint, step: number) => {
    const within = (value: number) => Math.min(SHEET_SIDE, Math.max(0, value))
    const to: SheetPoint = [within(pen.current.at[0] + step * across), within(pen.current.at[1] + step * down)]
    pen.current = { ...pen.current, at: to }
    if (pen.current.isDown) go(to)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    const arrow = arrows[event.key]
    const isCommand = event.ctrlKey || event.metaKey
    if (arrow && !isCommand && !event.altKey) movePen(arrow, event.shiftKey ? LARGE_KEY_STEP : KEY_STEP)
    else if (event.key === ' ' && pen.current.isDown) raise()
    else if (event.key === ' ') {
      pen.current = { ...pen.current, isDown: true }
      begin(pen.current.at)
    } else if (event.key === 'Delete' || event.key === 'Backspace') clear()
    else if (event.key.toLowerCase() === 'z' && isCommand && !event.shiftKey && count > 0) takeBack()
    else return
    event.preventDefault()
    event.stopPropagation()
    showPen()
  }
  return (
    <div className={classes.root}>
      <div
        className={classes.sheet}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is drawn on with keys
        tabIndex={0}
        aria-label="Sheet to draw on. Arrow keys move the pen, with Shift farther; Space puts it down and lifts it; Delete clears the sheet."
        data-testid="draw-pad"
        data-strokes={count}
        onKeyDown={onKeyDown}
        onBlur={raise}
        onPointerDown={(event) => {
          if (event.button !== 0 || !event.isPrimary) return
          raise()
          event.currentTarget.setPointerCapture(event.pointerId)
          begin(placeOf(event))
        }}
        onPointerMove={(event) => {
          if (event.isPrimary && event.currentTarget.hasPointerCapture(event.pointerId)) go(placeOf(event))
        }}
        onPointerUp={(event) => {
          if (event.isPrimary && event.currentTarget.hasPointerCapture(event.pointerId)) putWhole()
        }}
        onPointerCancel={(event) => {
          if (event.isPrimary) putWhole()
        }}
      >
        <canvas ref={canvas} className={classes.canvas} width={SHEET_SIDE} height={SHEET_SIDE} />
        <span ref={cursor} className={classes.pen} style={{ left: '50%', top: '50%' }} data-down="false" />
      </div>
      <Group gap={6}>
        <Button variant="default" size="compact-xs" disabled={count === 0} onClick={takeBack}>
          Take back the last stroke
        </Button>
        <Button variant="default" size="compact-xs" onClick={clear}>
          Clear
        </Button>
      </Group>
    </div>
  )
}
