import { applications } from './applications.js'
import { convolutions } from './convolutional.js'
import { denoising } from './denoising.js'
import { generative } from './generative.js'
import { introduction } from './introduction.js'
import { manifolds } from './manifolds.js'
import { overcomplete } from './overcomplete.js'
import { chapterSections, type Preset } from './Preset.js'
import { pretraining } from './pretraining.js'
import { principalComponents } from './principalComponents.js'
import { regularized } from './regularized.js'
import { undercomplete } from './undercomplete.js'

const all: readonly Preset[] = [
  ...introduction,
  ...principalComponents,
  ...undercomplete,
  ...overcomplete,
  ...manifolds,
  ...regularized,
  ...denoising,
  ...convolutions,
  ...pretraining,
  ...generative,
  ...applications,
]

/** The chapter's experiments, the demo first, then section by section. */
export const presets: readonly Preset[] = chapterSections.flatMap((section) => all.filter((preset) => preset.section === section))
