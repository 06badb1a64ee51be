export { listTerms } from './glossary/glossary.js'
export { type GlossaryGroup, glossaryGroups, type Term } from './glossary/Term.js'
