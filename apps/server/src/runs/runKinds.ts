import { AUTOENCODER, type RunConfig, runConfigFormat } from '@hourglass/autoencoders'
import { ELSEWHERE, elsewhereFormat, type Read, readStored, type Stored } from '@hourglass/protocol'

/** What is known of all runs of a kind. */
interface RunKind {
  /** Reads the configuration of one, by the version that wrote it; says why where it is none of a model that this lab can train. */
  readonly readConfig: (stored: Stored) => Read<RunConfig>
  /** Whether a worker of this lab trains them, and reports each of their epochs. Of others, what is logged by epoch is all that is known of these. */
  readonly isTrainedHere: boolean
}

/** Kinds of runs, by what their rows call them. */
const runKinds: ReadonlyMap<string, RunKind> = new Map<string, RunKind>([
  [AUTOENCODER, { readConfig: (stored) => readStored(runConfigFormat, stored), isTrainedHere: true }],
  [
    ELSEWHERE,
    {
      readConfig: (stored) => {
        const read = readStored(elsewhereFormat, stored)
        return 'problem' in read ? read : { problem: 'The run was trained elsewhere: its configuration is a list of values.' }
      },
      isTrainedHere: false,
    },
  ],
])

/** Kinds of runs that this lab trains. */
export const kindsTrainedHere: readonly string[] = [...runKinds].flatMap(([kind, { isTrainedHere }]) => (isTrainedHere ? kind : []))

/** What is known of a kind; the reason where another version wrote it. */
export function runKind(kind: string): RunKind | { readonly problem: string } {
  return (
    runKinds.get(kind) ?? {
      problem: `configuration: expected one of the kind ${[...runKinds.keys()].join(' or ')}, got ${kind}. Another version of Hourglass wrote it.`,
    }
  )
}
