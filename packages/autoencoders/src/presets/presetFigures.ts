import { partFigures } from '../analysis/analysisParts.js'
import { figuresOfRuns, type PresetFigure } from './Preset.js'

/** Figures that an experiment can show of its runs, each with what it shows: those of runs, and those of the parts of an analysis that have one. */
export const presetFigures: Readonly<Record<PresetFigure, string>> = { ...figuresOfRuns, ...partFigures }
