import { formatCode } from '../../ui/formatQuantity'
import classes from './ExampleFigure.module.css'
import { PixelImage } from './PixelImage'

interface ExampleFigureProps {
  readonly values: Float32Array | null
  readonly exampleShape: readonly number[]
  readonly label: string
  readonly caption: string
}

/** Shows one example over a word that says what it is: an image, or the coordinates of a point. */
export function ExampleFigure({ values, exampleShape, label, caption }: ExampleFigureProps) {
  return (
    <figure className={classes.root}>
      {exampleShape.length > 1 ? (
        <PixelImage className={classes.image} values={values} exampleShape={exampleShape} label={label} />
      ) : (
        <span className={classes.point}>({values ? Array.from(values, formatCode).join(', ') : '…'})</span>
      )}
      <figcaption className={classes.caption}>{caption}</figcaption>
    </figure>
  )
}
