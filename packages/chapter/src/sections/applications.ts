import { doesNotHold, experiment, heading, holds, holdsForSome, type Section, text } from '../Section.js'

export const applications: Section = {
  id: 'applications',
  title: 'What they are used for',
  lead: 'Taking noise away, compressing, seeing what is in a data set, learning features without labels, and walking from one image to another.',
  parts: [
    heading('Taking noise away'),
    text(
      'A median filter takes noise from an image without having seen another one. A convolutional denoising autoencoder has seen thousands. Gondara compared the two on medical images in 2016; here are digits, and clothes, which have textures.',
    ),
    experiment('median-filter', {
      ask: 'Salt and pepper is what a median filter is made for. Is the autoencoder more than 2 dB ahead, with it and with Gaussian noise?',
      claim: 'ahead-in-psnr',
      answers: [holdsForSome('With one of the two'), doesNotHold('With neither'), holds('With both')],
    }),
    experiment('median-filter-clothes', {
      ask: 'Clothes have seams and patterns. Is the autoencoder ahead in structural similarity, too?',
      claim: 'ahead-in-ssim',
      answers: [holds('With both kinds of noise'), holdsForSome('With one of them'), doesNotHold('With neither')],
    }),
    heading('Compression'),
    text(
      'A code is a compressed image once its numbers are rounded and written with as few bits as their distribution allows. The lab does so, and sets the error against the bits, beside PCA’s codes treated alike and beside JPEG.',
    ),
    experiment('compression', {
      ask: 'At up to a quarter of a bit a pixel, is some code size ahead of JPEG wherever JPEG takes so few bits?',
      claim: 'ahead-of-jpeg',
      answers: [doesNotHold('No, nowhere'), holds('Yes, everywhere'), holdsForSome('At some rates')],
    }),
    heading('Features'),
    text(
      'If a code says what matters about an image, a linear classifier on codes should need less than one on pixels. As many principal components are the fair comparison.',
    ),
    experiment('features', {
      ask: 'Are the codes of a denoising autoencoder more than 3 points of accuracy ahead of as many principal components?',
      claim: 'denoising-ahead',
      answers: [holds('Yes, with both seeds'), holdsForSome('With one of two seeds'), doesNotHold('No')],
    }),
    experiment('clustering', {
      ask: 'k-means makes ten clusters of codes. Do they agree better with the digits than clusters of principal components do, by more than 0.03 in NMI?',
      claim: 'deep-over-pca-nmi',
      answers: [holdsForSome('For some of the seeds'), doesNotHold('For none'), holds('For all of them')],
    }),
    heading('Walking through latent space'),
    text(
      'Move a code along one direction and decode at each step: a [traversal](term:traversal). Some directions change one thing alone, a slant or a width, and [principal directions](term:principal-direction) of the codes are a good place to look for them. Whether a direction changes *one thing* no number tells. Look at the strips, and then take the sliders of a trained model into your own hand.',
    ),
    experiment('traversal'),
    experiment('traversal-clothes'),
  ],
}
