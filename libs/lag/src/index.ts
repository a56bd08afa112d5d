export { conditionalQuantile, longestRisk, waitingAt } from './curve';
export { isEstimatedSince, replaceEstimate } from './estimate-rows';
export { lagEntities } from './lag-estimate';
export { LagEstimates } from './lag-estimates';
export { LagModule } from './lag.module';
export { Lags, nation, regionOf, regionsOf } from './lags';
export {
  chanceOf,
  predict,
  type Prediction,
  predictionBases,
  type PredictionReason,
  predictionReasons,
} from './prediction';
export { nextReading, readingTarget } from './reading-plan';
export { estimateSurvival, type Observation } from './survival';
