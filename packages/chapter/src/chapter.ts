import type { Section } from './Section.js'
import { applications } from './sections/applications.js'
import { autoencoders } from './sections/autoencoders.js'
import { contractive } from './sections/contractive.js'
import { convolutional } from './sections/convolutional.js'
import { denoising } from './sections/denoising.js'
import { generative } from './sections/generative.js'
import { manifolds } from './sections/manifolds.js'
import { pretraining } from './sections/pretraining.js'
import { principalComponents } from './sections/principalComponents.js'
import { regularized } from './sections/regularized.js'
import { undercomplete } from './sections/undercomplete.js'
import { unsupervisedLearning } from './sections/unsupervisedLearning.js'

/** The chapter, section by section, in the order of the lecture. */
export const chapter: readonly Section[] = [
  unsupervisedLearning,
  principalComponents,
  autoencoders,
  undercomplete,
  manifolds,
  regularized,
  denoising,
  contractive,
  convolutional,
  pretraining,
  generative,
  applications,
]
