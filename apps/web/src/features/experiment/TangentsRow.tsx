import { PointTangents } from '../../entities/analysis/PointTangents'
import { TangentFigure } from '../../entities/analysis/TangentFigure'
import { AnalysisRow } from './AnalysisRow'
import type { RowProps } from './FigureProps'

/** Shows the directions in which a run's decoder lets examples vary: as images, or as lines through points. */
export function TangentsRow({ run, analysis }: RowProps) {
  return (
    <AnalysisRow run={run} analysis={analysis}>
      {({ figures, tangents }) => {
        const found = figures.filter(({ name }) => name.startsWith('tangents/'))
        if (found.length === 0) return null
        const Figure = found.some(({ name }) => name === 'tangents/points') ? PointTangents : TangentFigure
        return <Figure figures={found} tangents={tangents} />
      }}
    </AnalysisRow>
  )
}
