/** Attribute of what a presentation shows one after another. */
export const SLIDE = 'data-slide'
