import { activeUnits } from '@hourglass/autoencoders'
import type { DimensionSpread } from '@hourglass/autoencoders/latent'
import { formatLoss } from '../../ui/formatQuantity'
import classes from './DivergenceBars.module.css'

interface DivergenceBarsProps {
  readonly dimensions: readonly (DimensionSpread & { readonly divergence: number | null })[]
}

/** More bars than these cannot be told apart. */
const MOST_BARS = 128

/** Draws how far each unit's codes are from the prior, the furthest first; units that have collapsed are faint. */
export function DivergenceBars({ dimensions }: DivergenceBarsProps) {
  const inUse = activeUnits(
    dimensions.map(({ standardDeviation }) => standardDeviation ** 2),
    true,
  )
  const units = dimensions
    .flatMap(({ index, divergence }, at) => (divergence === null ? [] : [{ index, divergence, active: inUse[at] ?? false }]))
    .toSorted((a, b) => b.divergence - a.divergence)
  if (units.length === 0) return null
  const active = units.filter((unit) => unit.active).length
  const total = units.reduce((sum, { divergence }) => sum + divergence, 0)
  const largest = Math.max(Number.MIN_VALUE, units[0]?.divergence ?? 0)
  return (
    <figure
      className={classes.root}
      aria-label={`KL divergence of each of ${units.length} units, from ${formatLoss(largest)} down to ${formatLoss(units.at(-1)?.divergence)} nats`}
      data-testid="divergence-bars"
    >
      <figcaption className={classes.caption}>
        <span>KL divergence by unit</span>
        <span className={classes.figures}>
          {active} of {units.length} active · {formatLoss(total)} nats in all
        </span>
      </figcaption>
      <div className={classes.bars} aria-hidden>
        {units.slice(0, MOST_BARS).map(({ index, divergence, active: isActive }) => (
          <div key={index} className={classes.slot} title={`z${index + 1}: ${formatLoss(divergence)} nats${isActive ? '' : ', collapsed'}`}>
            <div className={classes.room}>
              <div
                className={classes.bar}
                data-collapsed={!isActive || undefined}
                style={{ height: `${Math.max(0, divergence / largest) * 100}%` }}
              />
            </div>
            {units.length <= 24 && <span className={classes.name}>{index + 1}</span>}
          </div>
        ))}
      </div>
      <p className={classes.scale}>
        Tallest: {formatLoss(largest)} nats{units.length > MOST_BARS ? `; the first ${MOST_BARS} of ${units.length} units` : ''}
      </p>
    </figure>
  )
}
