import type { LandmarkInput } from '../../data/generated/graphql'
import type { ExplorerState } from './explorerStore'
import { type NamedDirection, nameOf } from './namedDirections'
import type { Landmark } from './useLandmarks'

/** Something that the explorer holds and that can be kept under a name. */
export interface LandmarkChoice {
  readonly value: string
  /** What it is, for who chooses. */
  readonly label: string
  /** The name that it has already; empty where it has none. */
  readonly name: string
  readonly landmark: (code: ArrayLike<number>) => LandmarkInput
}

/** Lists what can be kept of what the explorer holds: the code of an epoch, what is selected, and directions. */
export function landmarkChoices(
  { selection, named }: Pick<ExplorerState, 'selection' | 'named'>,
  epoch: number,
): readonly LandmarkChoice[] {
  return [
    { value: 'code', label: `this code of epoch ${epoch}`, name: '', landmark: (code) => ({ point: { epoch, code: Array.from(code) } }) },
    ...(selection.length > 0
      ? [
          {
            value: 'selection',
            label: selection.length === 1 ? 'the selected example' : `the ${selection.length} selected examples`,
            name: '',
            landmark: () => ({ selection: [...selection] }),
          },
        ]
      : []),
    ...named.map((direction) => ({
      value: `direction ${nameOf(direction)}`,
      label: `the direction ${nameOf(direction)}`,
      name: nameOf(direction),
      landmark: () => inputOf(direction),
    })),
  ]
}

function inputOf(direction: NamedDirection): LandmarkInput {
  return direction.kind === 'classes'
    ? { classDirection: { to: direction.to, from: direction.from } }
    : { directionTowards: [...direction.rows] }
}

/** Reads the direction that a landmark is; null for one of another kind. */
export function directionOf({ kind, name, classes, rows }: Landmark): NamedDirection | null {
  if (kind !== 'DIRECTION') return null
  if (classes) return { kind: 'classes', to: classes.to, from: classes.from }
  return rows ? { kind: 'selection', name, rows } : null
}

/** Says what a landmark is, beside its name. */
export function describeLandmark({ kind, name, epoch, rows, classes, problem }: Landmark): string {
  if (problem !== null) return problem
  if (kind === 'POINT') return `epoch ${epoch}`
  if (classes) {
    const usual = nameOf({ kind: 'classes', ...classes })
    return usual === name ? '' : usual
  }
  const count = rows?.length ?? 0
  const examples = `${count} example${count === 1 ? '' : 's'}`
  return kind === 'SELECTION' ? examples : `towards ${examples}`
}
