import { activeUnits } from '@hourglass/autoencoders'
import type { DimensionSpread } from '@hourglass/autoencoders/latent'
import { BarChart } from '../../ui/BarChart'
import { formatLoss } from '../../ui/formatQuantity'

interface DivergenceBarsProps {
  readonly dimensions: readonly (DimensionSpread & { readonly divergence: number | null })[]
}

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
  const range = `from ${formatLoss(units[0]?.divergence)} down to ${formatLoss(units.at(-1)?.divergence)} nats`
  return (
    <BarChart
      bars={units.map(({ index, divergence, active: isActive }) => ({
        id: index,
        name: String(index + 1),
        title: `z${index + 1}: ${formatLoss(divergence)} nats${isActive ? '' : ', collapsed'}`,
        value: divergence,
        faint: !isActive,
      }))}
      caption="KL divergence by unit"
      summary={`${active} of ${units.length} active · ${formatLoss(total)} nats in all`}
      unit="nats"
      of="units"
      label={`KL divergence of each of ${units.length} units, ${range}`}
      testId="divergence-bars"
    />
  )
}
