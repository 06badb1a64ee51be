import { type inferParserType, parseAsFloat, parseAsInteger, parseAsString, parseAsStringLiteral, throttle } from 'nuqs'
import { charts } from '../../entities/metric/curvesOf'
import { curveAxes } from '../../entities/metric/epochPlaces'

/** Browsers refuse too many history updates a second; a scrubber makes many. */
const ADDRESS_UPDATE_MILLISECONDS = 250

/** What of a run's page its address carries, so that every state is a link. `epoch` is absent while the newest is followed. */
export const runView = {
  tab: parseAsStringLiteral(['overview', 'configuration', 'system', 'log', 'history', 'files']).withDefault('overview'),
  epoch: parseAsInteger,
  /** Of the log: the lines that are shown. */
  find: parseAsString.withDefault(''),
  level: parseAsStringLiteral(['all', 'warnings']).withDefault('all'),
  scale: parseAsStringLiteral(['linear', 'log']).withDefault('linear'),
  /** What curves run over, and how much they are smoothed. */
  x: parseAsStringLiteral(curveAxes).withDefault('epoch'),
  smooth: parseAsFloat.withDefault(0),
  metric: parseAsStringLiteral(charts.map(({ id }) => id)).withDefault('loss'),
  /** Moved dimensions of the code, in the short form of `writeCode`. */
  z: parseAsString,
  /** What the sliders move along. */
  along: parseAsStringLiteral(['units', 'directions']).withDefault('units'),
  /** Which codes are drawn from the prior. */
  draw: parseAsInteger.withDefault(1),
}

export const runViewOptions = { history: 'replace', limitUrlUpdates: throttle(ADDRESS_UPDATE_MILLISECONDS) } as const

export type RunViewState = inferParserType<typeof runView>
