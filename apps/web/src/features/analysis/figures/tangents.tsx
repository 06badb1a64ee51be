import { tangentTable } from '../../../entities/analysis/analysisTables'
import { PointTangents } from '../../../entities/analysis/PointTangents'
import { TangentFigure } from '../../../entities/analysis/TangentFigure'
import type { AnalysisFigure } from '../AnalysisFigure'
import { filesOf } from '../drawStrips'

/** Shows in which directions the decoder lets test examples vary. */
export const tangents: AnalysisFigure = {
  title: 'Tangent directions',
  note: 'How what is decoded changes as its code moves: the singular vectors of the decoder’s Jacobian, largest singular value first',
  table: ({ tangents: spaces }) => tangentTable(spaces),
  draw({ analysis }) {
    const figures = filesOf(analysis, 'tangents')
    if (figures.length === 0 || analysis.tangents.length === 0) return null
    const Tangents = figures.some(({ name }) => name === 'tangents/points') ? PointTangents : TangentFigure
    return <Tangents figures={figures} tangents={analysis.tangents} />
  },
}
