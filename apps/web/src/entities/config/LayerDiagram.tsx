import classes from './LayerDiagram.module.css'

const WIDTH = 280
const HEIGHT = 132
const BAR = 12
const MOST_LABELLED = 9

export interface LayerDiagramProps {
  /** Widths of the layers from input to output. */
  readonly widths: readonly number[]
}

/** Draws the layers as bars, as high as the logarithm of their width, the code in the accent's colour. */
export function LayerDiagram({ widths }: LayerDiagramProps) {
  const widest = Math.log2(Math.max(2, ...widths) + 1)
  const step = (WIDTH - 40) / Math.max(1, widths.length - 1)
  const code = (widths.length - 1) / 2
  const bars = widths.map((width, index) => {
    const height = Math.max(6, (Math.log2(width + 1) / widest) * (HEIGHT - 34))
    // Layers have no identity but their place.
    return { id: `${index}`, width, height, x: 20 + index * step, y: (HEIGHT - 20 - height) / 2 }
  })
  return (
    <svg className={classes.diagram} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`Layers: ${widths.join(', ')} units`}>
      {bars.slice(1).map((bar, index) => {
        const before = bars[index]
        if (!before) return null
        return (
          <path
            key={bar.id}
            className={classes.flow}
            d={`M${before.x + BAR / 2} ${before.y}L${bar.x - BAR / 2} ${bar.y}V${bar.y + bar.height}L${before.x + BAR / 2} ${before.y + before.height}Z`}
          />
        )
      })}
      {bars.map(({ id, x, y, height }, index) => (
        <rect
          key={id}
          className={classes.bar}
          data-code={index === code || undefined}
          x={x - BAR / 2}
          y={y}
          width={BAR}
          height={height}
          rx="2"
        />
      ))}
      {bars.map(({ id, x, width }, index) =>
        widths.length <= MOST_LABELLED || index === code || index === 0 || index === widths.length - 1 ? (
          <text key={id} className={classes.width} data-code={index === code || undefined} x={x} y={HEIGHT - 4}>
            {width}
          </text>
        ) : null,
      )}
    </svg>
  )
}
