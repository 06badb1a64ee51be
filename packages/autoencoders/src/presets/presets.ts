import { introduction } from './introduction.js'
import { manifolds } from './manifolds.js'
import type { Preset } from './Preset.js'
import { undercomplete } from './undercomplete.js'

/** The chapter's experiments, the demo first, then section by section. */
export const presets: readonly Preset[] = [...introduction, ...undercomplete, ...manifolds]
