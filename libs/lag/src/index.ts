export { conditionalQuantile, longestRisk, waitingAt } from './curve';
export { LagEstimate, lagEntities } from './lag-estimate';
export { LagEstimates } from './lag-estimates';
export { LagModule } from './lag.module';
export { Lags, nation, regionOf, regionsOf } from './lags';
export { type Prediction, type PredictionReason, chanceOf, predict } from './prediction';
export { nextReading, readingTarget } from './reading-plan';
export { type Observation, estimateSurvival } from './survival';
