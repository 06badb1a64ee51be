'use client'
import { explainedVariance, type PrincipalDirections } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import { createDirectionStore } from './directionStore'
import type { ExplorerStore } from './explorerStore'
import { SliderList } from './SliderList'
import { rowsOfDirections, scaleDirections } from './scaledDirections'
import { useExplorer } from './useExplorer'

interface DirectionSlidersProps {
  readonly store: ExplorerStore
  /** Codes of training examples that the directions were found of, `[n, size]`. */
  readonly codes: Float32Array
  readonly principal: PrincipalDirections
}

/** Lays out a slider for each of the directions along which the codes of the training data vary most, in standard deviations, with the variance that it explains. */
export function DirectionSliders({ store, codes, principal }: DirectionSlidersProps) {
  const { range } = useExplorer(store)
  const scaled = useMemo(() => scaleDirections(codes, principal), [codes, principal])
  const along = useMemo(() => createDirectionStore(store.code, principal, scaled.units), [store, principal, scaled])
  const rows = useMemo(() => {
    const spreads = scaled.spreads.map((spread) => ({
      ...spread,
      standardDeviation: spread.standardDeviation * (scaled.units[spread.index] as number),
    }))
    const shares = explainedVariance(codes, { size: principal.mean.length, spreads })
    return rowsOfDirections(scaled, range).map((row) => ({ ...row, note: writeShare(shares[row.spread.index] ?? 0) }))
  }, [scaled, range, codes, principal])
  return <SliderList store={along} rows={rows} kind="direction" label="Principal directions" />
}

/** Writes a share of the variance: `34 %`. */
function writeShare(share: number): string {
  const percent = 100 * share
  return `${percent >= 9.95 ? Math.round(percent) : percent.toFixed(1)} %`
}
