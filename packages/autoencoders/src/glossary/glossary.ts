import { subjectCatalog, subjects } from '../analysis/subjects.js'
import { describeSchema, type FieldDescription } from '../config/describeSchema.js'
import { runConfigSchema } from '../config/runConfigSchema.js'
import type { Measurement } from '../measurements/Measurement.js'
import { measurementCatalog } from '../measurements/measurementCatalog.js'
import type { Term } from './Term.js'
import { measurementTerm, settingTerm, subjectTerm } from './termIds.js'
import { terms } from './terms.js'

/**
 * Lists every word that pages use in a meaning of the field's own: the chapter's terms, all settings and their choices, all measurements, and what models are
 * compared with.
 */
export function listTerms(): readonly Term[] {
  return [
    ...terms,
    ...settingTerms(describeSchema(runConfigSchema)),
    ...(measurementCatalog as readonly Measurement[])
      .filter(({ id }) => measurementTerm(id) === `measurement-${id}`)
      .map(
        ({ id, title, description, formula, unit }): Term => ({
          id: measurementTerm(id),
          group: 'Measurements',
          title,
          definition: unit === null ? description : `${description} Unit: ${unit}.`,
          formula,
        }),
      ),
    ...subjects.map(
      (subject): Term => ({
        id: subjectTerm(subject),
        group: 'Compared with',
        title: subjectCatalog[subject].title,
        definition: subjectCatalog[subject].description,
      }),
    ),
  ]
}

function settingTerms(root: FieldDescription): readonly Term[] {
  const found = new Map<string, Term>()
  const visit = (field: FieldDescription, path: string) => {
    if (path !== '' && field.type !== 'object' && !found.has(path)) {
      const choices =
        field.type === 'choice' ? Object.values(field.variants).map(({ title, description }) => `${title}: ${description}`) : []
      const definition = [field.description, ...choices].filter((sentence) => sentence !== '').join(' ')
      found.set(path, { id: settingTerm(path), group: 'Settings', title: field.title, definition })
    }
    const children =
      field.type === 'object' ? [field.fields] : field.type === 'choice' ? Object.values(field.variants).map(({ fields }) => fields) : []
    for (const fields of children) for (const [name, child] of Object.entries(fields)) visit(child, path === '' ? name : `${path}.${name}`)
  }
  visit(root, '')
  return [...found.values()]
}
