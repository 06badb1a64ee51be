/** What is measured: the trained model, and what it is compared with on the same test examples. */
export const subjects = [
  'MODEL',
  'TRAINING',
  'DENOISED',
  'CORRUPTED',
  'CORRUPTED_PCA',
  'WIENER_FILTER',
  'MEDIAN_FILTER',
  'PCA',
  'MEAN_IMAGE',
  'PIXELS',
] as const
export type Subject = (typeof subjects)[number]

/** Titles and sentences for tables. */
export const subjectCatalog: Readonly<Record<Subject, { readonly title: string; readonly description: string }>> = {
  MODEL: { title: 'This model', description: 'Test examples as they are, encoded and decoded.' },
  TRAINING: {
    title: 'Training data',
    description: 'Training examples, encoded and decoded: an error far below that of test examples says that they were learned by heart.',
  },
  DENOISED: { title: 'Denoised', description: 'Corrupted test examples, encoded and decoded, against the clean ones.' },
  CORRUPTED: { title: 'Corrupted', description: 'Corrupted test examples as they are, against the clean ones.' },
  CORRUPTED_PCA: {
    title: 'PCA of corrupted',
    description:
      'Corrupted test examples, projected on as many principal components of the clean training examples as the code has units, or all that there are, against the clean ones.',
  },
  WIENER_FILTER: {
    title: 'Wiener filter',
    description:
      'Corrupted test examples, each of all their principal components shrunk towards its mean as best predicts clean training examples from corrupted ones, against the clean ones.',
  },
  MEDIAN_FILTER: {
    title: 'Median filter',
    description: 'Corrupted test images after a median filter of 3 × 3 pixels, against the clean ones.',
  },
  PCA: {
    title: 'PCA',
    description:
      'As many principal components of the training examples as the code has units, or all that there are; no errors where these keep everything.',
  },
  MEAN_IMAGE: { title: 'Mean', description: 'The mean of the training examples for every test example: a code of size 0.' },
  PIXELS: { title: 'Raw values', description: 'The test examples themselves as features.' },
}
