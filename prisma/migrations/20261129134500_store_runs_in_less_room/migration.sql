-- What runs were measured with as bytes; of earlier versions the text that it was.
CREATE TABLE "new_Analysis" (
    "runNumber" INTEGER NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "epoch" INTEGER,
    "measured" BLOB NOT NULL,
    "figures" BLOB NOT NULL,
    CONSTRAINT "Analysis_runNumber_fkey" FOREIGN KEY ("runNumber") REFERENCES "Run" ("number") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_Analysis" ("runNumber", "version", "epoch", "measured", "figures")
  SELECT "runNumber", "version", "epoch", CAST("measured" AS BLOB), CAST("figures" AS BLOB) FROM "Analysis" ORDER BY "runNumber";
DROP TABLE "Analysis";
ALTER TABLE "new_Analysis" RENAME TO "Analysis";

-- Times as milliseconds since 1970, which take 6 bytes instead of 29.
UPDATE "LabEvent" SET "at" = CAST(ROUND(unixepoch("at", 'subsec') * 1000) AS INTEGER) WHERE typeof("at") = 'text';
UPDATE "Run" SET
  "createdAt" = CASE typeof("createdAt") WHEN 'text' THEN CAST(ROUND(unixepoch("createdAt", 'subsec') * 1000) AS INTEGER) ELSE "createdAt" END,
  "startedAt" = CASE typeof("startedAt") WHEN 'text' THEN CAST(ROUND(unixepoch("startedAt", 'subsec') * 1000) AS INTEGER) ELSE "startedAt" END,
  "finishedAt" = CASE typeof("finishedAt") WHEN 'text' THEN CAST(ROUND(unixepoch("finishedAt", 'subsec') * 1000) AS INTEGER) ELSE "finishedAt" END,
  "analyzedAt" = CASE typeof("analyzedAt") WHEN 'text' THEN CAST(ROUND(unixepoch("analyzedAt", 'subsec') * 1000) AS INTEGER) ELSE "analyzedAt" END,
  "archivedAt" = CASE typeof("archivedAt") WHEN 'text' THEN CAST(ROUND(unixepoch("archivedAt", 'subsec') * 1000) AS INTEGER) ELSE "archivedAt" END,
  "deletedAt" = CASE typeof("deletedAt") WHEN 'text' THEN CAST(ROUND(unixepoch("deletedAt", 'subsec') * 1000) AS INTEGER) ELSE "deletedAt" END;
UPDATE "Experiment" SET
  "createdAt" = CASE typeof("createdAt") WHEN 'text' THEN CAST(ROUND(unixepoch("createdAt", 'subsec') * 1000) AS INTEGER) ELSE "createdAt" END,
  "deletedAt" = CASE typeof("deletedAt") WHEN 'text' THEN CAST(ROUND(unixepoch("deletedAt", 'subsec') * 1000) AS INTEGER) ELSE "deletedAt" END;
UPDATE "SavedView" SET
  "createdAt" = CASE typeof("createdAt") WHEN 'text' THEN CAST(ROUND(unixepoch("createdAt", 'subsec') * 1000) AS INTEGER) ELSE "createdAt" END,
  "updatedAt" = CASE typeof("updatedAt") WHEN 'text' THEN CAST(ROUND(unixepoch("updatedAt", 'subsec') * 1000) AS INTEGER) ELSE "updatedAt" END;
UPDATE "PcaBaseline" SET "computedAt" = CAST(ROUND(unixepoch("computedAt", 'subsec') * 1000) AS INTEGER) WHERE typeof("computedAt") = 'text';

-- Rows of an index lie in the order of the table's, by "seq", without having it twice.
DROP INDEX "LabEvent_runNumber_seq_idx";
CREATE INDEX "LabEvent_runNumber_idx" ON "LabEvent"("runNumber");
