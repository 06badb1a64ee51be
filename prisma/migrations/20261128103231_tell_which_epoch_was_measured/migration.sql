-- AlterTable
ALTER TABLE "Analysis" ADD COLUMN "epoch" INTEGER;

-- Runs were measured after their last epoch, and could not be extended.
UPDATE "Analysis" SET "epoch" = (SELECT "epochsCompleted" FROM "Run" WHERE "Run"."number" = "Analysis"."runNumber");
