import { epochCatalog } from '@hourglass/autoencoders'
import {
  type inferParserType,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsFloat,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  throttle,
} from 'nuqs'
import { curveAxes } from '../../entities/metric/epochPlaces'

/** Browsers refuse too many history updates a second; sliders make many. */
const ADDRESS_UPDATE_MILLISECONDS = 250

const measured = epochCatalog.map(({ id }) => id)
export const spreads = ['deviation', 'range'] as const
export type Spread = (typeof spreads)[number]

/** What the address says of the page that compares runs, so that every state is a link. */
export const compareView = {
  runs: parseAsArrayOf(parseAsString).withDefault([]),
  /** What is drawn, by ids of the catalog of measurements; absent until something is chosen: then the runs decide. */
  curves: parseAsArrayOf(parseAsStringLiteral(measured)),
  x: parseAsStringLiteral(curveAxes).withDefault('epoch'),
  scale: parseAsStringLiteral(['linear', 'log']).withDefault('linear'),
  smooth: parseAsFloat.withDefault(0),
  /** What runs are put together by: `seed`, or the path of a setting. */
  group: parseAsString,
  spread: parseAsStringLiteral(spreads).withDefault('deviation'),
  /** The column that others are set against, by its key. */
  baseline: parseAsString,
  /** Whether settings that are the same for all are listed too. */
  all: parseAsBoolean.withDefault(false),
  layout: parseAsStringLiteral(['rows', 'columns']),
  sort: parseAsString,
  descending: parseAsBoolean.withDefault(false),
  /** Parts of settings and results that runs must lie in, as `writeBrush` writes them. */
  brush: parseAsArrayOf(parseAsString),
  /** What points stand over, how high they stand, and what colours them, by ids of rows. */
  across: parseAsString,
  up: parseAsString,
  colour: parseAsString,
  /** Epoch of the images; absent for the newest of each run. */
  epoch: parseAsInteger,
  /** Whether images are those of each run’s own best epoch. */
  best: parseAsBoolean.withDefault(false),
  order: parseAsStringLiteral(['stored', 'differing']).withDefault('differing'),
}

export const compareViewOptions = { history: 'replace', limitUrlUpdates: throttle(ADDRESS_UPDATE_MILLISECONDS) } as const

export type CompareView = inferParserType<typeof compareView>
