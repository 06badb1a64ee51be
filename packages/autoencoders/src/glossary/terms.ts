import { learningTerms } from './learningTerms.js'
import { modelTerms } from './modelTerms.js'
import type { Term } from './Term.js'

/** What the chapter and the pages speak of, apart from settings and measurements, which have catalogs of their own. */
export const terms: readonly Term[] = [...modelTerms, ...learningTerms]
