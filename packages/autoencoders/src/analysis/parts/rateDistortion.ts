import { z } from 'zod'
import { codeRateDistortion } from '../../compression/codeRateDistortion.js'
import { comparedRates, MOST_SHOWN, nearestInRate, pointsToShow } from '../../compression/equalRates.js'
import { jpegCurve, jpegImages, measureJpeg } from '../../compression/jpegCurve.js'
import type { PicturedPoint } from '../../compression/measurePoint.js'
import type { RateDistortionPoint } from '../../compression/RateDistortionPoint.js'
import type { NamedTensors } from '../../tensors/NamedTensors.js'
import { type AnalysisContext, sampleTest } from '../AnalysisContext.js'
import { rowsWithin } from '../AnalysisLimits.js'
import { analysisPart } from '../AnalysisPart.js'
import { FIGURE_IMAGES, figureOf } from '../figures.js'
import { described } from '../partSchema.js'
import { firstRows } from '../takeExamples.js'

/** Code values that are compressed, and that frequencies are fitted to. */
const COMPRESSED_VALUES = 200_000
const FITTED_VALUES = 400_000

const codecs = ['MODEL', 'PCA', 'JPEG'] as const

/** Says how many examples are compressed, and how many frequencies are fitted to. */
function compressionCounts({ model, limits, train, test }: AnalysisContext) {
  const width = model.latentDimension
  return {
    train: rowsWithin(FITTED_VALUES, { width, most: Math.min(limits.compressionTrain, train.labels.length) }),
    test: rowsWithin(COMPRESSED_VALUES, { width, most: Math.min(limits.compressionTest, test.labels.length) }),
  }
}

/** Measures what a pixel costs and how good it then is, with the model, PCA and JPEG; nothing for data that are no images. */
export const rateDistortion = analysisPart({
  schema: z
    .array(
      z.strictObject({
        codec: z.enum(codecs),
        points: z.array(
          z.strictObject({
            setting: z.number().meta(described('Step of quantisation as a share of the codes’ spread, or JPEG’s quality.')),
            bitsPerPixel: z.number().meta(described('Bits of the compressed bytes over pixels of the images.')),
            meanSquaredError: z.number(),
            peakSignalToNoiseRatio: z.number(),
          }),
        ),
        pictures: z
          .array(z.strictObject({ bitsPerPixel: z.number(), peakSignalToNoiseRatio: z.number() }))
          .max(MOST_SHOWN)
          .default([])
          .meta(
            described(
              'What test images are shown at, of the model and of JPEG, one beside the other at rates that are as equal as whole qualities of JPEG make them; images are figures rateDistortion/model-1, rateDistortion/jpeg-1, and so on.',
            ),
          ),
      }),
    )
    .max(codecs.length)
    .default([])
    .meta(described('A curve for each codec of images.')),

  figure: 'how good images are by what a pixel of them costs',

  async measure(context) {
    const { sides } = context
    if (!sides) return undefined
    const counts = compressionCounts(context)
    const sets = { train: firstRows(context.train, counts.train).features, test: sampleTest(context, counts.test).features }
    const [height, width] = sides
    const model = await codeRateDistortion(context.model, { ...sets, keep: FIGURE_IMAGES })
    const measured = await context.share('jpeg', counts, () => measureJpeg(sets.test, { height, width, within: comparedRates }))
    const jpeg = await jpegCurve(sets.test, measured, {
      height,
      width,
      rates: (least) => pointsToShow(model, least).map(({ bitsPerPixel }) => bitsPerPixel),
    })
    const components = context.pca.latentDimension
    const pca = await context.share('rates of pca', { components, ...counts }, async () =>
      (await codeRateDistortion(context.pca, sets)).map(toPoint),
    )
    const ofModel = pointsToShow(model, jpeg[0]?.bitsPerPixel ?? 0)
    const ofJpeg = await Promise.all(
      ofModel
        .flatMap(({ bitsPerPixel }) => nearestInRate(jpeg, bitsPerPixel) ?? [])
        .map(async (point) => {
          const tiles = { height, width, padding: measured.padding, keep: FIGURE_IMAGES }
          return { ...point, images: await jpegImages(sets.test, point, tiles) }
        }),
    )
    return {
      value: [
        { codec: 'MODEL' as const, points: model.map(toPoint), pictures: ofModel.map(toPicture) },
        { codec: 'PCA' as const, points: pca, pictures: [] },
        { codec: 'JPEG' as const, points: jpeg.map(toPoint), pictures: ofJpeg.map(toPicture) },
      ],
      counts: { compression: counts.test },
      figures: {
        'rateDistortion/originals': figureOf(sets.test, sides),
        ...picturesOf('model', ofModel, sides),
        ...picturesOf('jpeg', ofJpeg, sides),
      },
    }
  },
})

const toPoint = ({ setting, bitsPerPixel, meanSquaredError, peakSignalToNoiseRatio }: RateDistortionPoint) => ({
  setting,
  bitsPerPixel,
  meanSquaredError,
  peakSignalToNoiseRatio,
})
const toPicture = ({ bitsPerPixel, peakSignalToNoiseRatio }: PicturedPoint) => ({ bitsPerPixel, peakSignalToNoiseRatio })

/** Names the images of some points: `rateDistortion/model-1` and so on. */
function picturesOf(codec: string, points: readonly PicturedPoint[], sides: readonly [height: number, width: number]): NamedTensors {
  return Object.fromEntries(points.map(({ images }, index) => [`rateDistortion/${codec}-${index + 1}`, figureOf(images, sides)]))
}
