/** The specs that ship in @tensorflow/tfjs-core; made by bundleSpecs.mjs. */
declare module 'tfjs-core-specs' {
  interface Spec {
    readonly fullName: string
    readonly status: string
    readonly failedExpectations: readonly { readonly message: string }[]
  }
  interface Environment {
    configure(options: { readonly random: boolean }): void
    addReporter(reporter: { specStarted(): void; specDone(spec: Spec): void; jasmineDone(): void }): void
    execute(): Promise<void>
  }
  export const jasmine: { getEnv(): Environment }
  /** Chooses the backends that every spec is to run on; to be called before `defineSpecs`. */
  export function setBackends(environments: readonly object[]): void
  export function defineSpecs(): void
}
