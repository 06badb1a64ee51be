import { type inferParserType, parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral, throttle } from 'nuqs'

/** Browsers refuse too many history updates a second; sliders make many. */
const ADDRESS_UPDATE_MILLISECONDS = 250

/** Runs that are seen at a time. */
export const MOST_ACROSS = 6
/** Places along a path that a hand can choose between, the last one’s number. */
export const LAST_PLACE = 100

/** What goes through all runs: one example, a path between examples, or what is computed of their codes. */
export const acrossSubjects = ['example', 'path', 'arithmetic'] as const
export type AcrossSubject = (typeof acrossSubjects)[number]

/** What the address says of the page that puts latent spaces side by side, so that every state is a link. */
export const acrossView = {
  runs: parseAsArrayOf(parseAsString).withDefault([]),
  /** Of each run the epoch whose model is taken; 0 for its final one. */
  epochs: parseAsArrayOf(parseAsInteger).withDefault([]),
  show: parseAsStringLiteral(acrossSubjects).withDefault('example'),
  /** The test example of the first run, where nothing is drawn. */
  example: parseAsInteger.withDefault(0),
  /** What is drawn, the noise on it and what is rubbed out, as `DrawLink` tells. */
  drawn: parseAsString,
  noise: parseAsString,
  rubbed: parseAsString,
  /** Test examples of the first run that the path goes through. */
  stops: parseAsArrayOf(parseAsInteger).withDefault([0, 1]),
  way: parseAsStringLiteral(['straight', 'spherical']).withDefault('straight'),
  at: parseAsInteger.withDefault(0),
  sum: parseAsString.withDefault(''),
}

export const acrossViewOptions = { history: 'replace', limitUrlUpdates: throttle(ADDRESS_UPDATE_MILLISECONDS) } as const

export type AcrossView = inferParserType<typeof acrossView>
