/** The kind of a setting that is left out: no corruption, no regularizer, no pretraining. */
export const NONE = 'none'

/** Tells whether a setting is left out. */
export function isNone<Setting extends { readonly kind: string }>(
  setting: Setting,
): setting is Extract<Setting, { readonly kind: typeof NONE }> {
  return setting.kind === NONE
}
