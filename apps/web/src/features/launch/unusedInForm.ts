import { unusedSettings } from '@hourglass/autoencoders'
import type { FormChoice, FormObject } from './formValue'

/** Tells which settings of a form have no effect and why, by their path; a sweep over optimizers may need all of them. */
export function unusedInForm({ optimizer }: FormObject, swept: readonly string[]): Readonly<Record<string, string>> {
  const kind = (optimizer as FormChoice | undefined)?.kind
  if (kind === undefined || swept.includes('optimizer')) return {}
  return Object.fromEntries(unusedSettings(kind).map(({ path, reason }) => [path, reason]))
}
