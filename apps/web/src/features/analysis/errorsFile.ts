import type { AnalysisFieldsFragment } from '../../data/generated/graphql'

type Figures = Pick<AnalysisFieldsFragment, 'figures'>

/** Finds the file of all examples' errors among those of an analysis. */
export function errorsFile({ figures }: Figures): string | undefined {
  return figures.find(({ name }) => name === 'exampleErrors/errors')?.url
}

/** Finds the strips of the images at one end of the ranking: originals, and their reconstructions. */
export function stripsOf({ figures }: Figures, end: 'best' | 'worst'): readonly string[] {
  const urlOf = (name: string) => figures.flatMap((figure) => (figure.name === `exampleErrors/${name}` ? figure.url : []))
  return [...urlOf(end), ...urlOf(`${end}Reconstructions`)]
}
