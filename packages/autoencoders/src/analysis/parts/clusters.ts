import { z } from 'zod'
import { pickRows } from '../../tensors/pickRows.js'
import { sampleTest } from '../AnalysisContext.js'
import { MOST_TANGENT_UNITS } from '../AnalysisLimits.js'
import { analysisPart } from '../AnalysisPart.js'
import { count, described } from '../partSchema.js'

/** Groups codes, principal components and raw values by k-means and measures how far clusters and classes agree; tells who fell where of codes that are not long. */
export const clusters = analysisPart({
  schema: z
    .strictObject({
      axes: z
        .enum(['UNITS', 'PRINCIPAL_DIRECTIONS'])
        .meta(described('What codes are mapped over: their units, where there are at most two, or the first two principal directions.')),
      varianceShare: z.number().meta(described('Of the codes’ variance, the share that the map shows.')),
      clusters: z
        .array(
          z.strictObject({
            matchedClass: count
              .nullable()
              .meta(
                described(
                  'The class that the cluster is matched to, one to one, so that as many examples as possible are in the cluster of their class; null where there are more clusters.',
                ),
              ),
            counts: z.array(count).meta(described('Examples of each class in the cluster.')),
          }),
        )
        .meta(described('In the order of the classes that they are matched to.')),
    })
    .nullable()
    .default(null)
    .meta(described('The clusters of random test examples’ codes beside their classes; null for long codes, and for data of one class.')),

  figure: 'the codes of test examples coloured by cluster and by class, and how many of each class fell into each cluster',

  async measure(context) {
    if (context.classCount < 2) return undefined
    const { measureClusters } = await import('../measureClusters.js')
    const { clusterMap } = await import('../../latent/clusterMap.js')
    const { model, pca, limits, size, testCodes, testOrder, classCount, options } = context
    const { features, labels } = sampleTest(context, limits.kMeans)
    const codes = pickRows(testCodes, model.latentDimension, testOrder.subarray(0, labels.length))
    const cluster = (values: Float32Array, width: number) =>
      measureClusters(values, { labels, width, classCount, seed: options.config.training.seed })
    const ofModel = cluster(codes, model.latentDimension)
    const { seed } = options.config.training
    const components = pca.latentDimension
    const subjects = {
      MODEL: ofModel.metrics,
      PCA: await context.share(
        'clusters of pca',
        { seed, components },
        async () => cluster(await pca.encode(features), components).metrics,
      ),
      PIXELS: await context.share('clusters of values', { seed }, async () => cluster(features, size).metrics),
    }
    const counts = { kMeans: labels.length }
    if (model.latentDimension > MOST_TANGENT_UNITS || !codes.every(Number.isFinite)) return { value: null, subjects, counts }
    const { places, ...value } = clusterMap({ codes, labels, clusters: ofModel.clusters, size: model.latentDimension, classCount })
    return { value, subjects, counts, figures: { 'clusters/map': { shape: [labels.length, 4], values: places } } }
  },
})
