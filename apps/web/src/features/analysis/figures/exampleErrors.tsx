import { fetchTensors } from '../../../files/fetchTensors'
import { formatCounted } from '../../../ui/formatQuantity'
import type { AnalysisFigure } from '../AnalysisFigure'
import { ClassErrors } from '../ClassErrors'
import { errorsFile } from '../errorsFile'
import { RankedImages } from '../RankedImages'
import { rankedExamples } from '../rankedExamples'

/** One class has no others to be set beside. */
const isSpread = (classes: readonly unknown[]) => classes.length > 1

/** Shows the error of every test example: how it is spread in each class, and the images with the least and the greatest. */
export const exampleErrors: AnalysisFigure = {
  title: 'Errors of single examples',
  note: ({ exampleErrors: found }) =>
    `${found?.examples === 1 ? 'The one test example' : `All ${formatCounted(found?.examples ?? 0, 'test example')}`}${found?.shown ? ', the best and the worst of them below: press one to see it through the epochs' : ''}`,
  isDrawing: ({ exampleErrors: found }) => found !== null && isSpread(found.classes),
  async table(analysis) {
    const url = errorsFile(analysis)
    const table = url ? (await fetchTensors(url, new AbortController().signal)).values?.values : undefined
    return {
      columns: ['rank', 'example', 'class', 'mean squared error'],
      rows: table instanceof Float32Array ? rankedExamples(table).map(({ rank, place, label, error }) => [rank, place, label, error]) : [],
    }
  },
  draw: ({ run, analysis }) => {
    const { exampleErrors: found } = analysis
    if (!found) return null
    return (
      <>
        {isSpread(found.classes) && <ClassErrors classes={found.classes} />}
        {found.shown > 0 && <RankedImages key={analysis.at} run={run} analysis={analysis} shown={found.shown} />}
      </>
    )
  },
}
