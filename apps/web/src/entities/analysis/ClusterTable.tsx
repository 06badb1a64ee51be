import { formatCount } from '../../ui/formatQuantity'
import { labelColour } from '../../ui/labelColours'
import { TermLink } from '../../ui/TermLink'
import classes from './ClusterTable.module.css'
import type { ClusterMapping } from './useClusterMap'

/** Counts how many examples of each class fell into each cluster; the darker a cell, the larger its share of the class. */
export function ClusterTable({ clusters }: Pick<ClusterMapping, 'clusters'>) {
  const labels = clusters[0]?.counts.map((_, label) => label) ?? []
  const totals = labels.map((label) => clusters.reduce((sum, { counts }) => sum + (counts[label] ?? 0), 0))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.scroll} aria-label="Who fell where" tabIndex={0}>
      <p className={classes.caption}>Examples of each class, a column each, in each cluster</p>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">
              <TermLink term="cluster">Cluster</TermLink>
            </th>
            {labels.map((label) => (
              <th key={label} scope="col" aria-label={`Class ${label}`}>
                <span className={classes.dot} style={{ background: labelColour(label) }} aria-hidden />
                {label}
              </th>
            ))}
            <th scope="col">All</th>
          </tr>
        </thead>
        <tbody>
          {clusters.map(({ matchedClass, counts }, cluster) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a cluster is known by its place
            <tr key={cluster}>
              <th scope="row">
                {matchedClass === null ? null : (
                  <span className={classes.dot} style={{ background: labelColour(matchedClass) }} aria-hidden />
                )}
                {matchedClass === null ? 'no class' : `as ${matchedClass}`}
              </th>
              {counts.map((count, label) => {
                const share = (100 * count) / Math.max(1, totals[label] ?? 0)
                return (
                  <td
                    key={labels[label]}
                    data-matched={label === matchedClass || undefined}
                    data-empty={count === 0 || undefined}
                    style={{ background: `color-mix(in srgb, var(--hg-accent) ${(0.45 * share).toFixed(1)}%, transparent)` }}
                  >
                    {formatCount(count)}
                  </td>
                )
              })}
              <td className={classes.sum}>{formatCount(counts.reduce((sum, count) => sum + count, 0))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
