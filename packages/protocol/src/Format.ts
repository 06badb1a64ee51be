import type { z } from 'zod'

/** Turns a value as one version wrote it into what the next version writes. */
export type Upgrade = (stored: unknown) => unknown

/** How a value is stored, now and in every earlier version. */
export interface Format<Value> {
  /** What it is, for messages: `configuration`, `analysis`. */
  readonly subject: string
  /** Checks the shape of the present version. It never judges how values relate: what was accepted once is read for ever. */
  readonly schema: z.ZodType<Value>
  /** Upgrade i leads from version i + 1 to version i + 2; so the present version is one more than there are upgrades. */
  readonly upgrades: readonly Upgrade[]
}

/** A stored value together with the version of its format. */
export interface Stored {
  readonly version: number
  readonly value: unknown
}

export type Read<Value> = { readonly value: Value } | { readonly problem: string }

/** Tells the version that a format writes. */
export function versionOf({ upgrades }: Format<unknown>): number {
  return upgrades.length + 1
}

/**
 * Reads a stored value by the version that wrote it, upgrades applied one after another. What cannot be read comes back as a sentence, never as an
 * exception: one unreadable row must not hide the others.
 */
export function readStored<Value>(format: Format<Value>, { version, value }: Stored): Read<Value> {
  const { subject, schema, upgrades } = format
  const present = versionOf(format)
  if (!Number.isInteger(version) || version < 1 || version > present) {
    return {
      problem: `${subject}: expected version 1 to ${present}, got ${version}. A newer Hourglass wrote it; update this one to read it.`,
    }
  }
  let upgraded = value
  try {
    for (const upgrade of upgrades.slice(version - 1)) upgraded = upgrade(upgraded)
  } catch (error) {
    return { problem: `${subject} of version ${version}: ${error instanceof Error ? error.message : String(error)}` }
  }
  const result = schema.safeParse(upgraded)
  if (result.success) return { value: result.data }
  const [issue] = result.error.issues
  const place = issue?.path.join('.') || 'as a whole'
  return { problem: `${subject} of version ${version} cannot be read (${place}): ${issue?.message ?? 'it has another shape'}` }
}
