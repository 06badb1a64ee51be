'use client'
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { shortest } from './codeLink'
import type { DrawStore } from './drawStore'
import classes from './PointEntry.module.css'

interface PointEntryProps {
  readonly store: DrawStore
  /** Coordinates of a point. */
  readonly size: number
}

/** Takes a point that somebody types, where there are no images to draw. */
export function PointEntry({ store, size }: PointEntryProps) {
  const [text, setText] = useState(() => Array.from(store.get().example ?? [], shortest).join(', '))
  const [problem, setProblem] = useState<string | null>(null)
  return (
    <form
      className={classes.root}
      onSubmit={(event) => {
        event.preventDefault()
        const words = text.split(/[\s,;]+/).filter((word) => word !== '')
        const values = Float32Array.from(words, Number)
        if (values.length !== size || !values.every(Number.isFinite)) {
          setProblem(
            `Expected ${size === 1 ? 'one finite number' : `${size} finite numbers`}, such as ${new Array(size).fill('0.5').join(', ')}.`,
          )
          return
        }
        store.take(values, 'Typed')
      }}
    >
      <TextInput
        size="xs"
        label="Coordinates of a point"
        value={text}
        error={problem}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value)
          setProblem(null)
        }}
      />
      <Button type="submit" variant="default" size="compact-xs">
        Take the point
      </Button>
      <p className={classes.hint}>
        The examples of this data set are points: there is nothing to draw and nothing to rub out a part of. Noise, code, reconstruction,
        error and neighbours are as of images.
      </p>
    </form>
  )
}
