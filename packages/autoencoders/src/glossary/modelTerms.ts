import type { Term } from './Term.js'

/** Autoencoders, principal components and what keeps a model from copying. */
export const modelTerms: readonly Term[] = [
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
    id: 'parameters',
    group: 'Autoencoders',
    title: 'Parameters',
    elsewhere: ['weights and biases'],
    definition: 'The numbers of a model that training changes.',
  },
  {
    id: 'compression',
    group: 'Autoencoders',
    title: 'Compression',
    definition: 'How many values an example has for each number of its code.',
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
    id: 'against-pca',
    group: 'Principal components',
    title: 'Against PCA',
    definition:
      'How many times the error of PCA, with as many components and on the same examples, that of a model is: below 1 × where the model is better.',
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
    id: 'contraction',
    group: 'Regularization',
    title: 'Contraction',
    definition:
      'How many times smaller the Jacobian norm of an encoder is than that of a run without a penalty, as measured or free of scale. Merely a smaller code contracts as measured, and not free of scale.',
  },
  {
    id: 'passed-on',
    group: 'Regularization',
    title: 'Passed on by the decoder',
    definition:
      'What is left of a change of the code in the reconstruction, both in proportion to how far apart they lie: below 1 × where the decoder resists.',
  },
  {
    id: 'weight-decay',
    group: 'Regularization',
    title: 'Weight decay',
    definition: 'Taking a share of every weight away in each step, so that weights stay as small as the examples allow.',
  },
]
