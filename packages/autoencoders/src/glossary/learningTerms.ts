import type { Term } from './Term.js'

/** Probability, manifolds, data and training. */
export const learningTerms: readonly Term[] = [
  {
    id: 'variational',
    group: 'Probability',
    title: 'Variational autoencoder',
    elsewhere: ['VAE'],
    definition:
      'An autoencoder whose encoder gives each example a Gaussian over codes, kept near a prior, so that codes drawn from the prior decode to something like examples.',
  },
  {
    id: 'prior',
    group: 'Probability',
    title: 'Prior',
    definition: 'What codes are distributed like before an example is seen: a standard normal distribution for each unit.',
  },
  {
    id: 'kl-divergence',
    group: 'Probability',
    title: 'KL divergence',
    elsewhere: ['Kullback–Leibler divergence', 'relative entropy'],
    definition: 'How much a distribution tells beyond another one, in nats; 0 where they are the same.',
  },
  {
    id: 'evidence-lower-bound',
    group: 'Probability',
    title: 'Evidence lower bound',
    elsewhere: ['ELBO', 'variational bound'],
    definition:
      'What a variational autoencoder maximizes: the expected log-likelihood of an example given its code, less the divergence of that code from the prior. The log-likelihood itself is at least as much.',
    formula: 'E[ln p(x|z)] − KL(q(z|x) ‖ p(z))',
  },
  {
    id: 'importance-weighted-bound',
    group: 'Probability',
    title: 'Importance-weighted bound',
    elsewhere: ['IWAE bound'],
    definition:
      'A bound on the log-likelihood from k draws of the code instead of one. It lies above the evidence lower bound and comes nearer to the likelihood as k grows.',
    formula: 'E[ln (1/k) Σᵢ p(x, zᵢ) / q(zᵢ|x)]',
  },
  {
    id: 'sample',
    group: 'Probability',
    title: 'Sample of the prior',
    definition: 'What is decoded of a code that was drawn from the prior: an example that nobody drew.',
  },
  {
    id: 'manifold',
    group: 'Manifolds',
    title: 'Manifold',
    definition: 'The thin, curved part of all possible inputs near which examples lie: of all images few are digits.',
  },
  {
    id: 'tangent-direction',
    group: 'Manifolds',
    title: 'Tangent direction',
    definition: 'A direction in which an example may change and stay on the manifold, as the decoder has learned it.',
  },
  {
    id: 'traversal',
    group: 'Manifolds',
    title: 'Latent traversal',
    definition: 'A row of images decoded while one unit or direction of the code changes and the others stay.',
  },
  {
    id: 'vector-field',
    group: 'Manifolds',
    title: 'Vector field',
    definition: 'For each place of the plane the step from there to its reconstruction: a denoising autoencoder points towards the data.',
  },
  {
    id: 'step-response',
    group: 'Manifolds',
    title: 'Step response',
    definition:
      'How far the reconstruction moves when a point takes a step, as a share of the step: along the curve that points lie on, and across it. A denoising autoencoder answers to steps along it and little to those across.',
  },
  {
    id: 'data-set',
    group: 'Data',
    title: 'Data set',
    definition:
      'The examples that autoencoders learn from and are judged by: a training split, part of which is held out for validation, and a test split.',
  },
  {
    id: 'training-examples',
    group: 'Data',
    title: 'Training examples',
    definition: 'What parameters are fitted to.',
  },
  {
    id: 'validation-examples',
    group: 'Data',
    title: 'Validation examples',
    elsewhere: ['held-out set', 'development set'],
    definition:
      'Training examples that are held out: nothing is learned from them. The model is scored on them after each epoch, and whatever is chosen by a score (the best epoch, when to stop, one run of several) is chosen by theirs. They are drawn at random and the same for all runs of a data set.',
  },
  {
    id: 'test-examples',
    group: 'Data',
    title: 'Test examples',
    definition:
      'Examples that nothing is learned from and nothing is chosen by. What a model makes of them is shown after each epoch; they are scored once, when training is over. Only where no validation examples are held out are they scored after each epoch, and then no epoch is called best.',
  },
  {
    id: 'cluster',
    group: 'Data',
    title: 'Cluster',
    definition:
      'Examples whose codes k-means puts together because they lie close. It finds as many clusters as there are classes, without knowing the classes; then each is matched to one class, so that as many examples as possible are in the cluster of their class.',
  },
  {
    id: 'toy-manifold',
    group: 'Data',
    title: 'Toy manifold',
    definition: 'Points of a plane or of space that lie near a known curve or surface, so that one sees what an autoencoder makes of it.',
  },
  {
    id: 'objective',
    group: 'Training',
    title: 'Objective',
    definition: 'What training minimizes: the error of reconstructions, plus what regularizer and prior add.',
  },
  {
    id: 'loss',
    group: 'Training',
    title: 'Loss',
    definition:
      'The measure of error in the objective: mean squared error, or binary cross-entropy for values in 0…1. Both are means over the values of an example.',
  },
  {
    id: 'epoch',
    group: 'Training',
    title: 'Epoch',
    definition: 'One pass over all training examples; after each a run is scored and stored, and can go on from there.',
  },
  {
    id: 'best-epoch',
    group: 'Training',
    title: 'Best epoch',
    definition: 'The epoch with the lowest validation loss, the first of several. There is none where no validation examples are held out.',
  },
  {
    id: 'early-stopping',
    group: 'Training',
    title: 'Early stopping',
    definition:
      'Ending training once the validation loss has not fallen for as many epochs as the patience says. The model of the best epoch is then the run’s: it is measured, exported and shown first.',
  },
  {
    id: 'step',
    group: 'Training',
    title: 'Step',
    elsewhere: ['iteration', 'update'],
    definition: 'One update of the parameters: after a batch of examples, or, with an optimizer of the second order, after all of them.',
  },
  {
    id: 'batch',
    group: 'Training',
    title: 'Batch',
    elsewhere: ['minibatch'],
    definition: 'The examples whose mean gradient one step follows.',
  },
  {
    id: 'learning-rate-schedule',
    group: 'Training',
    title: 'Learning-rate schedule',
    definition: 'How the size of steps changes while training goes on. In a warm-up it rises from nothing first.',
  },
  {
    id: 'gradient-clipping',
    group: 'Training',
    title: 'Gradient clipping',
    definition: 'Shortening a gradient that is longer than a limit, so that one strange batch does not throw a model off.',
  },
  {
    id: 'time',
    group: 'Training',
    title: 'Time',
    definition:
      'Of a run, from start to end by the clock: starting, training, storing and measuring, and the pauses of a run that was continued.',
  },
  {
    id: 'test-error',
    group: 'Training',
    title: 'Test error',
    definition: 'Of a classifier, the share of test examples that it gives another class than theirs.',
  },
  {
    id: 'seed',
    group: 'Training',
    title: 'Seed',
    definition:
      'The number that all random draws of a run follow from: the same seed and configuration give the same run to the last bit on the same machine.',
  },
  {
    id: 'run',
    group: 'Training',
    title: 'Run',
    definition: 'One training with one configuration, with everything that it measured and left.',
  },
  {
    id: 'paired-difference',
    group: 'Training',
    title: 'Paired difference',
    definition:
      'The mean of the differences between runs of one seed under two settings, with the interval that such means lie in 95 times of 100, after Student’s t.',
  },
  {
    id: 'experiment',
    group: 'Training',
    title: 'Experiment',
    definition: 'Runs that are launched and looked at together, such as one for each code size.',
  },
  {
    id: 'checkpoint',
    group: 'Training',
    title: 'Checkpoint',
    definition: 'The parameters of a model after an epoch, as a file.',
  },
  {
    id: 'diverged',
    group: 'Training',
    title: 'Diverged',
    definition: 'Of a run whose loss has grown beyond all sense: its last good epoch is kept, and its page offers what helps.',
  },
]
