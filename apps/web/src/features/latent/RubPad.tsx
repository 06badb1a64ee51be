'use client'
import { Button, Group } from '@mantine/core'
import { useLayoutEffect, useRef } from 'react'
import { toPixels } from '../../files/paintExample'
import type { DrawStore } from './drawStore'
import classes from './RubPad.module.css'

/** Pixels around the one that is pressed that are rubbed out with it. */
const REACH = 2
/** What is rubbed out is drawn in no grey that an image has. */
const GONE = [150, 60, 50] as const

const arrows: Readonly<Record<string, readonly [across: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

interface RubPadProps {
  readonly store: DrawStore
  readonly example: Float32Array
  readonly rubbed: Uint8Array
  /** `[height, width, channels]` of one channel. */
  readonly exampleShape: readonly number[]
}

/** Shows an image, from which parts are rubbed out by mouse, finger, pen and keys. */
export function RubPad({ store, example, rubbed, exampleShape: [height = 1, width = 1] }: RubPadProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const cursor = useRef<HTMLSpanElement>(null)
  const at = useRef<readonly [column: number, row: number]>([Math.floor(width / 2), Math.floor(height / 2)])
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const pixels = context.createImageData(width, height)
    toPixels(example, pixels.data)
    for (const [place, isGone] of rubbed.entries()) {
      if (isGone) pixels.data.set(GONE, 4 * place)
    }
    context.putImageData(pixels, 0, 0)
  }, [example, rubbed, height, width])

  const rub = (column: number, row: number, isMoving: boolean) => {
    const next = store.get().rubbed.slice()
    for (let down = Math.max(0, row - REACH); down <= Math.min(height - 1, row + REACH); down++) {
      const [first, last] = [Math.max(0, column - REACH), Math.min(width - 1, column + REACH)]
      if (last >= first) next.fill(1, down * width + first, down * width + last + 1)
    }
    store.set({ rubbed: next, isMoving })
  }
  const rubAt = (event: React.PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect()
    const column = Math.floor(((event.clientX - box.left) * width) / box.width)
    rub(column, Math.floor(((event.clientY - box.top) * height) / box.height), true)
  }
  const showCursor = () => {
    const [column, row] = at.current
    if (cursor.current)
      Object.assign(cursor.current.style, { left: `${(100 * (column + 0.5)) / width}%`, top: `${(100 * (row + 0.5)) / height}%` })
  }
  const all = (isGone: (row: number) => boolean) =>
    store.set({ rubbed: rubbed.map((_, place) => (isGone(Math.floor(place / width)) ? 1 : 0)), isMoving: false })
  const onKeyDown = (event: React.KeyboardEvent) => {
    const arrow = arrows[event.key]
    if (arrow && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const [column, row] = at.current
      at.current = [Math.min(width - 1, Math.max(0, column + arrow[0])), Math.min(height - 1, Math.max(0, row + arrow[1]))]
      showCursor()
    } else if (event.key === ' ') rub(...at.current, false)
    else if (event.key === 'Delete' || event.key === 'Backspace') all(() => false)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className={classes.root}>
      <div
        className={classes.sheet}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is worked with keys
        tabIndex={0}
        aria-label="Image to rub out parts of. Arrow keys move the rubber, Space rubs out what is under it, Delete brings all back."
        data-testid="rub-pad"
        onKeyDown={onKeyDown}
        onFocus={showCursor}
        onPointerDown={(event) => {
          if (event.button !== 0 || !event.isPrimary) return
          event.currentTarget.setPointerCapture(event.pointerId)
          rubAt(event)
        }}
        onPointerMove={(event) => event.isPrimary && event.currentTarget.hasPointerCapture(event.pointerId) && rubAt(event)}
        onPointerUp={(event) => event.isPrimary && store.set({ isMoving: false })}
        onPointerCancel={() => store.set({ isMoving: false })}
      >
        <canvas ref={canvas} className={classes.canvas} width={width} height={height} />
        <span ref={cursor} className={classes.rubber} style={{ width: `${(100 * (2 * REACH + 1)) / width}%` }} />
      </div>
      <Group gap={6}>
        <Button variant="default" size="compact-xs" onClick={() => all((row) => row >= height / 2)}>
          Lower half
        </Button>
        <Button variant="default" size="compact-xs" disabled={!rubbed.includes(1)} onClick={() => all(() => false)}>
          Bring all back
        </Button>
      </Group>
    </div>
  )
}
