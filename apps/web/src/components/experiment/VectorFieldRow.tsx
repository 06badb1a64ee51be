'use client'

import { useReconstructions } from '../../hooks/useReconstructions'
import { useExamples } from '../../latent/useExamples'
import { useVectorField } from '../../latent/useVectorField'
import { VectorFieldPlot } from '../run/VectorFieldPlot'
import type { RowProps } from './FigureProps'
import { useRowNumbers } from './figureNumbers'
import { ModelRow, type OpenedModel } from './ModelRow'
import classes from './ReconstructionRow.module.css'

/** Shows where a run's autoencoder moves each place of the plane. */
export function VectorFieldRow({ run }: RowProps) {
  return <ModelRow run={run}>{(opened) => <Field {...opened} />}</ModelRow>
}

function Field({ run, epoch, model }: OpenedModel) {
  const { reconstructions } = useReconstructions(run.id, epoch)
  const { points } = useExamples(reconstructions)
  const originals = points?.originals ?? null
  const { extent, arrows, table } = useVectorField(model, originals)
  useRowNumbers(run.id, arrows ? table : null)
  if (!originals || !arrows) return <div className={classes.waiting} />
  return <VectorFieldPlot epoch={epoch} points={originals} extent={extent} arrows={arrows} />
}
