'use client'
import { useMemo } from 'react'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import { useDecoded } from '../../entities/model/useDecoded'
import { formatCode } from '../../ui/formatQuantity'
import classes from './ExamplePreview.module.css'
import type { MapExamples } from './mapExamples'
import { PixelImage } from './PixelImage'

export interface ExamplePreviewProps {
  readonly row: number
  readonly examples: MapExamples
  readonly model: BrowserModel | null
  readonly exampleShape: readonly number[]
  /** Test examples, `[count, values of one]`; null where they are not there. */
  readonly originals: Float32Array | null
  /** What else there is to say of it. */
  readonly note?: string | undefined
  /** Whether it is the face of a button, whose name is its text. @default false */
  readonly isFace?: boolean
}

/** Shows an example beside what the decoder makes of its code. */
export function ExamplePreview({ row, examples, model, exampleShape, originals, note, isFace = false }: ExamplePreviewProps) {
  const code = useMemo(() => examples.codeOf(row), [examples, row])
  const { answer } = useDecoded(model, code, 1)
  const size = exampleShape.reduce((product, length) => product * length, 1)
  const original = useMemo(
    () => (originals && row < examples.testCount ? originals.slice(row * size, (row + 1) * size) : null),
    [originals, row, examples, size],
  )
  const name = examples.nameOf(row)
  return (
    <div className={classes.root}>
      {exampleShape.length > 1 ? (
        <div className={classes.images}>
          {original && <PixelImage className={classes.image} values={original} exampleShape={exampleShape} label={isFace ? null : name} />}
          <PixelImage
            className={classes.image}
            values={answer}
            exampleShape={exampleShape}
            label={isFace ? null : `Decoded code of ${name}`}
          />
        </div>
      ) : (
        <div>
          {original && <div>({Array.from(original, formatCode).join(', ')})</div>}
          {answer && <div>→ ({Array.from(answer, formatCode).join(', ')})</div>}
        </div>
      )}
      <div>
        {name}, class {examples.labels[row]}
      </div>
      {note && <div className={classes.note}>{note}</div>}
    </div>
  )
}
