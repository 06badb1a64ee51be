'use client'
import { useMemo } from 'react'
import { formatCount, formatCounted } from '../../ui/formatQuantity'
import { LabelLegend } from '../../ui/LabelLegend'
import { labelColour } from '../../ui/labelColours'
import { extentOf } from '../../ui/plotExtent'
import { ScatterPlot } from '../../ui/ScatterPlot'
import classes from './ClusterMaps.module.css'
import { ClusterTable } from './ClusterTable'
import type { ClusterMapping } from './useClusterMap'

interface ClusterMapsProps {
  /** Of the run. */
  readonly label: string
  readonly mapping: ClusterMapping
  /** Which test examples they are. */
  readonly chosen: 'random' | 'first'
  /** Whose codes they are; null after the last. */
  readonly epoch: number | null
}

/**
 * Draws one map of codes twice, coloured by cluster and by class, with the table of who fell where. A cluster has the colour of the class that it is
 * matched to, so that the maps differ where the two disagree.
 */
export function ClusterMaps({ label, mapping: { axes, varianceShare, clusters, places }, chosen, epoch }: ClusterMapsProps) {
  const drawn = useMemo(() => {
    const count = places.length / 4
    const points = new Float32Array(2 * count)
    for (let row = 0; row < count; row++) points.set(places.subarray(4 * row, 4 * row + 2), 2 * row)
    const colourOf = (row: number) => {
      const matched = clusters[places[4 * row + 2] ?? 0]?.matchedClass ?? null
      return matched === null ? '--hg-faint' : labelColour(matched)
    }
    const layer = { kind: 'dots' as const, points, size: 1.8, opacity: 0.8 }
    return {
      x: extentOf(points, { axis: 0 }),
      y: extentOf(points, { axis: 1 }),
      byCluster: [{ ...layer, colour: colourOf }],
      byClass: [{ ...layer, colour: (row: number) => labelColour(places[4 * row + 3] ?? 0) }],
    }
  }, [places, clusters])
  const labels = useMemo(() => clusters[0]?.counts.map((_, index) => index) ?? [], [clusters])
  const isLine = axes === 'UNITS' && drawn.y.maximum - drawn.y.minimum < 0.01
  const [xLabel, yLabel] = axes === 'UNITS' ? ['z1', isLine ? '' : 'z2'] : ['p1, principal direction', 'p2']
  const inTheirs = clusters.reduce((sum, { matchedClass, counts }) => sum + (matchedClass === null ? 0 : (counts[matchedClass] ?? 0)), 0)
  const count = places.length / 4
  return (
    <div className={classes.root} data-testid="cluster-maps">
      <div className={classes.maps}>
        {(
          [
            ['By cluster', drawn.byCluster],
            ['By class', drawn.byClass],
          ] as const
        ).map(([title, layers]) => (
          <section key={title} className={classes.map} aria-label={title}>
            <p className={classes.title}>{title}</p>
            <ScatterPlot
              label={`Codes of ${formatCounted(count, 'test example')} in ${label}, coloured ${title.toLowerCase()}`}
              layers={layers}
              x={drawn.x}
              y={drawn.y}
              xLabel={xLabel ?? ''}
              yLabel={yLabel ?? ''}
            />
          </section>
        ))}
      </div>
      <LabelLegend labels={labels} />
      {axes === 'PRINCIPAL_DIRECTIONS' ? (
        <p className={classes.note}>
          The map’s axes, p1 and p2, are the first two principal directions of these codes, with {(100 * varianceShare).toFixed(0)} % of
          their variance; clusters were found in all of it.
        </p>
      ) : null}
      <ClusterTable clusters={clusters} />
      <p className={classes.note}>
        {formatCount(inTheirs)} of{' '}
        {chosen === 'first' ? `the first ${formatCount(count)} test examples` : formatCounted(count, 'random test example')} (
        {((100 * inTheirs) / Math.max(1, count)).toFixed(1)} %){' '}
        {inTheirs === 1 ? 'is in the cluster that is matched to its class' : 'are in the cluster that is matched to their class'}
        {epoch === null ? '' : `, after epoch ${epoch}`}.
      </p>
    </div>
  )
}
