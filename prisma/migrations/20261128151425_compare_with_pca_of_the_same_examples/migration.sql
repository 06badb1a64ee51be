-- Baselines depend on what models see of the examples and on how long their codes are. Those of earlier runs stay as they were computed: of clean
-- examples, not clipped, for every number of components in one row.
ALTER TABLE "PcaBaseline" ADD COLUMN "corruption" TEXT NOT NULL DEFAULT '';
ALTER TABLE "PcaBaseline" ADD COLUMN "codeSize" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "PcaBaseline" ADD COLUMN "components" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "PcaBaseline" ADD COLUMN "isWhole" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "PcaBaseline" ADD COLUMN "meanSquaredError" REAL NOT NULL DEFAULT 0;

DROP INDEX "PcaBaseline_dataset_trainCount_testCount_key";

CREATE UNIQUE INDEX "PcaBaseline_dataset_trainCount_testCount_corruption_codeSize_key"
ON "PcaBaseline"("dataset", "trainCount", "testCount", "corruption", "codeSize");
