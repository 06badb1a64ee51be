'use client'
import { runSource } from '../../entities/run/runFigures'
import { FigureSection } from '../../ui/FigureSection'
import type { AnalysedRun } from './AnalysisFigure'
import { analysisFigures } from './analysisFigures'

/** Shows the figures of what a run was measured with, those that apply to it, each under a heading of its own. */
export function AnalysisFigures({ run, analysis }: AnalysedRun) {
  return Object.entries(analysisFigures).map(([key, figure]) => {
    const drawn = figure?.draw({ run, analysis }) ?? null
    if (figure === null || drawn === null) return null
    const { title, note, table, isDrawing } = figure
    return (
      <FigureSection
        key={key}
        id={`run-${key}`}
        title={title}
        note={typeof note === 'string' ? note : note(analysis)}
        source={runSource(run, title)}
        isDrawing={isDrawing?.(analysis) ?? false}
        table={() => table(analysis)}
      >
        {drawn}
      </FigureSection>
    )
  })
}
