import type { Term } from './Term.js'

/** What the chapter and the pages speak of, apart from settings and measurements, which have catalogs of their own. */
export const terms: readonly Term[] = [
  {
    id: 'autoencoder',
    group: 'Autoencoders',
    title: 'Autoencoder',
    definition:
      'A network that learns to reproduce its input, r = g(f(x)), while something keeps it from merely copying: a narrow code, a penalty, or inputs that are spoilt.',
  },
  {
    id: 'encoder',
    group: 'Autoencoders',
    title: 'Encoder',
    definition: 'The half of an autoencoder that turns an example into its code, z = f(x).',
  },
  {
    id: 'decoder',
    group: 'Autoencoders',
    title: 'Decoder',
    definition: 'The half of an autoencoder that turns a code into a reconstruction, r = g(z).',
  },
  {
    id: 'code',
    group: 'Autoencoders',
    title: 'Code',
    elsewhere: ['latent vector', 'embedding', 'hidden representation', 'bottleneck'],
    definition: 'What the encoder makes of an example: a list of numbers, z. Its size is the number of its units.',
  },
  {
    id: 'code-unit',
    group: 'Autoencoders',
    title: 'Code unit',
    elsewhere: ['latent variable', 'latent dimension'],
    definition:
      'One number of the code. A unit that is the same for every example tells nothing: it is called dead, or collapsed where a prior has drawn it in.',
  },
  {
    id: 'latent-space',
    group: 'Autoencoders',
    title: 'Latent space',
    definition: 'The space of all codes. Examples take up only a part of it; what is decoded far from them is invented.',
  },
  {
    id: 'reconstruction',
    group: 'Autoencoders',
    title: 'Reconstruction',
    definition: 'What the decoder makes of the code of an example, r = g(f(x)), to be compared with the example itself.',
  },
  {
    id: 'undercomplete',
    group: 'Autoencoders',
    title: 'Undercomplete',
    definition: 'Of an autoencoder whose code has fewer units than its examples have values, so that it has to leave something out.',
  },
  {
    id: 'overcomplete',
    group: 'Autoencoders',
    title: 'Overcomplete',
    definition:
      'Of an autoencoder whose code has at least as many units as its examples have values. Without regularization it can learn to copy.',
  },
  {
    id: 'tied-weights',
    group: 'Autoencoders',
    title: 'Tied weights',
    definition: 'Weights of a decoder that are those of the encoder, transposed, so that one cannot grow to make up for the other.',
  },
  {
    id: 'convolutional',
    group: 'Autoencoders',
    title: 'Convolutional autoencoder',
    definition: 'An autoencoder whose layers look at small neighbourhoods of an image with the same filters everywhere.',
  },
  {
    id: 'stacked',
    group: 'Autoencoders',
    title: 'Stacked pretraining',
    elsewhere: ['greedy layer-wise pretraining'],
    definition:
      'Training the layers one after another, each as an autoencoder of what the layers before it give, before all are trained together.',
  },
  {
    id: 'principal-component',
    group: 'Principal components',
    title: 'Principal component',
    definition:
      'A direction in which the training examples vary most, at a right angle to those before it: an eigenvector of their covariance. As many components carry variance as the examples have rank.',
  },
  {
    id: 'pca',
    group: 'Principal components',
    title: 'PCA',
    elsewhere: ['principal component analysis'],
    definition:
      'Encoding by the first k principal components: the linear autoencoder with the least squared error on the examples that it is fitted to.',
    formula: 'f(x) = D (x − μ), g(c) = Dᵀ c + μ, with the components as rows of D',
  },
  {
    id: 'principal-direction',
    group: 'Principal components',
    title: 'Principal direction',
    definition: 'A principal component of the codes instead of the examples: the direction in latent space in which codes vary most.',
  },
  {
    id: 'principal-angle',
    group: 'Principal components',
    title: 'Principal angle',
    definition: 'How far two subspaces lean apart, an angle for each dimension; all are 0 where the two are the same.',
  },
  {
    id: 'regularizer',
    group: 'Regularization',
    title: 'Regularizer',
    elsewhere: ['penalty'],
    definition: 'What is added to the error so that the code has a property, such as being sparse or still, instead of being small.',
  },
  {
    id: 'sparse',
    group: 'Regularization',
    title: 'Sparse autoencoder',
    definition: 'An autoencoder with a penalty on the activity of its code, so that few units are on for any one example.',
  },
  {
    id: 'denoising',
    group: 'Regularization',
    title: 'Denoising autoencoder',
    elsewhere: ['DAE'],
    definition: 'An autoencoder that sees spoilt examples and is to give the clean ones, so that it has to learn what examples look like.',
  },
  {
    id: 'corruption',
    group: 'Regularization',
    title: 'Corruption',
    elsewhere: ['noise'],
    definition: 'What spoils the examples that a denoising autoencoder sees. It is drawn anew in every step.',
  },
  {
    id: 'contractive',
    group: 'Regularization',
    title: 'Contractive autoencoder',
    elsewhere: ['CAE'],
    definition: 'An autoencoder with a penalty on the Jacobian of its encoder, so that small changes of an example change its code little.',
  },
  {
    id: 'jacobian',
    group: 'Regularization',
    title: 'Jacobian',
    definition:
      'The matrix of how each unit of a code changes with each value of an example; its Frobenius norm is the root of the sum of squares of all that.',
    formula: '‖∂f/∂x‖_F',
  },
  {
    id: 'weight-decay',
    group: 'Regularization',
    title: 'Weight decay',
    definition: 'Taking a share of every weight away in each step, so that weights stay as small as the examples allow.',
  },
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
    id: 'data-set',
    group: 'Data',
    title: 'Data set',
    definition: 'The examples that autoencoders learn from and are judged by, in two splits.',
  },
  {
    id: 'training-examples',
    group: 'Data',
    title: 'Training examples',
    definition: 'What parameters are fitted to.',
  },
  {
    id: 'test-examples',
    group: 'Data',
    title: 'Test examples',
    definition: 'Examples that no parameter was fitted to. Errors and images of a run are of these unless something else is said.',
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
    definition: 'One pass over all training examples; after each a run is evaluated and stored, and can go on from there.',
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
