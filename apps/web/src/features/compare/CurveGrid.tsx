'use client'
import type { EpochMeasurement } from '@hourglass/autoencoders'
import { useMemo, useState } from 'react'
import { curveAxisTitles } from '../../entities/metric/epochPlaces'
import { ChartLegend } from '../../ui/ChartLegend'
import { LineChart, type XAxis } from '../../ui/LineChart'
import classes from './CurveGrid.module.css'
import type { CompareView } from './compareView'
import { groupCurves } from './groupCurves'
import type { RunGroup } from './runGroups'

interface CurveGridProps {
  readonly groups: readonly RunGroup[]
  readonly rows: readonly { readonly row: EpochMeasurement; readonly title: string }[]
  readonly view: Pick<CompareView, 'x' | 'scale' | 'smooth' | 'spread'>
  readonly emptyText: string
  readonly highlighted: string | null
  readonly onHighlight: (key: string | null) => void
}

const timeAxis: XAxis = { scale: 'linear', isTime: true }

/** Draws the curves of several measurements, one chart each, with one crosshair. */
export function CurveGrid({ groups, rows, view, emptyText, highlighted, onHighlight }: CurveGridProps) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const shown = useMemo(() => groups.filter(({ key }) => !hidden.has(key)), [groups, hidden])
  const entries = useMemo(() => groups.map(({ key, label, style }) => ({ id: key, label, ...style })), [groups])
  const toggle = (key: string) =>
    setHidden((before) => new Set(before.has(key) ? [...before].filter((other) => other !== key) : [...before, key]))
  return (
    <>
      <div className={classes.root} data-count={Math.min(rows.length, 2)}>
        {rows.map(({ row, title }) => (
          <Curves key={row.id} {...{ groups: shown, row, title, view, emptyText, highlighted, onHighlight }} isAlone={rows.length === 1} />
        ))}
      </div>
      <ChartLegend entries={entries} hidden={hidden} onToggle={toggle} {...{ highlighted, onHighlight }} />
    </>
  )
}

interface CurvesProps extends Omit<CurveGridProps, 'rows'> {
  readonly row: EpochMeasurement
  readonly title: string
  readonly isAlone: boolean
}

function Curves({ groups, row, title, view: { x, scale, smooth, spread }, isAlone, ...rest }: CurvesProps) {
  const series = useMemo(() => groupCurves(groups, row, { x, spread }), [groups, row, x, spread])
  return (
    <LineChart
      series={series}
      scale={scale}
      xLabel={curveAxisTitles[x]}
      yLabel={title}
      xAxis={x === 'time' ? timeAxis : undefined}
      height={isAlone ? 360 : 260}
      smoothing={smooth}
      hasLegend={false}
      syncKey="compare"
      {...rest}
    />
  )
}
