export { type ClusterMap, type ClusterMapOptions, clusterMap } from './latent/clusterMap.js'
export { type ClusteredRows, type ClusterRowsOptions, clusterRows } from './latent/clusterRows.js'
export {
  BEYOND_QUANTILES,
  type CodeRangeKind,
  type CodeRangeOptions,
  codeRange,
  codeRangeKinds,
  RANGE_DEVIATIONS,
} from './latent/codeRange.js'
export { type CodeCloud, encodeCodes, readCodes, readTrainingCodes, type StoredCodes } from './latent/codesFile.js'
export { type Copying, type CopyingOptions, copying } from './latent/copying.js'
export {
  type ChosenNoise,
  corruptExample,
  noiseLevelOf,
  type OfferedNoise,
  offeredNoise,
  offerOf,
  unspoiled,
} from './latent/corruptExample.js'
export { coordinatesOf, directionSpreads } from './latent/directionSpreads.js'
export { drawPrior } from './latent/drawPrior.js'
export { explainedVariance } from './latent/explainedVariance.js'
export { type FillInOptions, fillIn } from './latent/fillIn.js'
export { findClusters } from './latent/findClusters.js'
export { type CodePath, codePaths, type InterpolateOptions, interpolateCodes } from './latent/interpolateCodes.js'
export { type LatentModel, reconstruct } from './latent/LatentModel.js'
export { largestMagnitude } from './latent/largestMagnitude.js'
export { type LayerFilters, type LayerFiltersOptions, layerFilters } from './latent/layerFilters.js'
export { type LeadingTangents, type LeadingTangentsOptions, leadingTangents, type PushForward } from './latent/leadingTangents.js'
export {
  codeAt,
  MAP_DIRECTIONS,
  type MapPlaces,
  type MapPlane,
  type PlaneProjection,
  placeOf,
  placesOf,
  planeOf,
  projectInto,
} from './latent/mapPlane.js'
export { type MeanDifferenceOptions, meanCode, meanDifference, rowsOfClass } from './latent/meanDifference.js'
export { type NearCode, nearestCodes, usualDistance } from './latent/nearestCodes.js'
export { type DimensionOrder, type DimensionSpread, orderDimensions } from './latent/orderDimensions.js'
export {
  type GreyImage,
  type PixelBox,
  type PlacedImage,
  type PlaceImageOptions,
  type Placement,
  placeImage,
  placements,
} from './latent/placeImage.js'
export { type PrincipalDirections, principalDirections } from './latent/principalDirections.js'
export { type InkImage, readInk } from './latent/readInk.js'
export { sampleCode } from './latent/sampleCode.js'
export { seededUniform } from './latent/seededUniform.js'
export { shareBelow } from './latent/shareBelow.js'
export { type TangentImages, tangentImages } from './latent/tangentImages.js'
export { type TangentLinesOptions, tangentLines } from './latent/tangentLines.js'
export { type Traversal, type Traversals, type TraverseOptions, traverse } from './latent/traverse.js'
export { type UnitEffect, type UnitEffectsOptions, unitEffects } from './latent/unitEffects.js'
export { type UnitState, unitStates } from './latent/unitStates.js'
export { type Arrows, arrowsBetween, gridPoints, type Interval, wholeArrows } from './latent/vectorField.js'
export { type Walk, type WalkOptions, walkManifold } from './latent/walkManifold.js'
