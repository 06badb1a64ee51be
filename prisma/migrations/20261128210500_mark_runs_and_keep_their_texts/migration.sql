-- Runs are marked, tagged and noted on, go to a trash before they are deleted, and are found and ordered by their texts in any case and script.
-- Columns are added one by one: a table made anew would forget the numbers of deleted runs.
ALTER TABLE "Run" ADD COLUMN "nameKey" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Run" ADD COLUMN "objectiveKey" TEXT;
ALTER TABLE "Run" ADD COLUMN "notes" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Run" ADD COLUMN "isStarred" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Run" ADD COLUMN "archivedAt" DATETIME;
ALTER TABLE "Run" ADD COLUMN "deletedAt" DATETIME;
ALTER TABLE "Run" ADD COLUMN "queuePlace" INTEGER;
ALTER TABLE "Run" ADD COLUMN "labVersion" TEXT;
ALTER TABLE "Run" ADD COLUMN "labCommit" TEXT;

ALTER TABLE "Experiment" ADD COLUMN "nameFolded" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Experiment" ADD COLUMN "deletedAt" DATETIME;

ALTER TABLE "RunValue" ADD COLUMN "folded" TEXT;

CREATE TABLE "RunText" (
    "kind" TEXT NOT NULL,
    "runNumber" INTEGER NOT NULL,
    "folded" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    PRIMARY KEY ("kind", "runNumber", "folded"),
    CONSTRAINT "RunText_runNumber_fkey" FOREIGN KEY ("runNumber") REFERENCES "Run" ("number") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;
CREATE INDEX "RunText_runNumber_idx" ON "RunText"("runNumber");

CREATE TABLE "LabSetting" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "value" JSONB NOT NULL
);
