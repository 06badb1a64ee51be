'use client'

import { encoderRowOf } from '@hourglass/autoencoders'
import { drawPrior, sampleCode } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import { DivergenceBars } from '../../entities/model/DivergenceBars'
import { PriorSamples } from '../../entities/model/PriorSamples'
import type { RowProps } from './FigureProps'
import { useRowNumbers } from './figureNumbers'
import { ModelRow, type OpenedModel } from './ModelRow'
import classes from './PriorRow.module.css'

const SAMPLES = 40

/**
 * Shows what a run's decoder makes of random codes: drawn from the prior where the encoder is variational, else from normal distributions fitted to
 * the codes of the test data.
 */
export function PriorRow({ run }: RowProps) {
  return <ModelRow run={run}>{(opened) => <Samples {...opened} />}</ModelRow>
}

function Samples({ run, model, codes, architecture, latentDimension, exampleShape }: OpenedModel) {
  const { dimensions } = codes
  const hasPrior = encoderRowOf(architecture.encoder).givesDistribution
  const drawn = useMemo(() => {
    if (hasPrior) return drawPrior({ seed: 1, count: SAMPLES, size: latentDimension })
    const all = new Float32Array(SAMPLES * latentDimension)
    for (let index = 0; index < SAMPLES; index++) all.set(sampleCode(dimensions, index + 1), index * latentDimension)
    return all
  }, [hasPrior, latentDimension, dimensions])
  const numbers = useMemo(
    () => () => ({
      columns: ['unit', 'KL divergence (nats)', 'mean', 'standard deviation'],
      rows: dimensions.map(({ index, divergence, mean, standardDeviation }) => [index + 1, divergence, mean, standardDeviation]),
    }),
    [dimensions],
  )
  useRowNumbers(run.id, numbers)
  return (
    <div className={classes.root}>
      <PriorSamples model={model} codes={drawn} count={SAMPLES} exampleShape={exampleShape} />
      <DivergenceBars dimensions={dimensions} />
    </div>
  )
}
