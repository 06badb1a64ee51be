import { type inferParserType, parseAsFloat, parseAsInteger, parseAsString, parseAsStringLiteral, throttle } from 'nuqs'
import { charts } from '../../entities/metric/curvesOf'
import { curveAxes } from '../../entities/metric/epochPlaces'

/** Browsers refuse too many history updates a second; a scrubber makes many. */
const ADDRESS_UPDATE_MILLISECONDS = 250

/** What of a run's page its address carries, so that every state is a link. `epoch` is absent while the newest is followed. */
export const runView = {
  /** Null where nobody chose one: a link that names a code leads to the latent space. */
  tab: parseAsStringLiteral(['overview', 'latent', 'configuration', 'system', 'log', 'history', 'files']),
  epoch: parseAsInteger,
  /** Of the log: the lines that are shown. */
  find: parseAsString.withDefault(''),
  level: parseAsStringLiteral(['all', 'warnings']).withDefault('all'),
  scale: parseAsStringLiteral(['linear', 'log']).withDefault('linear'),
  /** What curves run over, and how much they are smoothed. */
  x: parseAsStringLiteral(curveAxes).withDefault('epoch'),
  smooth: parseAsFloat.withDefault(0),
  metric: parseAsStringLiteral(charts.map(({ id }) => id)).withDefault('loss'),
  /** Of the latent space, as `LatentView` tells. */
  z: parseAsString,
  along: parseAsStringLiteral(['units', 'directions', 'named']).withDefault('units'),
  order: parseAsStringLiteral(['index', 'variation', 'divergence']),
  range: parseAsStringLiteral(['extremes', 'quantiles', 'deviations', 'prior']).withDefault('extremes'),
  map: parseAsString,
  fit: parseAsInteger,
  of: parseAsStringLiteral(['kept', 'sample', 'all']).withDefault('kept'),
  colour: parseAsStringLiteral(['class', 'error', 'cluster']).withDefault('class'),
  hide: parseAsString,
  named: parseAsString,
  towards: parseAsString,
  selected: parseAsString,
  stops: parseAsString,
  grid: parseAsString,
  drawn: parseAsString,
  noise: parseAsString,
  rubbed: parseAsString,
  /** Which codes are drawn from the prior. */
  draw: parseAsInteger.withDefault(1),
}

export const runViewOptions = { history: 'replace', limitUrlUpdates: throttle(ADDRESS_UPDATE_MILLISECONDS) } as const

export type RunViewState = inferParserType<typeof runView>

/** Tells which tab is open. */
export function shownTab({ tab, z }: Pick<RunViewState, 'tab' | 'z'>): NonNullable<RunViewState['tab']> {
  return tab ?? (z === null ? 'overview' : 'latent')
}
