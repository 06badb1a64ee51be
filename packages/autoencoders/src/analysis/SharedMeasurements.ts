/** Measurements of what models are compared with: they are the same for all runs of the same examples, whichever of them takes them. */
export interface SharedMeasurements {
  /**
   * Gives what was measured under a key, or measures and keeps it. A value is made of plain objects, arrays and numbers; its key names all that it depends on
   * but the examples and the engine.
   */
  take<Value>(key: string, measure: () => Promise<Value>): Promise<Value>
}

/** Keeps nothing. */
export const measuredAnew: SharedMeasurements = { take: (_, measure) => measure() }

/** Raised by whoever changes what one of them comes to: what earlier versions have kept is then not used. */
const VERSION = 1

/** Names a measurement of what models are compared with, by what it depends on. */
export function sharedKey(name: string, dependsOn: Readonly<Record<string, unknown>>): string {
  return JSON.stringify([VERSION, name, dependsOn])
}
