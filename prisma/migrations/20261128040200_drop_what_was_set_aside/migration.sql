-- Children first: a table that is dropped deletes what refers to it.
DROP TABLE "EarlierAnalysis";
DROP TABLE "EarlierRunEvent";
DROP TABLE "EarlierCodeSnapshot";
DROP TABLE "EarlierCheckpoint";
DROP TABLE "EarlierEpochMetrics";
DROP TABLE "EarlierRun";
