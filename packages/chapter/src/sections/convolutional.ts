import { doesNotHold, experiment, holds, network, type Section, text } from '../Section.js'

export const convolutional: Section = {
  id: 'convolutional',
  title: 'Convolutional autoencoders',
  lead: 'Images are no lists of pixels: what is worth seeing in one corner is worth seeing in the others. Layers that know this need fewer weights.',
  parts: [
    text(
      'In a [convolutional](term:convolutional) autoencoder the encoder’s layers slide small filters over the image and make it smaller, and the decoder’s layers make it larger again, by transposed convolutions or by upsampling. Each filter has few weights and is used everywhere.',
    ),
    network('convolutional', 'Filters make the image smaller, and larger again. The code is a small stack of images.', 'convolutional'),
    text(
      'The lecture takes noise from digits with both kinds. Its convolutional network has about half the parameters of the dense one, though a far larger code: a comparison of networks as people build them, not of codes of one size.',
    ),
    experiment('convolutional', {
      ask: 'Who takes more noise away, by more than 1 dB?',
      claim: 'ahead-in-psnr',
      answers: [doesNotHold('The dense one, or they are alike'), holds('The convolutional one, with half the parameters')],
    }),
  ],
}
