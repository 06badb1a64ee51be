'use client'
import { reconstruct } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import { useAnswer } from '../../data/useAnswer'
import { formatCode } from '../../ui/formatQuantity'
import classes from './ExamplePreview.module.css'
import { PixelImage } from './PixelImage'
import { useExample } from './useExample'
import type { ExampleAccess } from './useExampleAccess'

export interface ExamplePreviewProps {
  readonly row: number
  readonly access: ExampleAccess
  /** What else there is to say of it. */
  readonly note?: string | undefined
  /** Whether it is the face of a button, whose name is its text. @default false */
  readonly isFace?: boolean
}

/** Shows an example beside what the decoder makes of its code. */
export function ExamplePreview({ row, access, note, isFace = false }: ExamplePreviewProps) {
  const { model, source } = access
  const { exampleShape } = source
  const original = useExample(source, row)
  const code = useMemo(() => access.codeOf(row), [access, row])
  const ask = useMemo(() => {
    if (!model) return null
    if (code) return (signal: AbortSignal) => model.decode(code, 1, signal)
    return original && ((signal: AbortSignal) => reconstruct(model, { examples: original, count: 1, signal }))
  }, [model, code, original])
  const { answer } = useAnswer(ask)
  const name = access.nameOf(row)
  const label = access.labelOf(row)
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
        {name}
        {label !== null && `, class ${label}`}
      </div>
      {note && <div className={classes.note}>{note}</div>}
    </div>
  )
}
