-- Training examples can be held out for validation. Runs so far held out none and used the first examples of each file; so did their baselines.
ALTER TABLE "Run" ADD COLUMN "selection" TEXT;
ALTER TABLE "Run" ADD COLUMN "validationCount" INTEGER;
UPDATE "Run" SET "selection" = 'first', "validationCount" = 0 WHERE "trainCount" IS NOT NULL;

ALTER TABLE "PcaBaseline" ADD COLUMN "validationCount" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "PcaBaseline" ADD COLUMN "selection" TEXT NOT NULL DEFAULT 'first';
ALTER TABLE "PcaBaseline" ADD COLUMN "validationMeanSquaredError" REAL;

DROP INDEX "PcaBaseline_dataset_trainCount_testCount_corruption_codeSize_key";

CREATE UNIQUE INDEX "PcaBaseline_dataset_trainCount_validationCount_testCount_selection_corruption_codeSize_key"
ON "PcaBaseline"("dataset", "trainCount", "validationCount", "testCount", "selection", "corruption", "codeSize");

-- What their configurations say from now on is found like any other value.
INSERT OR IGNORE INTO "ValueKey" ("name")
SELECT "column1" FROM (VALUES ('config.data.validationCount'), ('config.data.selection'))
WHERE EXISTS (SELECT 1 FROM "Run" WHERE "trainCount" IS NOT NULL);
INSERT OR IGNORE INTO "RunValue" ("runNumber", "keyId", "number", "text")
SELECT "Run"."number", "ValueKey"."id", 0, NULL FROM "Run", "ValueKey"
WHERE "Run"."trainCount" IS NOT NULL AND "ValueKey"."name" = 'config.data.validationCount';
INSERT OR IGNORE INTO "RunValue" ("runNumber", "keyId", "number", "text")
SELECT "Run"."number", "ValueKey"."id", NULL, 'first' FROM "Run", "ValueKey"
WHERE "Run"."trainCount" IS NOT NULL AND "ValueKey"."name" = 'config.data.selection';

-- Test examples choose no epoch: none of these runs has a best one.
UPDATE "Run" SET "latest" = json_remove("latest", '$.bestValidationLoss', '$.bestEpoch')
WHERE "trainCount" IS NOT NULL AND json_valid("latest") AND json_type("latest") = 'object';
DELETE FROM "RunValue" WHERE "keyId" IN (SELECT "id" FROM "ValueKey" WHERE "name" IN ('metric.bestValidationLoss', 'metric.bestEpoch'))
AND "runNumber" IN (SELECT "number" FROM "Run" WHERE "trainCount" IS NOT NULL);
