'use client'

import { CodePlanes } from '../../entities/model/CodePlanes'
import { usePlaneCodes } from '../../entities/model/usePlaneCodes'
import { Unread } from '../../ui/Unread'
import type { RowProps } from './FigureProps'
import { useRowNumbers } from './figureNumbers'
import { ModelRow, type OpenedModel } from './ModelRow'
import { Waiting } from './Waiting'

/** Shows the plane of a code of two units after the latest epoch beside that of two principal components. */
export function CodePlanesRow({ run, analysis }: RowProps) {
  return <ModelRow run={run}>{(opened) => <Planes {...opened} analysis={analysis} />}</ModelRow>
}

function Planes({ run, epoch, model, codes, latentDimension, exampleShape, analysis }: OpenedModel & Pick<RowProps, 'analysis'>) {
  const { cloud, plane, error, retry, table } = usePlaneCodes(codes.url, analysis ?? null)
  useRowNumbers(run.id, latentDimension === 2 ? table : null)
  if (latentDimension !== 2)
    return <Waiting>Its code has {latentDimension === 1 ? 'one unit' : `${latentDimension} units`}, which are no plane.</Waiting>
  if (error) return <Unread what="The codes" onRetry={retry} />
  if (!cloud) return <Waiting />
  return (
    <CodePlanes
      label={run.label ?? run.name}
      epoch={epoch}
      model={model}
      cloud={cloud}
      exampleShape={exampleShape}
      plane={plane}
      waiting={analysis ? '' : 'Principal components are drawn once the run is measured.'}
    />
  )
}
