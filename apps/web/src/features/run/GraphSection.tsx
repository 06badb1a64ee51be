'use client'
import { useMemo } from 'react'
import { computationalGraph, graphRows } from '../../entities/config/computationalGraph'
import { GraphDrawing } from '../../entities/config/GraphDrawing'
import { runSource } from '../../entities/run/runFigures'
import type { Run } from '../../entities/run/useRun'
import { FigureSection } from '../../ui/FigureSection'
import classes from './GraphSection.module.css'

/** Draws what a run computes, from an example to its loss: from left to right, or, where that would be too small to read, from top to bottom. */
export function GraphSection({ run }: { readonly run: Pick<Run, 'id' | 'number' | 'name' | 'config' | 'dataset'> }) {
  const { config, dataset } = run
  const graph = useMemo(() => computationalGraph({ config, exampleShape: dataset.exampleShape }), [config, dataset.exampleShape])
  return (
    <FigureSection
      id="run-graph"
      title="Computational graph"
      note="What is computed of an example x in training: circles are values, boxes functions"
      source={runSource(run, 'Computational graph')}
      isDrawing
      table={() => ({ columns: ['node', 'kind', 'what', 'computed from'], rows: graphRows(graph) })}
    >
      <div className={classes.root} data-testid="computational-graph">
        <div className={classes.across}>
          <GraphDrawing graph={graph} layout="across" />
        </div>
        <div className={classes.down}>
          <GraphDrawing graph={graph} layout="down" />
        </div>
      </div>
    </FigureSection>
  )
}
