-- AlterTable
ALTER TABLE "CodeSnapshot" ADD COLUMN "divergences" BLOB;

-- AlterTable
ALTER TABLE "EpochMetrics" ADD COLUMN "measurements" JSONB;

-- By hand: a table that is made anew forgets the highest number that it gave to a run since deleted, and could give it again.
ALTER TABLE "Run" ADD COLUMN "hasCorruptedSamples" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Run" ADD COLUMN "measurements" JSONB;
ALTER TABLE "Run" ADD COLUMN "analyzedAt" DATETIME;

-- CreateTable
CREATE TABLE "Analysis" (
    "runId" TEXT NOT NULL PRIMARY KEY,
    "measured" JSONB NOT NULL,
    "figures" JSONB NOT NULL,
    CONSTRAINT "Analysis_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
