import { deterministic } from './encoders/deterministic.js'
import type { EncoderRow } from './encoders/EncoderRow.js'
import { variational } from './encoders/variational.js'

/** Every kind of encoder, one a row, in the order of forms; `encoderSchemas` has their settings. */
export const encoderRows = { deterministic, variational }

export type EncoderKind = keyof typeof encoderRows

/** Finds what is known of a kind of encoder. */
export function encoderRowOf({ kind }: { readonly kind: EncoderKind }): EncoderRow {
  return encoderRows[kind]
}
