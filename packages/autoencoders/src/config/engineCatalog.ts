/** What is known about an engine before it is loaded. */
export interface EngineDescription {
  /** As it is written on pages. */
  readonly title: string
  /** Whether it does not come with the installation, so that a machine may lack it. */
  readonly isOptional: boolean
  /** Whether how fast it is is measured, before runs have told. */
  readonly isTimed: boolean
}

/** Every engine, one a row, the default first; how each is loaded says `createEngine`. */
const rows = {
  onnx: { title: 'ONNX Runtime', isOptional: false, isTimed: true },
  tensorflow: { title: 'TensorFlow', isOptional: true, isTimed: false },
  cpu: { title: 'TensorFlow.js on the CPU', isOptional: false, isTimed: false },
} as const satisfies Readonly<Record<string, EngineDescription>>

export type EngineName = keyof typeof rows

export const engineCatalog: Readonly<Record<EngineName, EngineDescription>> = rows
/** What computes where nobody chooses. */
export const usualEngine = 'onnx' satisfies EngineName
/** The name of every engine. */
export const engines: readonly EngineName[] = Object.keys(rows).filter(isEngineName)
/** Engines that do not come with the installation. */
export const optionalEngines: readonly EngineName[] = engines.filter((name) => engineCatalog[name].isOptional)

/** Tells whether a name is that of an engine. */
export function isEngineName(name: string): name is EngineName {
  return Object.hasOwn(rows, name)
}
