'use client'

import { SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import { runColour } from '../../entities/run/runColour'
import { formatLoss } from '../../ui/formatQuantity'
import { LineChart } from '../../ui/LineChart'
import type { FigureProps } from './FigureProps'
import classes from './JacobianSpectraFigure.module.css'
import { type ComparedSpectra, jacobianSpectra, type Response, scaledSpectrum } from './jacobianSpectra'
import { measuredTitle } from './measuredTitle'
import { RunsTable } from './RunsTable'

const scales = [
  { value: 'measured', label: 'As measured' },
  { value: 'scaled', label: 'Free of scale' },
]

/**
 * Draws the singular values of the encoder's Jacobian and of the whole reconstruction's, a line for each run, and lists their norms: which half of an
 * autoencoder resists small changes of the input.
 */
export function JacobianSpectraFigure({ runs, analyses }: FigureProps) {
  const [scale, setScale] = useState('measured')
  const rows = useMemo(() => jacobianSpectra({ runs, analyses }), [runs, analyses])
  const isScaled = scale === 'scaled'
  return (
    <div className={classes.root}>
      <div className={classes.controls} data-not-in-figure>
        <SegmentedControl size="xs" aria-label="Scale of singular values" value={scale} onChange={setScale} data={scales} />
      </div>
      <div className={classes.charts}>
        <Spectra rows={rows} of="encoder" title={isScaled ? 'Code: ∂f/∂x over the spread of codes' : 'Code: ∂f/∂x'} isScaled={isScaled} />
        <Spectra
          rows={rows}
          of="reconstruction"
          title={isScaled ? 'Reconstruction: ∂r/∂x over the spread of reconstructions' : 'Reconstruction: ∂r/∂x'}
          isScaled={isScaled}
        />
      </div>
      {rows.length > 0 && (
        <RunsTable
          label="Norms of Jacobians"
          columns={[
            measuredTitle('jacobianNorm', 'Code ‖∂f/∂x‖'),
            measuredTitle('scaledJacobianNorm', 'Scaled'),
            measuredTitle('reconstructionJacobianNorm', 'Reconstruction ‖∂r/∂x‖'),
            measuredTitle('scaledReconstructionJacobianNorm', 'Scaled, of r'),
            { title: 'Passed on by the decoder', term: 'passed-on' },
          ]}
          rows={rows.map(({ run, encoder, reconstruction, passedOn }) => ({
            run,
            cells: [
              formatLoss(encoder.norm),
              formatLoss(encoder.scaledNorm),
              formatLoss(reconstruction.norm),
              formatLoss(reconstruction.scaledNorm),
              passedOn === null ? '–' : `${passedOn.toFixed(2)} ×`,
            ],
          }))}
        />
      )}
    </div>
  )
}

interface SpectraProps {
  readonly rows: readonly ComparedSpectra[]
  readonly of: 'encoder' | 'reconstruction'
  readonly title: string
  readonly isScaled: boolean
}

function Spectra({ rows, of, title, isScaled }: SpectraProps) {
  const series = useMemo(() => {
    const valuesOf = (response: Response) => (isScaled ? scaledSpectrum(response) : response.singularValues)
    return rows.map(({ run, [of]: response }) => ({
      id: run.id,
      label: run.label ?? run.name,
      colour: runColour(run.number),
      points: valuesOf(response).map((y, index) => ({ x: index + 1, y })),
    }))
  }, [rows, of, isScaled])
  return (
    <div>
      <h3 className={classes.title}>{title}</h3>
      <LineChart
        series={series}
        scale="log"
        xLabel="Direction, from the largest"
        yLabel="Singular value"
        height={300}
        emptyText="Jacobians are measured once a run has finished its last epoch"
      />
    </div>
  )
}
