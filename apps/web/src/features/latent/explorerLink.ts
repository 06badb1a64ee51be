import type { LatentView } from '../../entities/run/RunSections'
import { fromBase64Url, toBase64Url } from '../../ui/base64Url'
import { readCode, readCodes, writeCode, writeCodes } from './codeLink'
import type { DrawLink } from './drawLink'
import type { ExplorerState, ExplorerStore } from './explorerStore'
import { readGrid, writeGrid } from './gridOptions'
import type { Projection } from './mapOptions'
import { MOST_NAME, type NamedDirection } from './namedDirections'
import { readRows, writeRows } from './rowsLink'

interface LinkOptions {
  /** Means of the units at the epoch that is shown. */
  readonly means: readonly number[]
  /** The epoch that is shown. */
  readonly epoch: number
}

const SEPARATOR = '_'

/** Reads the state and the code that a link names; what it does not name, or names wrongly, is as it is at the beginning. */
export function readLink(
  view: Omit<LatentView, keyof DrawLink>,
  { means, epoch }: LinkOptions,
): { readonly state: ExplorerState; readonly code: Float32Array } {
  const code = readCode(view.z, means)
  return {
    code,
    state: {
      along: view.along,
      order: view.order,
      range: view.range,
      projection: readProjection(view.map, means.length),
      fittedTo: view.fit ?? epoch,
      of: view.of,
      colour: view.colour,
      grid: readGrid(view.grid, means.length),
      hidden: readClasses(view.hide),
      selection: readRows(view.selected),
      stops: readCodes(view.stops, means),
      named: [...readNamed(view.named), ...readTowards(view.towards)],
      isMoved: code.some((value, index) => value !== Math.fround(means[index] ?? 0)),
    },
  }
}

/** Writes what {@link readLink} reads. */
export function writeLink(store: ExplorerStore, { means, epoch }: LinkOptions): Partial<LatentView> {
  const { along, order, range, projection, fittedTo, of, colour, grid, hidden, selection, stops, named, isMoved } = store.get()
  return {
    z: isMoved ? writeCode(store.code.values, means) : null,
    along,
    order,
    range,
    map: projection && writeProjection(projection),
    fit: fittedTo === epoch ? null : fittedTo,
    of,
    colour,
    grid: writeGrid(grid),
    hide: hidden.length > 0 ? hidden.join(SEPARATOR) : null,
    named: writeNamed(named),
    towards: writeTowards(named),
    selected: writeRows(selection),
    stops: writeCodes(stops, means),
  }
}

function writeProjection(projection: Projection): string {
  if (projection.kind !== 'units') return projection.kind
  return [projection.across, projection.up].flatMap((unit) => (unit === null ? [] : [`z${unit + 1}`])).join('-')
}

function readProjection(text: string | null, size: number): Projection | null {
  if (text === 'principal' || text === 'umap') return size > 1 ? { kind: text } : null
  const [, across, up] = /^z(\d+)(?:-z(\d+))?$/.exec(text ?? '') ?? []
  const unitOf = (word: string | undefined) => (word === undefined ? null : Number(word) - 1)
  const [first, second] = [unitOf(across), unitOf(up)]
  const isUnit = (unit: number | null) => unit === null || (unit >= 0 && unit < size)
  return first !== null && isUnit(first) && isUnit(second) && (second !== null || size === 1)
    ? { kind: 'units', across: first, up: second }
    : null
}

function readClasses(text: string | null): readonly number[] {
  const words = text?.split(SEPARATOR) ?? []
  return [...new Set(words.filter((word) => /^\d{1,4}$/.test(word)).map(Number))]
}

function writeNamed(named: readonly NamedDirection[]): string | null {
  const parts = named.flatMap((one) => (one.kind === 'classes' ? [`${one.to}-${one.from}`] : []))
  return parts.length > 0 ? parts.join(SEPARATOR) : null
}

function readNamed(text: string | null): readonly NamedDirection[] {
  const pairs = [...new Set(text?.split(SEPARATOR) ?? [])].flatMap((word) => {
    const [, to, from] = /^(\d{1,4})-(\d{1,4})$/.exec(word) ?? []
    return to === undefined || from === undefined || to === from ? [] : [{ kind: 'classes' as const, to: Number(to), from: Number(from) }]
  })
  return pairs
}

/** Between directions, and between a name and its rows. */
const [NEXT, ITS] = ['~', '_']

/** Directions towards selections: a name and rows each; those of more examples than a link holds are left out. */
function writeTowards(named: readonly NamedDirection[]): string | null {
  const parts = named.flatMap((one) => {
    const rows = one.kind === 'selection' ? writeRows(one.rows) : null
    return one.kind === 'selection' && rows !== null ? [toBase64Url(new TextEncoder().encode(one.name)) + ITS + rows] : []
  })
  return parts.length > 0 ? parts.join(NEXT) : null
}

function readTowards(text: string | null): readonly NamedDirection[] {
  return (text?.split(NEXT) ?? []).flatMap((part) => {
    const [nameText = '', rowsText = ''] = part.split(ITS)
    const name = new TextDecoder().decode(fromBase64Url(nameText) ?? new Uint8Array()).slice(0, MOST_NAME)
    const rows = readRows(rowsText)
    return name === '' || rows.length === 0 ? [] : [{ kind: 'selection' as const, name, rows }]
  })
}
