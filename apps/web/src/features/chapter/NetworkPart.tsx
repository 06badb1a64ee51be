import { completeRunConfig, exampleShapeOf, layerWidths, presets } from '@hourglass/autoencoders'
import { computationalGraph } from '../../entities/config/computationalGraph'
import { GraphDrawing } from '../../entities/config/GraphDrawing'
import { LayerDiagram } from '../../entities/config/LayerDiagram'
import classes from './NetworkPart.module.css'

interface NetworkPartProps {
  readonly preset: string
  /** Label of one of its runs; the first where none is named. */
  readonly run?: string | undefined
  readonly caption: string
}

/** Draws the network of a run from its configuration: what it computes, and its layers. Throws where the chapter has no such run. */
export function NetworkPart({ preset, run, caption }: NetworkPartProps) {
  const { config, exampleShape } = modelOf(preset, run)
  const graph = computationalGraph({ config, exampleShape })
  return (
    <figure className={classes.root} data-testid="network">
      <div className={classes.across}>
        <GraphDrawing graph={graph} layout="across" />
      </div>
      <div className={classes.down}>
        <GraphDrawing graph={graph} layout="down" />
      </div>
      <div className={classes.layers}>
        <LayerDiagram widths={layerWidths(config.architecture, exampleShape)} />
      </div>
      <figcaption className={classes.caption}>{caption}</figcaption>
    </figure>
  )
}

function modelOf(preset: string, label: string | undefined) {
  const runs = presets.find(({ id }) => id === preset)?.runs ?? []
  const run = label === undefined ? runs[0] : runs.find((each) => each.label === label)
  if (!run) throw new TypeError(`expected a run of the chapter, got ${label ?? 'the first'} of ${preset}`)
  const config = completeRunConfig(run.config)
  return { config, exampleShape: exampleShapeOf(config) }
}
