'use client'

import { orderDimensions } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import { useCodes } from '../../entities/run/useCodes'
import type { Tensors } from '../../files/fetchTensors'
import { tensorsFile } from '../../files/fileSources'
import { useFile } from '../../files/useFiles'
import { useKept } from '../../files/useKept'
import type { FigureTable } from '../../ui/FigureSource'
import { LabelLegend } from '../../ui/LabelLegend'
import { ScatterPlot } from '../../ui/ScatterPlot'
import { Unread } from '../../ui/Unread'
import classes from './CodesRow.module.css'
import { codePlot } from './codePlot'
import { FigureRow } from './FigureRow'
import { useRowNumbers } from './figureNumbers'
import { runFacts } from './runFacts'
import type { ExperimentRun } from './useExperiment'
import { Waiting } from './Waiting'

/** Loads a run's codes after its latest epoch, and maps them over the two dimensions that vary most. */
export function CodesRow({ run }: { readonly run: ExperimentRun }) {
  const { epochsCompleted } = run.summary
  const { codes, failed, retry } = useCodes(run.id, run.finalEpoch)
  const snapshot = useKept(codes)
  const { shown: tensors, error, retry: reload } = useFile(snapshot && tensorsFile(snapshot.url))
  const plot = useMemo(() => {
    const values = tensors?.codes?.values
    const labels = tensors?.labels?.values
    if (!snapshot || !values || !labels) return null
    const [first, second] = orderDimensions(snapshot.dimensions, 'variation')
    const axes = { across: first?.index ?? 0, up: second?.index ?? null }
    return { ...axes, ...codePlot({ codes: values, labels }, { dimensions: snapshot.dimensions, ...axes }) }
  }, [snapshot, tensors])
  const numbers = useMemo(() => (plot && tensors ? () => codesOf(plot, tensors) : null), [plot, tensors])
  useRowNumbers(run.id, numbers)
  return (
    <FigureRow run={run} facts={runFacts(run)}>
      {plot && snapshot ? (
        <div className={classes.map} data-testid="codes-map" data-epoch={snapshot.epoch}>
          <ScatterPlot
            label={`Codes of test examples in ${run.label ?? run.name} after epoch ${snapshot.epoch}, coloured by label`}
            layers={plot.layers}
            x={plot.x}
            y={plot.y}
            xLabel={`z${plot.across + 1}`}
            yLabel={plot.up === null ? '' : `z${plot.up + 1}`}
          />
          {plot.labels.length > 1 ? <LabelLegend labels={plot.labels} /> : null}
        </div>
      ) : failed || error ? (
        <Unread what="The codes" onRetry={failed ? retry : reload} />
      ) : (
        <Waiting>{epochsCompleted > 0 ? '' : 'Codes appear with the first finished epoch.'}</Waiting>
      )}
    </FigureRow>
  )
}

/** Lists the two dimensions of each code that are mapped. */
function codesOf({ across, up }: { readonly across: number; readonly up: number | null }, { codes, labels }: Tensors): FigureTable {
  const [count = 0, size = 1] = codes?.shape ?? []
  const value = (row: number, dimension: number) => codes?.values[row * size + dimension] ?? null
  return {
    columns: ['example', 'class', 'dimension across', 'code across', 'dimension up', 'code up'],
    rows: Array.from({ length: count }, (_, row) => [
      row,
      labels?.values[row] ?? null,
      across + 1,
      value(row, across),
      up === null ? null : up + 1,
      up === null ? null : value(row, up),
    ]),
  }
}
